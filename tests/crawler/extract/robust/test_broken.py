"""Broken pages: whatever the bytes, there is a reading, and what it says is on the page."""

import random
import tracemalloc
from pathlib import Path

import pytest

from crawler.extract import parse_page, read

_CRAWLER = Path(__file__).parents[2]
BROKEN = sorted((_CRAWLER / "broken").iterdir())
WHOLE = sorted((_CRAWLER / "corpus" / "pages").iterdir())
_TYPES = (None, "text/html", "text/plain", "application/pdf", "text/html; charset=utf-16", "image/png", "")
_MEGABYTE = 1_000_000
_MOST_MEMORY = 100 * _MEGABYTE
"""Bytes that Python may hold while it reads a page of a quarter of that."""


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.name)
def test_a_broken_page_is_read_as_whatever_it_is_sent(file, is_sound):
    body, url = file.read_bytes(), "https://example.com/uphill"
    for kind in _TYPES:
        reading = read(body, source=file.name, content_type=kind, url=url)
        assert is_sound(reading, parse_page(body, content_type=kind, url=url).text), kind


@pytest.mark.parametrize(
    ("name", "fact", "value"),
    [
        ("unclosed-tags.html", "dogs", "prohibited"),
        ("cut-in-tag.html", "waiver", "required"),
        ("cut-in-comment.html", "dogs", "unknown"),
        ("cut-in-script.html", "dogs", "unknown"),
        ("wrong-charset.html", "during_operations", "prohibited"),
        ("unknown-charset.html", "access", "allowed"),
        ("utf-16-le.html", "waiver", "required"),
        ("template-only.html", "access", "unknown"),
        ("nul-bytes.html", "access", "allowed"),
    ],
)
def test_what_is_whole_of_it_counts(name, fact, value):
    body = (_CRAWLER / "broken" / name).read_bytes()
    assert getattr(read(body, source=name, content_type="text/html").policy, fact) == value


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.stem)
def test_a_page_cut_and_stirred_is_read(page, is_sound):
    chance = random.Random(page.stem)  # noqa: S311 - the same disorder each time
    body = page.read_bytes()
    for _ in range(2):
        at, length = chance.randrange(len(body)), chance.randrange(1, 400)
        cut = body[:at]
        holed = body[:at] + body[at + length :]
        stirred = bytes(chance.randrange(256) if chance.random() < 0.02 else byte for byte in body[:20_000])
        untagged = body.replace(chance.choice([b"</p>", b"</div>", b"</td>", b'"', b">", b"</a>"]), b"")
        for bytes_ in (cut, holed, stirred, untagged):
            reading = read(bytes_, source=page.name)
            assert is_sound(reading, parse_page(bytes_).text)


PIECES = (
    b"<p>Uphill travel is allowed from 5 am to 8 am on Standard Run for $10. ",
    b"<div><span><b><a href='/x'>Uphill ",
    b"<table><tr><td>Uphill<td>5 am",
    b"uphill ",
    b"Uphill travel is not allowed unless you are allowed, and if so, not ",
    b"&nbsp;<br>",
    b"1:00-2:00, ",
    b"(" * 40,
    b"<li><p>Pistentouren sind von 17 bis 22 Uhr erlaubt.",
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece[:24].decode())
def test_a_megabyte_of_anything_is_read(piece, alarm):
    body = piece * (_MEGABYTE // len(piece))
    assert read(body, source="large", content_type="text/html").source == "large"


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES[:2], ids=lambda piece: piece[:24].decode())
def test_memory_is_bounded(piece):
    body = piece * (_MEGABYTE // 4 // len(piece))
    tracemalloc.start()
    try:
        reading = read(body, source="large", content_type="text/html")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.source == "large"
    assert most < _MOST_MEMORY

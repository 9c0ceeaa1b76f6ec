"""Text that is meant to steer a terminal or to break a page never gets to do so."""

import sys
from io import StringIO

import pytest
from click.testing import CliRunner
from rich.console import Console

from crawler.extract import parse_page, read
from crawler.progress import CrawlProgress
from tests.crawler.hostile import pages
from uphill.printable import PrintableStream, printable, printable_output

STEERING = [*map(chr, range(32)), *map(chr, range(127, 160)), *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
            *"\u2066\u2067\u2068\u2069\u2028\u2029"]  # fmt: skip


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("character", sorted(set(STEERING) - set("\t\n")), ids=repr)
def test_what_steers_is_shown_as_a_mark(character):
    assert printable(f"a{character}b\tc\nd") == "a\ufffdb\tc\nd"


def test_what_is_meant_to_be_read_stays():
    words = "Skitouren-Regeln: Spaß für 5 €, „nur“ côté nord – 雪 🎿\r\n\tEnde"
    assert printable(words) == words


@pytest.mark.parametrize("stream", [StringIO, Terminal])
def test_all_that_a_command_prints_is_printable(monkeypatch, stream):
    out, err = stream(), stream()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with printable_output():
        print(pages.STEERING)  # noqa: T201
        sys.stderr.writelines([pages.STEERING])
        Console().print(pages.STEERING, markup=False)
    assert sys.stdout is out
    for printed in (out.getvalue(), err.getvalue()):
        assert "click" in printed
        for sequence in ("\x1b]8", "\x1b\\", "\x1b[2J", "\u009b", "\u202e", "\u2066"):
            assert sequence not in printed


def test_our_own_colours_pass_on_a_terminal():
    out = Terminal()
    stream = PrintableStream(out)
    Console(file=stream, force_terminal=True, color_system="standard").print("[red]closed[/] \x07")
    assert "\x1b[31mclosed\x1b[0m" in out.getvalue()
    with CrawlProgress(3, Console(file=stream, force_terminal=True)) as progress:
        progress.notice(f"warning: {pages.STEERING}")
    assert "\x1b[2J" not in out.getvalue()
    assert "\x1b]8" not in out.getvalue()
    assert "\x1b[2K" in out.getvalue(), "the bar is drawn over"


def test_the_text_of_a_page_holds_nothing_that_steers():
    body = pages.escapes()
    page = parse_page(body, content_type="text/html; charset=utf-8", url="http://r.example/uphill")
    assert page.text.replace("\n", "").isprintable()
    assert page.title.isprintable()
    assert all(link.url.isascii() and link.url.isprintable() for link in page.links)
    assert {link.url[:21] for link in page.links} == {"https://pass.example/"}
    reading = read(
        body,
        source="http://r.example/uphill",
        content_type="text/html; charset=utf-8",
        url="http://r.example/uphill",
    )
    assert reading.is_policy
    assert reading.policy.waiver_url is None
    quotes = [proof.quote for proofs in reading.evidence.values() for proof in proofs]
    assert any("<script>" in quote for quote in quotes), "what the site has to escape is there"
    assert all(quote.replace("\n", "").isprintable() for quote in quotes)
    for quote_of in reading.evidence.values():
        assert all(page.text[proof.start : proof.end] == proof.quote for proof in quote_of)


def test_commands_show_a_steering_page_safely(tmp_path):
    from uphill.cli import main

    file = tmp_path / "uphill.html"
    file.write_bytes(pages.escapes())
    for arguments in (
        ("extract", str(file)),
        ("extract", "--json", str(file)),
        ("links", str(file), "--json"),
    ):
        shown = CliRunner().invoke(main, arguments)
        assert shown.exit_code in (0, 2), shown.output
        assert shown.output.replace("\n", "").replace("\t", "").isprintable(), arguments

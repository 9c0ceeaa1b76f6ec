"""Plain text → Page, and bytes → text whatever the charset claims."""

import codecs
import re

from crawler.extract.pages.page import Block, Page, tidy

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LINE_IS_HEADING = 70
_STRAY = re.compile("[\\udc80-\\udcff]")
"""A byte that is no UTF-8."""
_BEYOND_ASCII = re.compile("[\\x80-\\ud7ff]+")
_MOST_STRAYS = 0.5
"""Bytes pasted in another charset, for each letter that is true UTF-8."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


_TYPED = "`\u00b4\u02bc\u2032"
_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{_TYPED}](?=[^\W\d_])")
"""What is typed for one, between letters."""


def with_apostrophes(text: str) -> str:
    """Text in which accents and primes that stand for an apostrophe are one."""
    if not any(mark in text for mark in _TYPED):
        return text
    return _APOSTROPHE.sub("\u2019", text)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Text of ``body``: by its mark, else as UTF-8 where that fits, else by what header or markup says.

    UTF-8 goes before the declared charset: text that decodes as UTF-8 is hardly ever anything else,
    while declared charsets are often wrong.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    if strays <= _MOST_STRAYS * sum(map(len, _BEYOND_ASCII.findall(text))):
        return _STRAY.sub(lambda stray: bytes([ord(stray[0]) & 0xFF]).decode("cp1252", "replace"), text)
    return body.decode(_declared(body, content_type), "replace")


def _declared(body: bytes, content_type: str | None) -> str:
    in_header = _HEADER.search(content_type or "")
    in_markup = _META.search(body[:4096])
    name = in_header[1] if in_header else in_markup[1].decode("ascii") if in_markup else "cp1252"
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return "cp1252"
    usable = codec._is_text_encoding and codec.name not in {"utf-8", "ascii", "iso8859-1"}  # noqa: SLF001
    return codec.name if usable and "utf" not in codec.name and codec.name not in _STRANGE else "cp1252"


_STRANGE = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape"}


def is_declared(content_type: str | None) -> bool:
    return "text/plain" in (content_type or "").lower()


def parse(text: str, *, url: str | None = None) -> Page:
    """Paragraphs are blocks; a short line that does not end a sentence and stands alone is a heading."""
    lines: list[tuple[str, bool]] = []
    for paragraph in re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n")):
        parts = [tidy(line).strip() for line in paragraph.split("\n")]
        lines += _joined([part for part in parts if part])
    blocks: list[Block] = []
    heading: tuple[int, ...] = ()
    offset = 0
    for line, is_heading in lines:
        if is_heading:
            heading = ()
        blocks.append(Block(offset, offset + len(line), level=2 if is_heading else 0, headings=heading))
        if is_heading:
            heading = (len(blocks) - 1,)
        offset += len(line) + 1
    title = next((line for line, is_heading in lines if is_heading), "")
    return Page("\n".join(line for line, _ in lines), tuple(blocks), title=title, url=url)


def _joined(parts: list[str]) -> list[tuple[str, bool]]:
    """Wrapped lines of one paragraph, put together again; ``True`` marks a heading."""
    if len(parts) == 1 and len(parts[0]) <= _LINE_IS_HEADING and parts[0][-1] not in ".!?;,":
        return [(parts[0], True)]
    out: list[str] = []
    for part in parts:
        if (
            out
            and not re.match(r"[-–•*»▪·]|\d{1,2}[.)]\s|[A-Z][\w ]{1,30}:", part)
            and out[-1][-1] not in ".!?:"
        ):
            hyphenated = out[-1].endswith("-") and part[0].islower()
            out[-1] = out[-1][:-1] + part if hyphenated else f"{out[-1]} {part}"
        else:
            out.append(part)
    return [(line, False) for line in out]

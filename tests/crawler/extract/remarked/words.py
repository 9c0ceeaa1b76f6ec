"""The same words in other characters and amid inline markup, and the same tree in other bytes."""

import html.entities
import re
import unicodedata
import zlib
from collections.abc import Callable

from lxml.html import HtmlElement

from tests.crawler.extract.remarked.trees import Change, content

Rewriting = Callable[[str], str | bytes]
_MARKUP: dict[str, str] = {}
"""By the private character that stands for it until the tree is written."""
_BOLD_ALREADY = frozenset(["b", "strong", "a", "em", "title", "button", "summary"])
_TIME = r"\d{1,2}[:.]\d\d"
_SPAN = re.compile(rf"({_TIME}(?:\s?(?:Uhr|[ap]\.?m\.?|h))?\s*)[–—-](\s*{_TIME})")
_BLOCK = r"(?:div|p|ul|ol|li|h\d|section|article|main|table|tr|t[dh]|tbody|thead|header|footer|nav|aside|d[ltd]|br)"


def markup(told: str) -> str:
    return _MARKUP.setdefault(told, chr(0xE100 + len(_MARKUP)))


def with_markup(text: str) -> str:
    for told, character in _MARKUP.items():
        text = text.replace(character, told)
    return text


def rewritten(change: Callable[[str], str], *, amid_bold: bool = True) -> Change:
    """Change each run of text of the content."""

    def all_of(root: HtmlElement) -> None:
        for element in content(root):
            if not amid_bold and element.tag in _BOLD_ALREADY:
                continue
            if (element.text or "").strip():
                element.text = change(element.text)
            for child in element:
                if (child.tail or "").strip():
                    child.tail = change(child.tail)

    return all_of


def _is_chosen(found: re.Match[str], share: float) -> bool:
    """For the same place in the same words always the same."""
    return zlib.crc32(f"{found.start()} {found.string[:80]}".encode()) % 100 < share * 100


def replaced(pattern: str, by: str, share: float = 1.0) -> Change:
    def change(text: str) -> str:
        return re.sub(pattern, lambda found: found.expand(by) if _is_chosen(found, share) else found[0], text)

    return rewritten(change)


def words_in(tag: str, share: float = 0.15, pattern: str = r"[^\W\d_]{3,}") -> Change:
    begin, end = markup(f"<{tag}>"), markup(f"</{tag.partition(' ')[0]}>")

    def marked(found: re.Match[str]) -> str:
        return f"{begin}{found[0]}{end}" if _is_chosen(found, share) else found[0]

    return rewritten(lambda text: re.sub(pattern, marked, text), amid_bold=False)


def composed_of_accents(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def spans_with(dash: str) -> Change:
    return rewritten(lambda text: _SPAN.sub(rf"\1{dash}\2", text))


def translated(table: dict[str, str]) -> Change:
    return rewritten(lambda text: text.translate(str.maketrans(table)))


def in_latin(text: str) -> bytes:
    named = re.sub(r"<meta[^>]*charset[^>]*>", '<meta charset="windows-1252">', text, flags=re.IGNORECASE)
    return named.encode("cp1252", "xmlcharrefreplace")


def with_named_entities(text: str) -> str:
    names = html.entities.codepoint2name
    return re.sub(r"[^\x00-\x7f]", lambda c: f"&{names[ord(c[0])]};" if ord(c[0]) in names else c[0], text)


def minified(text: str) -> str:
    tag = rf"</?{_BLOCK}\b[^>]*>"
    return re.sub(rf"({tag})\s+|\s+(?={tag})", lambda found: found[1] or "", re.sub(r"\s+", " ", text))


def unclosed(text: str) -> str:
    return re.sub(r"</(?:p|li|td|th|tr|dt|dd|tbody|thead)>", "", text)


def with_tags_in_capitals(text: str) -> str:
    return re.sub(r"<(/?)([a-z0-9-]+)", lambda found: f"<{found[1]}{found[2].upper()}", text)


def without_quotes(text: str) -> str:
    return re.sub(r'="([\w-]+)"', r"=\1", text)


def as_xhtml(text: str) -> str:
    closed = re.sub(r"<(br|img|hr|meta|link|input)\b([^>]*?)/?>", r"<\1\2 />", text)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + closed

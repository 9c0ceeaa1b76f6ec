"""The guide for newcomers: the Markdown files beside this one, in the order of their numbers.

A folder of a language holds the same files in it; a chapter that it lacks is told in English.

Markdown is rendered by markdown-it-py without HTML of the source's own. A link such as ``on-the-piste`` leads to the
chapter of that name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from uphill.language import ENGLISH, current_language

_FOLDER = Path(__file__).parent
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable([
    "table", "replacements", "smartquotes",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chapter:
    """``name`` stands in its address; ``lead`` is its first paragraph, as plain text. ``language`` is its own."""

    name: str
    title: str
    lead: str
    text: str
    language: str = ENGLISH


def chapters() -> tuple[Chapter, ...]:
    """All chapters, first to last, in the language in force."""
    return _chapters(current_language())


@cache
def _chapters(language: str) -> tuple[Chapter, ...]:
    return tuple(_chapter(path, language) for path in sorted(_FOLDER.glob("*.md")))


def rendered(chapter: Chapter, address_of: Callable[[str], str]) -> str:
    """The chapter as HTML. ``address_of`` gives a chapter's address by name. Raises KeyError for a name of none."""
    tokens = _MARKDOWN.parse(chapter.text)
    names = {one.name for one in chapters()}
    for link in _links(tokens):
        target = str(link.attrs["href"])
        if target.startswith(("http://", "https://")):
            link.attrSet("rel", "noopener nofollow")
        elif target in names:
            link.attrSet("href", address_of(target))
        else:
            raise KeyError(f"{chapter.name} links to {target!r}, which is no chapter")
    _name_cells(tokens)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _chapter(english: Path, language: str) -> Chapter:
    translated = english.parent / language / english.name
    path, language = (translated, language) if translated.exists() else (english, ENGLISH)
    text = path.read_text(encoding="utf-8")
    tokens = [token for token in _MARKDOWN.parse(text) if token.type == "inline"]
    title, lead = tokens[0], tokens[1]
    return Chapter(path.stem.partition("-")[2], _plain(title), _plain(lead), text, language)


def _plain(inline: Token) -> str:
    return "".join(
        " " if token.type == "softbreak" else token.content
        for token in inline.children or ()
        if token.type in {"text", "softbreak", "code_inline"}
    )


def _links(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "link_open")


def _name_cells(tokens: list[Token]) -> None:
    """Each cell knows its column, so that a narrow screen can show a row as a list; each row its first cell."""
    columns: list[str] = []
    at = 0
    for token, following in pairwise(tokens):
        if token.type == "thead_open":
            columns = []
        elif token.type == "tr_open":
            at = 0
        elif token.type == "th_open":
            columns.append(_plain(following))
            token.attrSet("scope", "col")
        elif token.type in {"td_open", "td_close"} and at == 0:
            token.tag = "th"
            if token.type == "td_open":
                token.attrSet("scope", "row")
        elif token.type == "td_open":
            token.attrSet("data-column", columns[at])
        at += token.type == "td_close"

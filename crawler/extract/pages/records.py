"""Cards and lines of ``div`` and ``span``, alike one below the other: rows of a table to whoever sees them."""

from collections.abc import Iterator
from itertools import islice, takewhile

import lxml.html

from crawler.extract.pages.page import line_of
from crawler.extract.pages.pairs import STATUS_WORD

_HOLDERS = ("body", "div", "ul", "ol", "section", "article", "main", "td")
_RECORDS = frozenset(["div", "li", "article"])
_FIELDS = frozenset(["div", "span", "strong", "b", "em", "small", "time", "i", "img", "svg"])
_PICTURES = frozenset(["img", "svg", "i"])
_INLINE = frozenset(["span", "strong", "b", "em", "small", "i", "time", "img", "svg", "path", "use", "abbr"])
_LEAST, _MOST = 2, 6
"""Fields of a record."""
_TOLD = 3
"""Fields from which on they need not tell a state to be a row's."""
_LONGEST = 60
"""Characters of a field."""
_MOST_WITHIN = 8
"""Elements within a field."""
_ENDS = ".!?;:,"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BADGES = frozenset(["span", "div", "p", "strong", "b", "em", "small"])
_MOST_AROUND, _MOST_BEFORE = 5, 20
"""Elements around a heading in which its card is looked for, and those of the card before it."""


def with_rows(root: lxml.html.HtmlElement) -> None:
    """Make rows of those records of which two or more stand beside each other."""
    for holder in [*root.iter(*_HOLDERS)]:
        for group in _groups(holder):
            told = [_fields(record) for record in group]
            if _are_rows(told):
                header = _is_header(told)
                for number, fields in enumerate(told):
                    _make_row(fields, heads=header and number == 0)


def with_badges_behind(root: lxml.html.HtmlElement) -> None:
    """Set the state that a card shows above its one heading, as on its picture, below that heading."""
    for heading in [*root.iter(*_HEADINGS)]:
        card = _card_of(heading)
        if card is None:
            continue
        badge = next((e for e in _before(card, heading) if _is_badge(e)), None)
        if badge is not None and badge.getparent() is not None:
            badge.drop_tree()
            badge.tag, badge.tail = "p", None
            heading.addnext(badge)


def _card_of(heading: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The outermost of the few elements around it that hold no other heading, where it has one like it beside."""
    card = heading
    for _ in range(_MOST_AROUND):
        outer = card.getparent()
        if outer is None or sum(1 for _ in islice(outer.iter(*_HEADINGS), 2)) > 1:
            break
        card = outer
    beside = [e for e in (card.getprevious(), card.getnext()) if e is not None and e.tag == card.tag]
    alike = any(next(e.iter(str(heading.tag)), None) is not None for e in beside)
    return card if alike and card is not heading else None


def _before(card: lxml.html.HtmlElement, heading: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    return takewhile(lambda element: element is not heading, islice(card.iter(), 1, _MOST_BEFORE))


def _is_badge(element: lxml.html.HtmlElement) -> bool:
    """As "derzeit geschlossen – zu wenig Schnee" in an element of its own."""
    if element.tag not in _BADGES or len(element):
        return False
    words = line_of(element.text or "")
    return 0 < len(words) <= _LONGEST and STATUS_WORD.search(words.lower()) is not None


def _groups(holder: lxml.html.HtmlElement) -> Iterator[list[lxml.html.HtmlElement]]:
    """Runs of children that are records of one tag."""
    run: list[lxml.html.HtmlElement] = []
    for child in holder:
        made = bool(_shape(child))
        if run and (not made or child.tag != run[0].tag):
            if len(run) >= _LEAST:
                yield run
            run = []
        if made:
            run = [*run, child]
    if len(run) >= _LEAST:
        yield run


def _shape(record: lxml.html.HtmlElement) -> tuple[str, ...]:
    """The tags of its fields; none where it is no record."""
    if record.tag not in _RECORDS:
        return ()
    fields = _fields(record)
    if not _LEAST <= len(fields) <= _MOST or not all(_is_field(field) for field in fields):
        return ()
    return tuple(str(field.tag) for field in fields)


def _fields(record: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Its children, or those of the one element that wraps them all."""
    inner = record
    while len(inner) == 1 and inner[0].tag == "div" and not (inner.text or "").strip():
        if (inner[0].tail or "").strip():
            return []
        inner = inner[0]
    return list(inner) if len(inner) <= _MOST and not (inner.text or "").strip() else []


def _is_field(element: lxml.html.HtmlElement) -> bool:
    if element.tag not in _FIELDS or (element.tail or "").strip():
        return False
    if element.tag == "div" and not element.get("class"):
        return False  # as the lines of a text typed into an editor
    within = [*islice(element.iter(), 1, _MOST_WITHIN + 1)]
    if len(within) >= _MOST_WITHIN or any(inner.tag not in _INLINE for inner in within):
        return False
    words = line_of(element.text_content())
    if not words:
        return element.tag in _PICTURES or any(inner.tag in _PICTURES for inner in within)
    return len(words) <= _LONGEST and words[-1] not in _ENDS


def _are_rows(told: list[list[lxml.html.HtmlElement]]) -> bool:
    """Not pairs, which may be anything, unless the second of them is a state."""
    if sum(len(fields) >= _TOLD for fields in told) >= _LEAST:
        return True
    second = [line_of(fields[-1].text_content()).lower() for fields in told]
    return all(STATUS_WORD.fullmatch(words) for words in second)


def _is_header(told: list[list[lxml.html.HtmlElement]]) -> bool:
    """Whether the first record has neither a number nor a state where all others have one: "Route", "Length"."""
    first, *others = [[line_of(field.text_content()) for field in fields] for fields in told]
    if any(map(_tells, first)) or not all(first) or any(len(row) != len(first) for row in others):
        return False
    return any(all(_tells(row[column]) for row in others) for column in range(1, len(first)))


def _tells(words: str) -> bool:
    return any(map(str.isdigit, words)) or STATUS_WORD.search(words.lower()) is not None


def _make_row(fields: list[lxml.html.HtmlElement], *, heads: bool) -> None:
    row = fields[0].getparent()
    if row is None:
        return
    row.tag = "tr"
    for field in fields:
        if field.tag in _PICTURES:
            cell = field.makeelement("td")
            row.replace(field, cell)
            cell.append(field)
        else:
            field.tag = "th" if heads else "td"

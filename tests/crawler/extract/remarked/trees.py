"""The same page in other elements: headings, lists, tables, paragraphs, accordions, wrappers."""

from collections.abc import Callable, Iterator

import lxml.html
from lxml.html import HtmlElement

from crawler.extract.pages.page import Region
from crawler.extract.pages.regions import Regions

Change = Callable[[HtmlElement], None]
_HEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LEFT_ALONE = frozenset(["script", "style", "svg", "iframe", "noscript", "select", "template", "form", "nav"])
_INSIDE = frozenset(["li", "td", "th", "dd", "summary", "button", "blockquote", "figcaption"])
_BLOCKS_OF_ENTRIES = ("ul", "ol", "p", "table", "div", "h2", "h3", "h4")


def content(root: HtmlElement) -> list[HtmlElement]:
    """The elements of the page that are no furniture, in document order."""
    regions, found = Regions(root), []
    stack = [(element, Region.MAIN) for element in root.iter("body")]
    while stack:
        element, outer = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _LEFT_ALONE:
            continue
        region = regions.of(element, outer)
        if region is Region.MAIN:
            found.append(element)
            stack += [(child, region) for child in reversed(element)]
    return found


def _of(root: HtmlElement, *tags: str) -> list[HtmlElement]:
    return [element for element in content(root) if element.tag in tags]


def _heads(root: HtmlElement, first: int = 2) -> list[HtmlElement]:
    return [
        e for e in content(root) if e.tag in _HEADS and int(e.tag[1]) >= first and e.text_content().strip()
    ]


def made(tag: str, attributes: str = "", *inside: HtmlElement, text: str | None = None) -> HtmlElement:
    element = lxml.html.fragment_fromstring(f"<div><{tag} {attributes}></{tag}></div>")[0]
    element.tail = None
    element.text = text
    element.extend(inside)
    return element


def _as(element: HtmlElement, tag: str, **attributes: str) -> None:
    element.attrib.clear()
    element.tag = tag
    for name, value in attributes.items():
        element.set(name.strip("_").replace("_", "-"), value)


def _filled_with(element: HtmlElement, tag: str, **attributes: str) -> None:
    """Put all that is in an element into one of the ``tag``."""
    inner = element.makeelement(tag)
    _as(inner, tag, **attributes)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _wrapped(element: HtmlElement, *tags: str) -> None:
    """Put an element into others, the outermost first: ``"div.row"``."""
    for told in reversed(tags):
        tag, _, named = told.partition(".")
        outer = made(tag, f'class="{named}"')
        element.getparent().replace(element, outer)
        outer.tail, element.tail = element.tail, None
        outer.append(element)
        element = outer


def heading_as(tag: str, inner: str = "", first: int = 2, **attributes: str) -> Change:
    def change(root: HtmlElement) -> None:
        for head in _heads(root, first):
            _as(head, tag, **attributes)
            if inner:
                _filled_with(head, inner)

    return change


def heading_in(*tags: str, first: int = 1) -> Change:
    def change(root: HtmlElement) -> None:
        for head in _heads(root, first):
            _wrapped(head, *tags)

    return change


def heading_filled(tag: str, **attributes: str) -> Change:
    def change(root: HtmlElement) -> None:
        for head in _heads(root, 1):
            _filled_with(head, tag, **attributes)

    return change


def headings_by_class(root: HtmlElement) -> None:
    for head in _heads(root):
        _as(head, "div", class_=head.tag)


def headings_lower(root: HtmlElement) -> None:
    for head in _heads(root, 2):
        head.tag = f"h{min(6, int(head.tag[1]) + 1)}"


def headings_with_anchor(root: HtmlElement) -> None:
    for head in _heads(root, 1):
        head.append(made("a", 'class="anchor" href="#here"', text="#"))


def headings_with_icon(root: HtmlElement) -> None:
    for head in _heads(root, 1):
        icon = made("i", 'class="fa fa-snowflake" aria-hidden="true"')
        icon.tail, head.text = f" {head.text or ''}", None
        head.insert(0, icon)


def headings_in_capitals(root: HtmlElement) -> None:
    for head in _heads(root, 1):
        for element in head.iter():
            element.text = element.text and element.text.upper()
            if element is not head:
                element.tail = element.tail and element.tail.upper()


def _lists(root: HtmlElement) -> Iterator[HtmlElement]:
    for found in _of(root, "ul", "ol"):
        plain = all(entry.tag == "li" for entry in found) and len(found)
        if plain and not any(True for inner in found.iter(*_BLOCKS_OF_ENTRIES) if inner is not found):
            yield found


def list_as(tag: str, entry: str, mark: str = "", *, roles: bool = False) -> Change:
    def change(root: HtmlElement) -> None:
        for found in _lists(root):
            _as(found, tag, **({"role": "list"} if roles else {}))
            for item in found:
                _as(item, entry, **({"role": "listitem"} if roles else {}))
                item.text = mark + (item.text or "").lstrip()

    return change


def list_in_lines(mark: str) -> Change:
    def change(root: HtmlElement) -> None:
        for found in _lists(root):
            entries = list(found)
            _as(found, "p")
            found.text = None
            for item in entries:
                item.text = mark + (item.text or "").lstrip()
                item.tail = None
                item.append(item.makeelement("br"))
                item.drop_tag()

    return change


def entry_filled(*tags: str) -> Change:
    def change(root: HtmlElement) -> None:
        for found in _lists(root):
            for item in found:
                for tag in tags:
                    _filled_with(item, tag, class_="in")

    return change


def each_entry_its_list(root: HtmlElement) -> None:
    for found in _lists(root):
        for item in reversed(list(found)[1:]):
            item.tail = None
            found.addnext(made("ul", "", item))


def _tables(root: HtmlElement) -> list[HtmlElement]:
    return [t for t in _of(root, "table") if t.find(".//table") is None and t.find(".//*[@rowspan]") is None]


def table_of(**tags: str) -> Change:
    """``row="div.table-row"`` or ``row="div@row"`` for a role."""

    def change(root: HtmlElement) -> None:
        for table in _tables(root):
            if table.find(".//*[@colspan]") is not None or table.find("caption") is not None:
                continue
            for part in [*table.iter("thead", "tbody")]:
                part.drop_tag()
            for element in [*table.iter("tr", "td", "th"), table]:
                tag, _, told = tags[element.tag].replace("@", ".@").partition(".")
                _as(element, tag, **({"role": told[1:]} if told.startswith("@") else {"class": told}))

    return change


def cell_filled(*tags: str) -> Change:
    def change(root: HtmlElement) -> None:
        for table in _tables(root):
            for cell in table.iter("td", "th"):
                for tag in tags:
                    _filled_with(cell, tag)

    return change


def head_cells_bold(root: HtmlElement) -> None:
    for table in _tables(root):
        for cell in [*table.iter("th")]:
            cell.tag = "td"
            _filled_with(cell, "strong")


def table_with_empty_column(root: HtmlElement) -> None:
    for table in _tables(root):
        for row in table.iter("tr"):
            if len(row) > 1:
                row.append(row.makeelement("td"))


def tables_framed(root: HtmlElement) -> None:
    for table in _tables(root):
        _wrapped(table, "figure.wp-block-table", "div.table-responsive")


def laid_out_in_a_table(root: HtmlElement) -> None:
    for body in root.iter("body"):
        _filled_with(body, "td")
        _wrapped(body[0], "table.page", "tr.row")


def blocks_in(*tags: str, headings: bool = True) -> Change:
    def change(root: HtmlElement) -> None:
        for block in _of(root, "p", "ul", "ol", "table", *(_HEADS if headings else ())):
            if block.getparent().tag not in _INSIDE:
                _wrapped(block, *tags)

    return change


def paragraph_as(tag: str, inner: str = "") -> Change:
    def change(root: HtmlElement) -> None:
        for paragraph in _of(root, "p"):
            paragraph.tag = tag
            if inner:
                _filled_with(paragraph, inner, style="color:#123")

    return change


def paragraphs_parted_by_breaks(root: HtmlElement) -> None:
    for paragraph in _of(root, "p"):
        if paragraph.getparent().tag == "div":
            paragraph.extend([paragraph.makeelement("br"), paragraph.makeelement("br")])
            paragraph.drop_tag()


def behind_blocks(markup: str) -> Change:
    """Put something that tells nothing behind each second paragraph or list."""

    def change(root: HtmlElement) -> None:
        blocks = [b for b in _of(root, "p", "ul", "ol", "table") if b.getparent().tag not in _INSIDE]
        for block in blocks[::2]:
            if not block.text_content().rstrip().endswith(":"):
                added = lxml.html.fragment_fromstring(markup)
                added.tail, block.tail = block.tail, None
                block.addnext(added)

    return change


def _sections(root: HtmlElement) -> Iterator[tuple[HtmlElement, list[HtmlElement]]]:
    for head in _heads(root):
        below: list[HtmlElement] = []
        following = head.getnext()
        while following is not None and following.tag not in _HEADS:
            below.append(following)
            following = following.getnext()
        loose = (head.tail or "").strip() or any((e.tail or "").strip() for e in below)
        if (
            below
            and not loose
            and not any(True for _ in head.iterancestors("button", "summary", "details", "a"))
        ):
            yield head, below


def each_section(shape: Callable[[HtmlElement, HtmlElement, int], list[HtmlElement]]) -> Change:
    """Lay each section out anew; ``shape`` is given its heading, what stands below, and its number."""

    def change(root: HtmlElement) -> None:
        for number, (head, below) in enumerate([*_sections(root)]):
            outer = head.getparent()
            at = outer.index(head)
            body = made("div", "", *below)
            outer.remove(head)
            head.tail = None
            for part in reversed(shape(head, body, number)):
                outer.insert(at, part)

    return change


def without_classes(root: HtmlElement) -> None:
    for element in content(root):
        element.attrib.pop("class", None)
        element.attrib.pop("id", None)


def without_landmarks(root: HtmlElement) -> None:
    for element in _of(root, "main", "article", "section", "figure"):
        element.tag = "div"


def with_classes_of_a_framework(root: HtmlElement) -> None:
    for element in _of(root, "p", "li", "div", "h2", "h3", "section"):
        element.set("class", "mt-4 md:hidden:focus text-base css-1f3a sc-8b2d flex")


def all_in(tag: str, attributes: str = "") -> Change:
    def change(root: HtmlElement) -> None:
        for main in _of(root, "main"):
            told = made(tag, attributes)
            told.text, main.text = main.text, None
            told.extend(list(main))
            main.append(told)

    return change


def said_twice(root: HtmlElement) -> None:
    """In a part for wide screens and in one for phones."""
    for main in _of(root, "main"):
        again = lxml.html.fragment_fromstring(lxml.html.tostring(main, encoding="unicode", with_tail=False))
        _as(again, "div", class_="d-md-none")
        wide = made("div", 'class="d-none d-md-block"', *main)
        wide.text, main.text = main.text, None
        main.extend([wide, again])

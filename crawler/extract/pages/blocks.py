"""Collects runs of text into blocks with true offsets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.extract.languages import of_all
from crawler.extract.pages.furniture import is_furniture
from crawler.extract.pages.levels import GROUP_ROW, HEADER_ROW, PSEUDO
from crawler.extract.pages.page import Block, PageLink, Region, line_of, tidy

_LONGEST_HEADING = 160
_LONGEST_BOLD_LINE = 80
_BOLD_LINE, _LABEL = 8, 9
_LONGEST_LABEL = 6
"""Words."""
_LEAST_PARAGRAPH = 80
"""Characters."""
_RUNS_ON = "\x1e"
"""Stands where a line break may be within a sentence, until the whole line is known."""
_SMALL_WORDS = (
    of_all("common") | of_all("joiners") | {"from", "by", "as", "up", "à", "zu", "da", "a", "in", "non"}
)
_ENTRIES, _LONGEST_LINE = 2, 60
"""Breaks of a list that is written as lines of a paragraph, and characters of such a line."""


def _is_list(lines: list[str]) -> bool:
    """Not as "Uphill travel / is prohibited / at all times": the lines of a list begin with words of weight."""
    short = all(line.strip() and len(line) <= _LONGEST_LINE and line.rstrip()[-1] != "," for line in lines)
    return short and not any(line.split(maxsplit=1)[0].casefold() in _SMALL_WORDS for line in lines[1:])


def _tells_numbers(*pieces: str) -> bool:
    return any(map(str.isdigit, "".join(pieces)))


@dataclass(slots=True)
class _Heading:
    index: int
    level: int
    depth: int
    """Depth of the element that holds the heading; leaving it may end the heading's scope."""
    used: bool = False
    within: int | None = None
    """Depth of the element whose title it is, whatever headings stand in that."""


@dataclass(slots=True)
class Shape:
    """What an element makes of the text in it."""

    alert: bool = False
    level: int = 0
    row: bool = False
    listed: bool = False
    part: bool = False
    titles: bool = False
    """Whether it is the title of its parent, and heads all that stands there."""
    aside: bool = False
    """Whether no heading stands above it: a button."""


@dataclass(slots=True)
class _Open:
    depth: int
    region: Region
    alert: bool
    level: int
    row: bool
    listed: bool = False
    part: int = 0
    within: int | None = None
    aside: bool = False


@dataclass(slots=True)
class _Anchor:
    url: str
    begin: int
    """Index in the buffer of the first piece inside it; ``end`` is that of the first piece after it."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Built:
    text: str
    blocks: tuple[Block, ...]
    links: tuple[PageLink, ...]


def _stays(heading: _Heading, level: int, depth: int) -> bool:
    """Whether a heading stands above the next one, of the ``level`` at the ``depth``, too."""
    if heading.level < level or heading.within is not None:
        return True
    if heading.level == PSEUDO and level < PSEUDO:
        return depth > heading.depth  # the title of a panel and a heading in it
    # a table's header row below the row that names the group of rows which it begins
    return heading.level == GROUP_ROW and level == HEADER_ROW and not heading.used


class BlockBuilder:
    """Takes text and element boundaries in document order; ``build`` gives the text and its blocks."""

    def __init__(self) -> None:
        self.bold = 0
        self.link = 0
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._buffer: list[str] = []
        self._last = ""
        """The last character on the current line that is no white space."""
        self._plain = self._loose = self._broken = False
        self._parts = 0
        self._open: list[_Open] = [_Open(-1, Region.MAIN, alert=False, level=0, row=False)]
        self._headings: list[_Heading] = []
        self._anchor: _Anchor | None = None
        """The link that is open, the outer one where markup nests them."""
        self._ended: list[_Anchor] = []
        """Those that ended on the current line."""
        self._links: list[PageLink] = []

    @property
    def place(self) -> int:
        """The index that the block of the text added next will have."""
        return len(self._blocks)

    @property
    def in_row(self) -> bool:
        """Whether the line is one of a table."""
        return self._open[-1].row

    @property
    def last_line(self) -> str:
        """The words of the last block."""
        return self._lines[-1] if self._lines else ""

    @property
    def last_level(self) -> int:
        """The level of the last block, 0 where it is no heading."""
        return self._blocks[-1].level if self._blocks else 0

    def begin_link(self, url: str | None) -> None:
        """What is added from here on is the text of a link; one that leads nowhere still counts as one."""
        self.link += 1
        if self.link == 1 and url is not None:
            self._anchor = _Anchor(url, len(self._buffer))

    def end_link(self) -> None:
        self.link -= 1
        if self.link == 0 and self._anchor is not None:
            self._anchor.end = len(self._buffer)
            self._ended.append(self._anchor)
            self._anchor = None

    def add(self, text: str) -> None:
        """Append text of the current line; ``bold`` and ``link`` tell what it stands in."""
        if not text:
            return
        if shown := text.rstrip():
            if self._broken:
                self._settle_break(text)
            self._last = shown[-1]
            self._plain = self._plain or not self.bold
            self._loose = self._loose or not self.link
        self._buffer.append(text)

    def line_break(self) -> None:
        self._broken = True

    def _settle_break(self, following: str) -> None:
        """A ``<br>`` ends the line, unless a sentence plainly runs on across it."""
        self._broken = False
        goes_on = bool(self._last) and self._last not in ".!?:;|"
        if self.in_row:
            heads = (
                self._open[-1].level or not goes_on or self._last == "," or following.lstrip()[:1] in "(–-"
            )
            self._buffer.append(" " if heads else ", ")  # lines of one cell
        elif goes_on and following.lstrip()[:1].islower():
            self._buffer.append(_RUNS_ON)
        elif goes_on and 0 < self._open[-1].level < PSEUDO and not _tells_numbers(following, *self._buffer):
            self._buffer.append(" ")  # a title set in two lines
        else:
            self.flush()

    def _settle_run_on(self) -> None:
        """Short lines that all begin in lower case are entries of a list: they are parted by bullets."""
        count = self._buffer.count(_RUNS_ON)
        if not count:
            return
        mark = " • " if count >= _ENTRIES and _is_list("".join(self._buffer).split(_RUNS_ON)) else " "
        self._buffer = [mark if part == _RUNS_ON else part for part in self._buffer]

    def cell(self) -> None:
        if self._last:
            self._buffer.append(" | ")
            self._last = "|"

    def open(self, depth: int, region: Region, shape: Shape) -> None:
        outer = self._open[-1]
        self._parts += shape.part
        self._open.append(
            _Open(
                depth,
                region,
                shape.alert or outer.alert,
                shape.level or outer.level,
                shape.row or outer.row,
                shape.listed or outer.listed,
                self._parts if shape.part else outer.part,
                depth - 1 if shape.titles else outer.within,
                shape.aside or outer.aside,
            )
        )

    def close(self, depth: int, *, keeps: int) -> None:
        """Leave an element; headings in it of a level up to ``keeps`` stand above what follows, too."""
        self._open.pop()
        # a heading without text below it yet stands for what comes after its container
        if not self._headings:
            return
        self._headings = [
            h
            for h in self._headings
            if (h.depth <= depth or not h.used or h.level <= keeps) and (h.within is None or h.within < depth)
        ]
        for heading in self._headings:
            heading.depth = min(heading.depth, depth)

    def flush(self) -> None:
        """End the current line and make it a block."""
        self._broken = False
        if not self._buffer:  # as at most tags
            self._ended.clear()
            if self._anchor is not None:
                self._anchor.begin = 0
            return
        self._settle_run_on()
        state = self._open[-1]
        text = line_of("".join(self._buffer)).strip(" |#¶" if state.level else " |")
        plain, loose = self._plain, self._loose
        if text and (self._ended or self._anchor is not None):
            self._links += self._links_of_line(text)
        self._ended.clear()
        if self._anchor is not None:
            self._anchor.begin = 0
        self._buffer.clear()
        self._last = ""
        self._plain = self._loose = False
        if not text:
            return
        furniture = is_furniture(text)
        level = self._level_of(text, state, bold=not plain) if not furniture else 0
        if level:
            self._headings = [h for h in self._headings if _stays(h, level, state.depth)]
        start = self._length
        self._blocks.append(
            Block(
                start,
                start + len(text),
                region=Region.CHROME if furniture else state.region,
                level=level,
                headings=tuple([h.index for h in self._headings]),
                alert=state.alert,
                row=state.row,
                listed=state.listed,
                linked=not loose,
                part=state.part,
            )
        )
        self._lines.append(text)
        self._length += len(text) + 1
        if level:
            self._headings.append(_Heading(len(self._blocks) - 1, level, state.depth, within=state.within))
        elif (
            not state.aside and not furniture and any(map(str.isalnum, text))
        ):  # a cross, an arrow, "Open" have no heading
            for heading in self._headings:
                heading.used = True

    def _links_of_line(self, text: str) -> Iterator[PageLink]:
        """Where in the tidied line each link's words stand."""
        anchors = [*self._ended, *([self._anchor] if self._anchor is not None else [])]
        if not anchors:
            return
        pieces: list[str] = []
        offsets = [0]
        spaced = False
        for raw in self._buffer:
            piece = tidy(raw)
            if spaced and piece.startswith(" "):
                piece = piece[1:]
            if piece:
                spaced = piece.endswith(" ")
            pieces.append(piece)
            offsets.append(offsets[-1] + len(piece))
        whole = "".join(pieces)
        cut = len(whole) - len(whole.lstrip(" |"))
        for anchor in anchors:
            start = max(offsets[anchor.begin] - cut, 0)
            end = min(offsets[len(self._buffer) if anchor.end is None else anchor.end] - cut, len(text))
            words = text[start:end]
            told = words.strip(" |")
            if told:
                start += words.index(told)
                yield PageLink(self._length + start, self._length + start + len(told), anchor.url)

    @staticmethod
    def _level_of(text: str, state: _Open, *, bold: bool) -> int:
        if state.level and len(text) <= _LONGEST_HEADING:
            return state.level
        looks = bold and len(text) <= _LONGEST_BOLD_LINE and text[-1] not in ".!;," and not state.row
        return _BOLD_LINE if looks else 0

    def build(self) -> Built:
        self.flush()
        return Built("\n".join(self._lines), tuple(self._with_labels()), tuple(self._links))

    def _with_labels(self) -> Iterator[Block]:
        """Blocks, where a line of few words before a paragraph is its heading though not marked as one."""
        label: int | None = None
        for index, block in enumerate(self._blocks):
            following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
            if block.level or block.row or block.region is Region.CHROME:
                label = None
                yield block
            elif following is not None and self._is_label(index, block, following):
                label = index
                yield replace(block, level=_LABEL)
            elif label is not None:
                yield replace(block, headings=(*block.headings, label))
            else:
                yield block

    def _is_label(self, index: int, block: Block, following: Block) -> bool:
        text = self._lines[index]
        short = len(text.split()) <= _LONGEST_LABEL and text[-1] not in ".!?;,:" and text[0].isupper()
        short = short and " | " not in text  # "Dogs | On a leash" heads nothing
        paragraph = (
            following.end - following.start > _LEAST_PARAGRAPH and not following.level and not following.row
        )
        return short and paragraph and not block.linked and not block.alert and not block.listed

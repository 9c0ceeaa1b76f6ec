"""A question in a person's words into filters, by rules and words alone: always the same for the same words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from uphill.asking.codes import Codes
from uphill.asking.lexicon import Asks, Lexicon, Network, Regions, Sense, lexicon
from uphill.asking.meanings import (
    elsewhere,
    fact_meaning,
    here_unknown,
    mended,
    near_meaning,
    network_meaning,
    region_meaning,
    replaced,
    shortened,
    when_meaning,
)
from uphill.asking.moments import Moment, moment
from uphill.asking.names import Named, Names
from uphill.asking.nearness import Around, Nearness
from uphill.asking.tokens import MAX_ASKED, Token, clean, joined, tokens
from uphill.asking.tries import Found
from uphill.asking.understood import Near, Part, Understood, When
from uphill.search.text import fold

_NOBODY = Names()


def understand(text: str, *, today: datetime, names: Names = _NOBODY, lang: str = "en") -> Understood:
    """What is asked for. ``today`` is now, aware, in the asker's zone: what "tonight" is said of.

    At most ``MAX_ASKED`` characters are read. Never raises, whatever the text; the text that is left is
    understood as itself and nothing more. ``lang`` decides where a phrase means two things in two languages.
    """
    whole = clean(text)
    reader = _Reader(today, names, lexicon(lang))
    if len(text) > MAX_ASKED and whole != " ".join(text.split()):
        reader.remark("", shortened(MAX_ASKED))
    # What was understood may have kept apart words that say something together: "dogs Vermont allowed".
    while (left := reader.read(whole)) != whole:
        whole = left
    return reader.answer(whole)


def near_instead(text: str, names: Names, lang: str = "en") -> Near | None:
    """The town that a text is the name of, to be offered where no resort is found by it: "Denver"."""
    asked = [_Asked(token, (token.word,)) for token in tokens(clean(text))]
    return Around(asked, lexicon(lang), names).whole()


@dataclass(slots=True)
class _Reader:
    now: datetime
    names: Names
    lexicon: Lexicon
    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    near: Near | None = None
    open_at: When | None = None
    parts: list[Part] = field(default_factory=list)
    resorts: list[Part] = field(default_factory=list)
    unknown: str = ""
    keys: set[str] = field(default_factory=set)

    def read(self, text: str) -> str:
        """One pass over the text: what it says is taken in, the words that are left are returned."""
        self.resorts = []
        found = tokens(text)
        if not found:  # marks alone are no words, but they were typed
            self.unknown = text
            return text
        sentence = _Sentence(text, found, self)
        sentence.read()
        self.unknown = joined(text, sentence.unknown)
        return joined(text, sentence.kept, sentence.instead)

    def answer(self, text: str) -> Understood:
        if self.open_at is not None and "open" in self.keys and "open_now" not in self.keys:
            self._take_back("status")  # "open in Vermont tomorrow" does not ask about now
        return Understood(
            facts=self.facts,
            region=self.region,
            near=self.near,
            networks=self.networks,
            open_at=self.open_at,
            text=text,
            read=(*self.parts, *self.resorts),
            unknown=self.unknown,
        )

    def remark(self, words: str, meaning: str) -> None:
        self.parts.append(Part(words, meaning, "", ""))

    def take_sense(self, words: str, sense: Sense, read_as: tuple[str, ...]) -> None:
        match sense:
            case Asks(key=key, facts=facts):
                self.keys.add(key)
                for name, values in facts:
                    self.facts[name] = _with(self.facts.get(name, ()), values)
                    self._say(words, fact_meaning(name, values), name, ",".join(values), read_as)
            case Regions(codes=codes):
                self.region = _with(self.region, codes)
                self._say(words, region_meaning(sense), "region", ",".join(codes), read_as)
            case Network(name=name):
                self.networks = _with(self.networks, (name,))
                self._say(words, network_meaning(name), "network", name, read_as)

    def take_near(self, words: str, near: Near, read_as: tuple[str, ...]) -> None:
        self._only_one("near", "place")
        self.near = near
        self._say(words, near_meaning(near), "near", near.parameter, read_as)

    def take_moment(self, words: str, when: When, read_as: tuple[str, ...]) -> None:
        self._only_one("at", "time")
        self.open_at = when
        self._say(words, when_meaning(when), "at", when.parameter, read_as)

    def _take_back(self, parameter: str) -> None:
        self.facts.pop(parameter, None)
        self.parts = [part for part in self.parts if part.parameter != parameter]

    def _only_one(self, parameter: str, kind: str) -> None:
        self.parts = [
            Part(part.words, replaced(part.words, kind), "", "") if part.parameter == parameter else part
            for part in self.parts
        ]

    def _say(self, words: str, meaning: str, parameter: str, value: str, read_as: tuple[str, ...]) -> None:
        said = f"{meaning} {mended(words, read_as)}" if read_as else meaning
        part = Part(words, said, parameter, value)
        if part not in self.parts:
            self.parts.append(part)


class _Sentence:
    """One pass, from left to right, the longest first."""

    def __init__(self, text: str, found: tuple[Token, ...], reader: _Reader) -> None:
        self._text = text
        self._reader = reader
        self._lexicon = reader.lexicon
        self._asked = tuple(self._with_readings(token) for token in found)
        self._resorts = _resorts(found, reader.names)
        self._resort_starts = sorted(self._resorts, reverse=True)
        self._codes = Codes(text, found, reader.lexicon)
        self._around = Around(self._asked, reader.lexicon, reader.names)
        self._negated = False
        self.kept: list[Token] = []
        self.unknown: list[Token] = []
        self.instead: dict[int, str] = {}

    def read(self) -> None:
        i = 0
        while i < len(self._asked):
            i = self._resort_at(i) or self._sense_at(i) or self._word_at(i)

    def _with_readings(self, token: Token) -> "_Asked":
        known = token.word in self._lexicon.words or token.word in self._reader.names.words
        return _Asked(token, (token.word,) if known else self._lexicon.readings(token.word))

    def _resort_at(self, i: int) -> int | None:
        end = self._resorts.get(i)
        if end is None:
            return None
        nearness = self._around.at(i)
        if nearness is not None and nearness.near is not None and not self._negated:
            self._reader.take_near(self._said(i, nearness.end), nearness.near, nearness.read_as)
            return nearness.end
        words = self._said(i, end)
        found = [each.token for each in self._asked[i:end]]
        own = self._own_name(words, found)
        if own is not None:
            self.instead[found[0].start] = own
        self.kept += found if own is None else found[:1]
        self._reader.resorts.append(Part(words, f"Resort: {own or words}", "text", own or words))
        self._negated = False
        return end

    def _own_name(self, words: str, found: Sequence[Token]) -> str | None:
        """The resort's name as the search knows it, where it is not found by the words: "Sankt" is written "St."."""
        names = [each.name for each in self._reader.names.resorts.find([token.word for token in found])]
        typed = fold(words).split()
        if any(all(word in fold(name) for word in typed) for name in names):
            return None
        grown = len(self._text) + sum(map(len, self.instead.values())) + len(names[0])
        return names[0] if grown <= MAX_ASKED else None

    def _sense_at(self, i: int) -> int | None:
        """The longest of what may be said at ``i``; of what is as long, a filter goes before a time."""
        while self._resort_starts and self._resort_starts[-1] <= i:
            self._resort_starts.pop()
        limit = self._resort_starts[-1] if self._resort_starts else len(self._asked)
        code = self._codes.at(i)
        if code is not None:
            return self._take(i, code.end, code)
        nearness = self._around.at(i)
        said_moment = moment(self._asked, i, limit, self._lexicon, self._reader.now)
        sense = self._lexicon.senses.longest(self._asked, i, limit)
        here = self._around.says_here(i)
        known: list[Moment | Nearness | Found[Sense]]
        known = [each for each in (sense, said_moment) if each is not None]
        if nearness is not None and (nearness.near is not None or nearness.region is not None):
            known.append(nearness)
        best = max(known, key=lambda each: each.end, default=None)
        if here and (best is None or here >= best.end):
            self._reader.remark(self._said(i, here), here_unknown())
            return here
        if best is not None:
            return self._take(i, best.end, best)
        if nearness is not None:
            asked = self._asked[nearness.end].token if nearness.end < len(self._asked) else None
            name = self._text[asked.start : asked.end] if asked is not None else ""
            self._reader.remark(self._said(i, nearness.end), elsewhere(name))
            return nearness.end
        return None

    def _take(self, i: int, end: int, found: Moment | Nearness | Found[Sense]) -> int:
        if self._negated:  # "not Vermont": the contrary of a filter can't be asked for, so it is left as text
            self._keep(i, end)
            self._negated = False
            return end
        words = self._said(i, end)
        match found:
            case Moment(when=when):
                self._reader.take_moment(words, when, found.read_as)
            case Nearness(near=Near() as near):
                self._reader.take_near(words, near, found.read_as)
            case Nearness(region=Regions() as region):
                self._reader.take_sense(words, region, found.read_as)
            case Found(values=values):
                self._reader.take_sense(words, values[0], found.read_as)
        return end

    def _word_at(self, i: int) -> int:
        word = self._asked[i].word
        if word in self._lexicon.negations:
            self._negated = True
            self._keep(i, i + 1)
        elif word not in self._lexicon.vanishing:
            self._negated = False
            self._keep(i, i + 1)
        return i + 1

    def _keep(self, i: int, end: int) -> None:
        self.kept += [each.token for each in self._asked[i:end]]
        self.unknown += [each.token for each in self._asked[i:end]]

    def _said(self, i: int, end: int) -> str:
        return self._text[self._asked[i].token.start : self._asked[end - 1].token.end]


@dataclass(frozen=True, slots=True)
class _Asked:
    token: Token
    readings: tuple[str, ...]

    @property
    def word(self) -> str:
        return self.token.word


def _resorts(found: tuple[Token, ...], names: Names) -> dict[int, int]:
    """Where names of resorts stand: start and end, the longest first from the left."""
    exact = [_Asked(token, (token.word,)) for token in found]
    ends: dict[int, int] = {}
    i = 0
    while i < len(exact):
        name: Found[Named] | None = names.resorts.longest(exact, i)
        if name is not None:
            ends[i] = name.end
        i = name.end if name is not None else i + 1
    return ends


def _with(known: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))

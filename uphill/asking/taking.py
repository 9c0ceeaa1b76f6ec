"""What a question was understood to ask for, gathered while it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from uphill.asking.lexicon import Asks, Network, Regions, Sense
from uphill.asking.meanings import (
    fact_meaning,
    here_unknown,
    mended,
    near_meaning,
    network_meaning,
    region_meaning,
    replaced,
    when_meaning,
)
from uphill.asking.nearness import Nearness
from uphill.asking.understood import Part, Understood, When
from uphill.search.places import Near


@dataclass(slots=True)
class Taken:
    """The filters so far, and the parts of the question that they were read from."""

    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    near: Near | None = None
    near_others: tuple[Near, ...] = ()
    open_at: When | None = None
    parts: list[Part] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def answer(self, text: str, unknown: str, resorts: Sequence[Part]) -> Understood:
        """All of it, with the text that is left."""
        if self.open_at is not None and "open" in self.keys and "open_now" not in self.keys:
            self._take_back("status")  # "open in Vermont tomorrow" does not ask about now
        return Understood(
            facts=self.facts,
            region=self.region,
            near=self.near,
            near_others=self.near_others,
            networks=self.networks,
            open_at=self.open_at,
            here=any(part.meaning == here_unknown() for part in self.parts),
            text=text,
            read=(*self.parts, *resorts),
            unknown=unknown,
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

    def take_near(self, words: str, near: Near, found: Nearness) -> None:
        self._only_one("near", "place")
        self.near, self.near_others = near, found.others
        self._say(words, near_meaning(near, found.others), "near", near.value, found.read_as)

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


def _with(known: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))

"""One pass over a question, from left to right, the longest first; a resort's own name goes before all."""

from collections.abc import Sequence
from datetime import datetime

from uphill.asking.codes import Codes
from uphill.asking.denial import Denial
from uphill.asking.lexicon import Asks, Lexicon, Network, Regions, Sense
from uphill.asking.meanings import drive_unknown, elsewhere, here_unknown
from uphill.asking.moments import Moment, moment
from uphill.asking.names import Named, Names
from uphill.asking.nearness import Around, Nearness
from uphill.asking.taking import Taken
from uphill.asking.tokens import MAX_ASKED, Asked, Token
from uphill.asking.tries import Found
from uphill.asking.understood import Part
from uphill.search.places import Near
from uphill.search.text import fold

_FEW = 4


class Sentence:
    """One pass, from left to right, the longest first."""

    def __init__(
        self, text: str, found: tuple[Token, ...], taken: Taken, lexicon: Lexicon, names: Names, now: datetime
    ) -> None:
        self._text = text
        self._taken = taken
        self._lexicon = lexicon
        self._names = names
        self._now = now
        self._asked = tuple(self._with_readings(token) for token in found)
        self._resorts = _resorts(found, names)
        self._resort_starts = sorted(self._resorts, reverse=True)
        self._codes = Codes(text, found, lexicon)
        self._around = Around(self._asked, lexicon, names)
        self._denial = Denial()
        self.kept: list[Token] = []
        self.unknown: list[Token] = []
        self.resorts: list[Part] = []
        self.instead: dict[int, str] = {}

    def read(self) -> None:
        i = 0
        while i < len(self._asked):
            i = self._resort_at(i) or self._sense_at(i) or self._word_at(i)

    def _with_readings(self, token: Token) -> Asked:
        known = token.word in self._lexicon.words or token.word in self._names.words
        return Asked(token, (token.word,) if known else self._lexicon.readings(token.word))

    def _resort_at(self, i: int) -> int | None:
        end = self._resorts.get(i)
        if end is None:
            return None
        nearness = self._around.at(i)
        if nearness is not None and nearness.near is not None and not self._denial.holds(asks=False):
            self._taken.take_near(self._said(i, nearness.end), nearness.near, nearness)
            return nearness.end
        words = self._said(i, end)
        found = [each.token for each in self._asked[i:end]]
        own = self._own_name(words, found)
        if own is not None:
            self.instead[found[0].start] = own
        self.kept += found if own is None else found[:1]
        self.resorts.append(Part(words, f"Resort: {own or words}", "text", own or words))
        self._denial.ends()
        return end

    def _own_name(self, words: str, found: Sequence[Token]) -> str | None:
        """The resort's name as the search knows it, where it is not found by the words: "Sankt" is written "St."."""
        names = [each.name for each in self._names.resorts.find([token.word for token in found])]
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
        alike = self._alike_at(i, limit)
        if alike is not None:
            return alike
        code = self._codes.at(i)
        nearness = self._around.at(i)
        said_moment = moment(self._asked, i, limit, self._lexicon, self._now)
        sense = self._lexicon.senses.longest(self._asked, i, limit)
        here = self._around.says_here(i)
        known: list[Moment | Nearness | Found[Sense]]
        known = [each for each in (code, sense, said_moment) if each is not None]
        if nearness is not None and (nearness.near is not None or nearness.region is not None):
            known.append(nearness)
        best = max(known, key=lambda each: each.end, default=None)
        if here and (best is None or here >= best.end):
            self._taken.remark(self._said(i, here), here_unknown())
            return here
        if best is not None and (longer := self._denied_longer(i, best.end, limit)):
            self._keep(i, longer)
            self._denial.ends()
            return longer
        if best is not None:
            return self._take(i, best.end, best)
        if nearness is not None:
            asked = self._asked[nearness.end].token if nearness.end < len(self._asked) else None
            name = self._text[asked.start : asked.end] if asked is not None else ""
            self._taken.remark(self._said(i, nearness.end), elsewhere(name))
            return nearness.end
        return None

    def _take(self, i: int, end: int, found: Moment | Nearness | Found[Sense]) -> int:
        asks = isinstance(found, Found) and _asks(found.values[0])
        close = asks and not self._asked[i].token.after_comma
        denied = self._denied_after(end) if asks else end
        if (
            self._denial.holds(asks=close) or denied > end
        ):  # its contrary can't be asked for: it is left as text
            self._keep(i, denied)
            if not (isinstance(found, Found) and _says_nothing(found.values[0])):  # "don't allow dogs"
                self._denial.ends()
            return denied
        self._denial.ends()
        if asks and self._asked[i].word in self._lexicon.negations:
            self._denial.said(self._asked[i])
        words = self._said(i, end)
        match found:
            case Moment(when=when):
                self._taken.take_moment(words, when, found.read_as)
            case Nearness(near=Near() as near):
                self._taken.take_near(words, near, found)
                if found.by_time:
                    self._taken.remark(words, drive_unknown(near.km))
            case Nearness(region=Regions() as region):
                self._taken.take_sense(words, region, found.read_as)
            case Found(values=values):
                self._taken.take_sense(words, values[0], found.read_as)
        return end

    def _denied_longer(self, i: int, end: int, limit: int) -> int:
        """Where a longer phrase than the denied one ends, which is what is denied: "no dogs on leash"; else 0."""
        if self._asked[i].word not in self._lexicon.negations:
            return 0
        start = self._past_small(i + 1)
        found = self._lexicon.senses.longest(self._asked, start, limit)
        return found.end if found is not None and _asks(found.values[0]) and found.end > end else 0

    def _alike_at(self, i: int, limit: int) -> int | None:
        """Where what stands at ``i`` ends, if "or" joins it to what was denied before: "no pass or waiver"."""
        no = self._denial.shared
        if no is None:
            return None
        found = self._lexicon.senses.longest((no, *self._asked[i:limit]), 0)
        if found is not None and found.end > 1:
            end = i + found.end - 1
            self._taken.take_sense(
                f"{self._text_of(no)} {self._said(i, end)}", found.values[0], found.read_as
            )
            self._denial.said(no)
            return end
        sense = self._lexicon.senses.longest(self._asked, i, limit)
        if sense is None or not _asks(sense.values[0]):
            return None
        self.kept.append(no.token)  # what is left has to go on saying "no"
        self.unknown.append(no.token)
        self._keep(i, sense.end)
        self._denial.ends()
        return sense.end

    def _denied_after(self, end: int) -> int:
        """Where a denial of what was said up to ``end`` ends: "headlamp not required"; ``end`` without one."""
        start = self._past_small(end)
        if start == len(self._asked):
            return end
        denial = self._lexicon.denials.longest(self._asked, start)
        if denial is not None:
            return denial.end
        if self._lexicon.senses.longest(self._asked, start) is None and start not in self._resorts:
            further = self._past_small(start + 1)  # "dogs on slopes are not allowed"
            denial = self._lexicon.denials.longest(self._asked, further)
            if denial is not None:
                return denial.end
        if self._asked[start].word not in self._lexicon.negations:
            return end
        denies_what_follows = any(
            self._lexicon.senses.longest(self._asked, place) is not None
            for place in range(start, min(start + _FEW, len(self._asked)))
        )
        return end if denies_what_follows else start + 1

    def _past_small(self, i: int) -> int:
        while i < len(self._asked) and self._is_small(i):
            i += 1
        return i

    def _is_small(self, i: int) -> bool:
        word = self._asked[i].word
        return word in self._lexicon.vanishing and word not in self._lexicon.negations

    def _word_at(self, i: int) -> int:
        word = self._asked[i].word
        if self._denial.joins(word, self._lexicon):
            return i + 1
        if word in self._lexicon.negations:
            self._denial.starts()
            self._keep(i, i + 1)
        elif word not in self._lexicon.vanishing:
            self._denial.passes()
            self._keep(i, i + 1)
        return i + 1

    def _keep(self, i: int, end: int) -> None:
        self.kept += [each.token for each in self._asked[i:end]]
        self.unknown += [each.token for each in self._asked[i:end]]

    def _said(self, i: int, end: int) -> str:
        return self._text[self._asked[i].token.start : self._asked[end - 1].token.end]

    def _text_of(self, one: Asked) -> str:
        return self._text[one.token.start : one.token.end]


def _resorts(found: tuple[Token, ...], names: Names) -> dict[int, int]:
    """Where names of resorts stand: start and end, the longest first from the left."""
    exact = [Asked(token, (token.word,)) for token in found]
    ends: dict[int, int] = {}
    i = 0
    while i < len(exact):
        name: Found[Named] | None = names.resorts.longest(exact, i)
        if name is not None:
            ends[i] = name.end
        i = name.end if name is not None else i + 1
    return ends


def _says_nothing(sense: Sense) -> bool:
    return isinstance(sense, Asks) and not sense.facts


def _asks(sense: Sense) -> bool:
    """Whether what may stand behind it can deny it; a region is not denied by what is prohibited there."""
    return isinstance(sense, Network) or (isinstance(sense, Asks) and bool(sense.facts))

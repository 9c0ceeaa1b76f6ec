"""What the page announces for now: uphill travel open or closed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from crawler.extract.automaton import Hit
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.columns import cells
from crawler.extract.combine import ORDER_OF_PROOF, strongest
from crawler.extract.document import Document
from crawler.extract.hours.linewords import LITTLE
from crawler.extract.hours.operations import only_evenings, phases
from crawler.extract.hours.phasetopics import houses
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import named_days
from crawler.extract.lines.states import MOST_TOKENS, is_a_way, is_of_a_legend, is_state_alone, state_of
from crawler.extract.routes.names import names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Status

FIELD = "status"
NEEDS = ("routes",)
_LONG = 5
"""Letters of the last part of a German compound that stands for the whole."""
_NAME = 2
"""Tokens before the last of a name that a sentence begins with."""
_SEVERAL = 2
"""Ways up whose states are told, and not that of one alone."""
_STATES = frozenset(["open", "closed", "now", "today"])
_NEAR = 8
"""Tokens between uphill travel and its state in a longer sentence."""
_SHORT = 12
"""Words of a banner such as "Uphill is closed"."""
_BESIDE = 3
"""Tokens between them in a banner."""
_LABEL = 5
"""Tokens of a label such as "Uphill status"."""
_SUBJECT = 2
"""Tokens within which a sentence names its subject."""
_WAYS = ("uphill_route", "access_word")
_SUBJECTS = ("ascend", "ascent_noun", "uphill_route", "route_noun", "access_word", "slopes", "you")
_WITH = (
    "status_word",
    "now",
    "open",
    "closed",
    "stays_closed",
    "neg",
    "date",
    "permit",
    "every_day",
    "period",
)
"""What a state may be told of, and with, where going up is not named again."""


def claims(document: Document) -> Iterator[Claim]:
    if not document.count("uphill"):
        return
    yield from _of_all(list(_told(document)))


def _of_all(told: list[tuple[Scoped, Claim]]) -> Iterator[Claim]:
    """Those that are of going up at large: a state below each of several ways up is that of the one alone."""
    ways = {
        id(scoped.heading) for scoped, _ in told if scoped.heading is not None and is_a_way(scoped.heading)
    }
    for scoped, claim in told:
        if len(ways) < _SEVERAL or claim.why != _UNDER_LABEL or id(scoped.heading) not in ways:
            yield claim


def _told(document: Document) -> Iterator[tuple[Scoped, Claim]]:
    before: Scoped | None = None
    for scoped in document.sentences:
        above, before = before, scoped
        read = _of_label(scoped, above) or _read(scoped) if scoped.speaks_of(_STATES) else None
        if read is not None and not (read[2] == _UNDER_LABEL and is_of_a_legend(scoped, document)):
            value, strength, why = read
            claim = Claim(FIELD, value, scoped.sentence.start, scoped.sentence.end, strength, why)
            yield scoped, claim


_UNDER_LABEL = "the state under its label"


Reading = tuple[Status, Strength, str]


def _of_label(scoped: Scoped, before: Scoped | None) -> Reading | None:
    """Of a line that is nothing but "Closed", under a heading or a line such as "Uphill status"."""
    whole = scoped.whole
    value = state_of(whole)
    if (
        value is None
        or len(whole.tokens) > MOST_TOKENS
        or not is_state_alone(whole)
        or scoped.sentence.block.level
    ):
        return None
    if scoped.sentence.block.row and scoped.heading_phase is not None:
        return None  # "Closed" in a column "after the lifts close"
    label = before.whole if before is not None else None
    labelled = label is not None and len(label.tokens) <= _LABEL and label.has("uphill")
    headed = scoped.headed("status_word") and (
        scoped.headed("uphill") or (scoped.headed(*_WAYS) and not scoped.headed("slopes"))
    )
    if not (labelled or headed) or (label is not None and before is not None and before.sentence.asks):
        return None
    return value, Strength.EXPLICIT, _UNDER_LABEL


def _read(scoped: Scoped) -> Reading | None:
    whole, block = scoped.whole, scoped.sentence.block
    header = block.row and block.level
    if (
        scoped.sentence.asks
        or header
        or not _is_about_uphill(scoped)
        or _is_of_one_route(scoped)
        or any(holds(scoped) for _, holds in _STANDING)
    ):
        return None
    announced = whole.has("status_word", "stays_closed") or block.alert or block.level in (1, 2)
    strength = Strength.EXPLICIT if announced else Strength.PLAIN
    if _bans_now(scoped):
        return Status.CLOSED, strength, "not allowed for now"
    value = state_of(whole)
    words = sum(not t.is_mark for t in whole.tokens)
    if value is None or not (announced or (words <= _SHORT and (_is_state(whole) or _is_cell(scoped)))):
        return None
    near = whole.near("uphill", "open", _NEAR) or whole.near("uphill", "closed", _NEAR)
    return (value, strength, "announced for now") if near or words <= _SHORT else None


def _is_of_one_route(scoped: Scoped) -> bool:
    """As in 'Uphill track "Combe": closed', "Eagle Ridge is closed to uphill travel": nothing is told of others."""
    whole = scoped.whole
    if scoped.heading is not None and is_a_way(scoped.heading) and not whole.travels:
        return True  # "Currently closed" below "Aufstiegsspur Brandegg"
    end = min((hit.first for hit in _states(whole)), default=0)
    told = [name for name in names(whole, heads_sentence=True) if name.last < end]
    if any(name.quoted for name in told):
        return True
    for_now = whole.has("now", "status_word", "stays_closed")  # the resort itself may be named so
    travel = whole.hits_of("uphill", "ascend", *_SUBJECTS)
    return not for_now and any(
        name.proper
        and (0 == name.first < name.last or (name.first == 1 and whole.tokens[0].fold in LITTLE))
        and not any(hit.covers(name.first) for hit in travel)
        for name in told
    )


def _is_about_uphill(scoped: Scoped) -> bool:
    headed = scoped.headed("uphill") and scoped.scope is Scope.EXPLICIT and not scoped.sentence.block.level
    own = headed and scoped.whole.has("status_word") and not _names_another(scoped)
    today = scoped.scope is Scope.EXPLICIT and scoped.whole.all("ascent_noun", "now")
    return scoped.whole.has("uphill") or own or today


def _names_another(scoped: Scoped) -> bool:
    """As in "Chair 2 is currently closed" under a heading on going up: its subject is no word for that."""
    clause = scoped.whole
    end = min((hit.first for hit in _states(clause)), default=len(clause.tokens))
    if 0 <= clause.first("facility") < end:
        return True  # "The access road is closed"
    known = clause.tokens_of(*_SUBJECTS, *_WITH)
    plain = {i for i, token in enumerate(clause.tokens) if token.is_mark or token.fold in LITTLE}
    subjects = (hit for hit in clause.hits_of(*_SUBJECTS) if hit.first < end)
    # "the access road" is another thing than the access
    own = any(hit.last + 1 in known | plain for hit in subjects)
    named = {token.fold for token in scoped.heading.tokens} - LITTLE if scoped.heading else set()
    own = own or any(
        not token.is_mark and (token.fold in named or _ends_any(token.fold, named))
        for token in clause.tokens[:end]
    )
    return not own and any(index not in known | plain for index in range(end))


def _ends_any(word: str, named: AbstractSet[str]) -> bool:
    """As "Lehrpfad" below "Skitourenlehrpfad Hirscheck"."""
    return len(word) >= _LONG and any(other.endswith(word) for other in named)


def _bans_now(scoped: Scoped) -> bool:
    """As in "No uphill today", "Uphill travel is not permitted today"."""
    whole = scoped.whole
    if not whole.has("now", "today") or whole.has("open", "closed"):
        return False
    others = whole.has("dog", "snowshoe", "foot", "bike", "except", "other_route", "any_pass")
    return not others and any(
        c.rules("forbid") and c.travels and c.has("now", "today") for c in scoped.clauses
    )


def _is_conditional(scoped: Scoped) -> bool:
    whole = scoped.whole
    if whole.has("may_ban") or (whole.has("bounded") and not whole.has("status_word")):
        return True  # "On race days the route is closed"
    future = whole.has("future") and not whole.all("now", "closed")  # "Now closed until December, as planned"
    return (
        future or whole.has("if_strict", "whether") or (whole.has("may_be") and not whole.has("stays_closed"))
    )


def _is_of_somebody(scoped: Scoped) -> bool:
    whole = scoped.whole
    caused = any(_is_explained(whole, state) for state in _states(whole))  # "closed due to avalanche work"
    if whole.has("machines") and not (caused or whole.has("now", "status_word")):
        return True
    kinds = whole.has("snowshoe", "foot", "bike") and not whole.has("now", "status_word")
    return kinds or whole.has("other_route", "dog") or _is_of_a_place(whole) or _is_of_a_house(whole)


def _is_of_a_place(clause: Clause) -> bool:
    """Not as in "Ferris Basin is now closed to uphill travel", where the resort's own name ends as places do."""
    places = clause.hits.get("special_place", ())
    return any(
        not (clause.has("now") and hit.first <= _NAME and clause.words(hit)[0].isupper()) for hit in places
    )


def _is_of_a_house(clause: Clause) -> bool:
    """As in "The hut is open today for skinners", "Passes for skinners are available"."""
    state = min((hit.first for hit in _states(clause)), default=0)
    goods = [hit.first for hit in clause.hits.get("any_pass_word", ()) if hit.first <= _SUBJECT]
    guests = {hit.first + 1 for hit in clause.hits.get("open_to", ())}  # "für Tourengeher geöffnet"
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    led = any(at < state and at not in guests for at in travel) and not _leads(clause, travel)
    last = state + (_SUBJECT if not travel else -1)  # "Open today are 12 lifts and 24 runs"
    return any(at < state for at in goods) or (not led and any(at <= last for at in houses(clause)))


def _leads(clause: Clause, travel: Sequence[int]) -> bool:
    """As the hut in "The hut on the uphill route": but for small words nothing stands between."""
    return any(
        house.first <= _SUBJECT
        and any(
            house.last < at and all(t.fold in _SMALL for t in clause.tokens[house.last + 1 : at])
            for at in travel
        )
        for house in clause.hits.get("facility", ())
    )


_SMALL_WORDS = (
    "for of on at along by near above below the our der die das des für an am auf bei entlang "
    "pour de des du d' l' le la les sur au aux à per di degli dei del della sul sulla lungo il lo i gli al"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def _is_of_resort(scoped: Scoped) -> bool:
    """As in "The resort is closed for the season"; uphill travel itself may be closed for the season."""
    ends = scoped.whole.hits.get("season_end", ())
    return bool(ends) and not scoped.whole.near("uphill", "closed", _BESIDE)


def _is_regular(scoped: Scoped) -> bool:
    # "Outside these hours the area is closed to climbers"
    always = scoped.whole.has("every_day", "afterwards", "at_other_times")
    return always and not scoped.whole.has("status_word")


def _is_timed(scoped: Scoped) -> bool:
    """Whether it tells hours, or the time before or after the lifts run: a rule, unless said of today."""
    whole = scoped.whole
    if _is_cell(scoped):
        return False
    of_today = whole.has("now") and not whole.has("every_day")
    # "No tour evening today" is said of today
    operations = _names_operations(whole) and not (of_today and only_evenings(whole))
    return operations or (bool(spans(whole)) and not of_today)


def _names_operations(clause: Clause) -> bool:
    """Whether it names the time before, while or after the lifts run; "not open yet" is none."""
    states = _states(clause)
    times = clause.hits_of("outside_ops", "during_ops")
    return bool(phases(clause)) and not (times and all(t.within_any(states) for t in times))


def _is_dated(scoped: Scoped) -> bool:
    """As in "Closed Mondays", "Closed on January 12 for a race"."""
    dated = scoped.whole.has("date") or bool(named_days(scoped.whole))
    return dated and not scoped.whole.has("status_word") and not _is_cell(scoped)


def _is_for_some(scoped: Scoped) -> bool:
    """As in "Open to season pass holders", which is a rule."""
    whole = scoped.whole
    announced = whole.has("status_word") or scoped.sentence.block.alert
    # "Der Trail ist für Tourenski offen"
    if whole.has("only") and not (announced or whole.has("now", "today")):
        return True  # "The routes are accessible with skins only"
    opened = whole.has("open_to") or (whole.all("closed_to", "open") and not whole.has("closed"))
    return opened and not announced and not _opens_uphill(whole)


def _is_attribute(scoped: Scoped) -> bool:
    """As in "Closed trails are closed to uphill traffic", "See the trails open for uphill travel"."""
    whole = scoped.whole
    if scoped.sentence.block.row or whole.has("now"):
        return False
    nouns = whole.hits_of("route_noun", "uphill")
    before = any(0 < noun.first - state.last <= 1 for noun in nouns for state in _states(whole))
    goes_on = any(
        state.first - noun.last == 1
        and not whole.has("status_word")
        and _goes_on(whole, state)
        and not _is_explained(whole, state)
        for noun in nouns
        for state in _states(whole)
    )
    return before or goes_on


def _is_explained(clause: Clause, state: Hit) -> bool:
    """As in "Uphill route closed due to lack of snow"."""
    ends = state.last >= len(clause.tokens) - 2  # "Aufstieg wegen Lawinengefahr gesperrt"
    return any(
        0 < hit.first - state.last <= 1 or (ends and hit.first < state.first)
        for hit in clause.hits.get("cause", ())
    )


def _goes_on(clause: Clause, state: Hit) -> bool:
    after = clause.tokens[state.last + 1 : state.last + 2]
    return bool(after) and not after[0].is_mark


_STANDING: tuple[tuple[str, Callable[[Scoped], bool]], ...] = (
    ("on a condition", _is_conditional),
    ("of a place or of machines", _is_of_somebody),
    ("of the resort", _is_of_resort),
    ("of every day", _is_regular),
    ("of some hours", _is_timed),
    ("of a date", _is_dated),
    ("of some people", _is_for_some),
    ("of whatever is open or closed", _is_attribute),
)
"""By which of these a sentence is a rule, and no announcement for now."""


def _is_cell(scoped: Scoped) -> bool:
    """Whether a cell of the row that names uphill travel is the state alone."""
    behind_name = cells(scoped.whole)[1:]
    states = _states(scoped.whole)
    return scoped.sentence.block.row and any((hit.first, hit.last + 1) in behind_name for hit in states)


def _states(clause: Clause) -> list[Hit]:
    return clause.hits_of("open", "closed")


def _opens_uphill(clause: Clause) -> bool:
    """As in "Open for uphill", "We are open for uphill", and not "uphill is open to season pass holders"."""
    travel = clause.hits.get("uphill", ())
    return any(
        (o.first <= 1 or clause.tokens[o.first - 2].fold in _WE or clause.tokens[o.first - 1].fold in _WE)
        and any(0 < t.first - o.last <= _BEHIND for t in travel)
        for o in clause.hits.get("open_to", ())
    )


_BEHIND = 2
"""Tokens from "open for" to uphill travel."""
_WE = frozenset(["we", "we're", "wir", "nous", "on", "siamo", "now"])


def _is_state(clause: Clause) -> bool:
    return clause.near("uphill", "open", _BESIDE) or clause.near("uphill", "closed", _BESIDE)


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims) if claims else _of_routes(settled["routes"].claims)


def _of_routes(routes: Sequence[Claim]) -> Settled:
    """As a table of several ways up tells that is kept up to date: open where one of them is."""
    opened = [claim for claim in routes if claim.value.status is Status.OPEN]
    closed = [claim for claim in routes if claim.value.status is Status.CLOSED]
    if len(opened) + len(closed) < _SEVERAL or not (opened or len(closed) == len(routes)):
        return UNSTATED
    value, told = (Status.OPEN, opened) if opened else (Status.CLOSED, closed)
    proof = tuple(replace(claim, field=FIELD, value=value) for claim in told[:ORDER_OF_PROOF])
    return Settled(value, proof, "the ways up are told to be so")

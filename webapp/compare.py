"""Resorts side by side: the questions that people ask, in their order, and what each resort answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from uphill.cost import season_cost_words, visit_words
from uphill.language import N_, ngettext
from uphill.language import gettext as _
from uphill.policy import Policy
from uphill.search.answers import ResortPage
from uphill.words.wording import NOT_STATED, age, label, pending_words
from webapp.facts import Now, fact_row, is_old, now_of
from webapp.marks import Mark, mark_of
from webapp.strip import Strip, strip_of

MOST = 4
"""Resorts that are compared at once."""
_ROUTES_NAMED = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known at one resort, several ``words`` for a list.

    ``fact`` is the one whose proof the resort's page shows, empty where nothing is stated. ``caveats`` are what
    speaks against relying on it.
    """

    words: tuple[str, ...]
    fact: str = ""
    stated: bool = True
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One row; ``differs`` where the answers are not all the same, one that is not stated among them."""

    name: str
    label: str
    answers: tuple[Answer, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One resort; ``old`` where its policy should be read with doubt."""

    page: ResortPage
    mark: Mark
    now: Now
    week: Strip | None
    old: bool


def column_of(page: ResortPage, now: datetime) -> Column:
    return Column(
        page,
        mark_of(page.policy),
        now_of(page, now),
        strip_of(page.policy.windows, page.resort, now),
        is_old(page),
    )


def questions(pages: Sequence[ResortPage], now: datetime) -> tuple[Question, ...]:
    """All questions, each answered for every one of ``pages``, in their order."""
    return tuple(_question(name, pages, now) for name in _QUESTIONS)


def _question(name: str, pages: Sequence[ResortPage], now: datetime) -> Question:
    words, answer = _QUESTIONS[name]
    answers = tuple(answer(page, now) for page in pages)
    differs = len({(one.words, one.stated) for one in answers}) > 1
    return Question(name, _(words) if words else label(name), answers, differs)


def _verdict(page: ResortPage, now: datetime) -> Answer:
    del now
    waiting = pending_words(page.pending, page.resort.timezone) if page.pending is not None else ""
    stated = page.policy.access != "unknown"
    return Answer((page.verdict,), "access" if stated else "", stated, (waiting,) if waiting else ())


def _now(page: ResortPage, now: datetime) -> Answer:
    told = now_of(page, now)
    return Answer((told.words,), "status" if told.seen_at is not None else "", told.fresh)


def _when(page: ResortPage, now: datetime) -> Answer:
    """The stated hours; where there are none, whether it is before and after the lifts' hours."""
    if page.policy.windows:
        return _fact("windows")(page, now)
    told = _fact("outside_operations")(page, now)
    if not told.stated:
        return _silence()
    words = _("outside lift hours: %(words)s", words=told.words[0])
    return Answer((words,), told.fact, caveats=told.caveats)


def _pass(page: ResortPage, now: datetime) -> Answer:
    """When one is needed, and which count."""
    required, accepted = (_fact(name)(page, now) for name in ("pass_required", "pass_accepts"))
    if not required.stated:
        return accepted
    counting = (_("accepted: %(passes)s", passes=", ".join(accepted.words)),) if accepted.stated else ()
    return Answer(required.words + counting, required.fact, caveats=required.caveats + accepted.caveats)


def _cost(words_of: Callable[[Policy], str]) -> Callable[[ResortPage, datetime], Answer]:
    def answer(page: ResortPage, now: datetime) -> Answer:
        words = words_of(page.policy)
        if not words:
            return _silence()
        fact = "prices" if page.policy.prices else "pass_cost"
        return Answer((words,), fact, caveats=_fact(fact)(page, now).caveats)

    return answer


def _routes(page: ResortPage, now: datetime) -> Answer:
    """The first of them by name; how many more there are."""
    names = tuple(route.name for route in page.policy.routes)
    if not names:
        return _silence()
    more = len(names) - _ROUTES_NAMED
    if more > 1:
        more_words = ngettext("and %(num)s more", "and %(num)s more", more)
        names = (*names[:_ROUTES_NAMED], more_words)
    return Answer(names, "routes", caveats=_fact("routes")(page, now).caveats)


def _age(page: ResortPage, now: datetime) -> Answer:
    return Answer((age(page.provenance, now),), stated=page.provenance is not None)


def _silence() -> Answer:
    return Answer((_(NOT_STATED),), stated=False)


def _fact(name: str) -> Callable[[ResortPage, datetime], Answer]:
    def answer(page: ResortPage, now: datetime) -> Answer:
        del now
        row = fact_row(page, name)
        caveats = [row.old] if row.old else []
        if row.pin is not None and row.pin.otherwise:
            caveats.append(_("the resort’s page says otherwise: %(words)s", words=row.pin.otherwise))
        return Answer(row.words, name if row.stated else "", row.stated, tuple(caveats))

    return answer


_QUESTIONS: dict[str, tuple[str, Callable[[ResortPage, datetime], Answer]]] = {
    "verdict": (N_("May I?"), _verdict),
    "now": (N_("Now"), _now),
    "when": (N_("When"), _when),
    "during_operations": ("", _fact("during_operations")),
    "pass": (N_("Pass"), _pass),
    "visit": (N_("One visit costs"), _cost(visit_words)),
    "season": (N_("A season costs"), _cost(season_cost_words)),
    "waiver": ("", _fact("waiver")),
    "dogs": ("", _fact("dogs")),
    "lights": ("", _fact("lights")),
    "routes": ("", _routes),
    "map_url": ("", _fact("map_url")),
    "avalanche_gear": ("", _fact("avalanche_gear")),
    "minors": ("", _fact("minors")),
    "parking": ("", _fact("parking")),
    "hotline": ("", _fact("hotline")),
    "age": (N_("Age"), _age),
}
"""Each with its words, empty where they are those of the fact of the same name."""

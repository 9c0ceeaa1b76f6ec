"""How much is known, and whether what is known is kept fresh: coverage and health, for anyone to see."""

from collections import defaultdict
from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import render_template

from uphill.coverage import Standing, coverage
from uphill.health import RULES, Health, SourceHealth, health
from uphill.language import N_, gettext
from uphill.runs import Ending
from webapp.database import database_session, now

pages = APIBlueprint("coverage", __name__, enable_openapi=False)

STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.READ: (N_("Read"), N_("its own page was read, and does not prohibit going up")),
    Standing.LISTED: (N_("Listed"), N_("known from a list or a report alone, not yet checked")),
    Standing.PROHIBITED: (N_("Prohibited"), N_("uphill travel is prohibited, by its own page or a list")),
    Standing.NONE_PUBLISHED: (N_("None published"), N_("its site was read, and no policy found on it")),
    Standing.NOT_REACHED: (N_("Not reached"), N_("not visited yet, or the last visit failed")),
}
_ENDINGS = {
    Ending.FINISHED: N_("finished"),
    Ending.STOPPED: N_("was stopped"),
    Ending.FAILED: N_("failed"),
    None: N_("has not ended"),
}
_NO_REASON = N_("no reason is known")
_RUNS = 10
_PAGES_A_REASON = 25
TOLD_WITHOUT_DETAIL = frozenset({"run_failed"})
"""Rules whose sentence may repeat what a program said of itself: addresses of machines, and worse."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Pages that fail for one reason: how many, and the first of them."""

    reason: str
    count: int
    pages: tuple[SourceHealth, ...]


@pages.get("/coverage")
def covered() -> str:
    return render_template("coverage.html", told=coverage(database_session()), standings=STANDINGS)


@pages.get("/health")
def healthy() -> str:
    told = health(database_session(), now())
    return render_template(
        "health.html",
        told=told,
        broken=_broken(told),
        runs=told.runs[:_RUNS],
        endings=_ENDINGS,
        failing=_failing(told.sources),
        rules=RULES,
    )


def _broken(told: Health) -> tuple[tuple[str, str], ...]:
    """What is broken: the rule's meaning, and what was found, empty where that is not for everyone."""
    meanings = {rule.name: gettext(rule.meaning) for rule in RULES}
    return tuple(
        (meanings[finding.rule], "" if finding.rule in TOLD_WITHOUT_DETAIL else finding.sentence)
        for finding in told.findings
    )


def _failing(sources: tuple[SourceHealth, ...]) -> tuple[Failing, ...]:
    """By reason, without the address that a reason may name; most pages first."""
    by_reason: dict[str, list[SourceHealth]] = defaultdict(list)
    for source in sources:
        by_reason[gettext((source.reason or _NO_REASON).partition(": ")[0])].append(source)
    return tuple(
        Failing(reason, len(found), tuple(found[:_PAGES_A_REASON]))
        for reason, found in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    )

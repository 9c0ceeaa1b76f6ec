"""What a page is: an uphill policy, a status page with a row on uphill, or neither."""

from collections.abc import Mapping

from crawler.extract.claims import UNSTATED, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.hours.fragments import fragments
from crawler.extract.scoped import Scope, Scoped
from uphill.vocabulary import Access, Permission, Status

_RULES = (
    "during_operations",
    "outside_operations",
    "windows",
    "pass_required",
    "waiver",
    "check_in",
    "designated_routes_only",
    "dogs",
    "snowshoes",
    "foot",
    "lights",
    "hotline",
    "pass_cost",
)
_PHASES = ("during_operations", "outside_operations")
_OF_AN_AREA = ("slopes", "during_ops", "outside_ops", "any_pass_word", "permit", "forbid", "machines")
_SHORT = 6
"""Tokens of a row that tells a state."""
_LONGEST_QUESTION = 12
"""Tokens of a question that the rest of its line answers."""
_LEAST_RULES = 2
"""Rules that make a policy of a page about uphill travel, though no sentence permits or forbids it."""


def is_policy(document: Document, settled: Mapping[str, Settled]) -> bool:
    """Whether the page lays down rules: it says who may go up, and it is not news about a race."""
    access = settled.get("access", UNSTATED)
    shut_at_times = any(settled.get(name, UNSTATED).value is Permission.PROHIBITED for name in _PHASES)
    if document.elsewhere or (access.value is None and not shut_at_times) or _is_of_open_country(document):
        return False
    alone = fragments(document)
    labelled = {s.sentence.block for s in document.main if _labels_its_block(s)}
    ruling = [
        s
        for s in document.main
        if s.scope is Scope.EXPLICIT
        and (s.whole.verdicts or s.sentence.start in alone)
        and (s.whole.has("uphill", "ascend") or s.headed("uphill") or s.sentence.block in labelled)
    ]
    races = document.count("race_news")["race_news"]
    if races > len(ruling) + 2:
        return False
    rules = sum(settled.get(name, UNSTATED).value not in (None, ()) for name in _RULES)
    if access.value is Access.PROHIBITED:
        return True
    if document.about:
        explicit = any(claim.strength is Strength.EXPLICIT for claim in access.claims)
        return rules >= _LEAST_RULES or (
            (rules >= 1 or explicit) and (bool(ruling) or any(_confines(s) for s in document.main))
        )
    return any(
        (s.whole.has("uphill") or s.headed("uphill") or s.sentence.block in labelled) and not _announces(s)
        for s in [*ruling, *(s for s in document.main if s.whole.has("uphill") and _confines(s))]
    )


def _labels_its_block(scoped: Scoped) -> bool:
    """As "With skins.", "Going up on skins?" before rules, where the page has no headings but such."""
    begins = scoped.sentence.start <= scoped.sentence.block.start + 1
    asked = scoped.sentence.asks and len(scoped.whole.tokens) <= _LONGEST_QUESTION
    bare = asked or (len(scoped.whole.tokens) <= _SHORT and not scoped.whole.verdicts)
    return begins and bare and scoped.whole.has("uphill")


def _is_of_open_country(document: Document) -> bool:
    """Whether it describes tours in the mountains: avalanche gear and open country, and nothing of a ski area."""
    away = document.count("avalanche_kit", "avalanche_part", "backcountry")
    if len(away) <= 1:
        return False
    return not any(s.whole.has(*_OF_AN_AREA) and not s.whole.has("backcountry") for s in document.main)


def _announces(scoped: Scoped) -> bool:
    """As the row "Uphill status: open" of a report, which lays down nothing."""
    told = scoped.whole
    return told.has("status_word") and told.has("open", "closed") and len(told.tokens) <= _SHORT


def _confines(scoped: Scoped) -> bool:
    """As in "Climbers go up along the edge of the run only": a rule without a verb that permits or forbids."""
    told = scoped.whole
    return (
        scoped.scope is Scope.EXPLICIT
        and told.has("uphill", "ascend")
        and told.has("only", "designated_route", "stay_on_route")
    )


def status_only(settled: Mapping[str, Settled]) -> dict[str, Settled]:
    """What a page that is no policy may still say: the state of uphill travel and of its routes, for now."""
    told = {"status": settled.get("status", UNSTATED)}
    routes = settled.get("routes", UNSTATED)
    known = [claim for claim in routes.claims if claim.value.status is not Status.UNKNOWN]
    if known:
        told["routes"] = Settled(tuple(claim.value for claim in known), tuple(known))
    return told

"""The credentials that a clause names."""

from collections.abc import Sequence

from crawler.extract.automaton import Hit
from crawler.extract.once import once
from crawler.extract.sentences import Clause
from uphill.vocabulary import Credential

CONCEPTS = {
    "uphill_pass": Credential.UPHILL_PASS,
    "season_pass": Credential.SEASON_PASS,
    "lift_ticket": Credential.LIFT_TICKET,
}


def credentials(clause: Clause) -> tuple[Credential, ...]:
    """Credentials that the clause names; "uphill season pass" is an uphill pass, not a season pass.

    A word counts for the first of the concepts only: a "skipass stagionale" is no day's skipass.
    """
    return tuple(CONCEPTS[concept] for concept, hits in credential_hits(clause).items() if hits)


def _is_part_of_any(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.first < hit.first and hit.last == other.last for other in others)


@once
def credential_hits(clause: Clause) -> dict[str, list[Hit]]:
    """Where the clause names each credential, no word for two of them."""
    taken: list[Hit] = []
    found: dict[str, list[Hit]] = {}
    counters = [hit for hit in clause.hits.get("counter", ()) if hit.last > hit.first]
    # "a season pass to travel uphill" is a season pass, though "pass to travel" is an uphill pass
    led = clause.hits_of("season_pass", "lift_ticket")
    for concept in CONCEPTS:
        hits = [
            hit
            for hit in clause.hits.get(concept, ())
            if not (concept == "uphill_pass" and any(one.first < hit.first <= one.last for one in led))
            # a "Tages-Skipass" is a lift ticket, though "Skipass" alone may be of a season
            and not (concept == "season_pass" and _is_part_of_any(hit, clause.hits.get("lift_ticket", ())))
            and not hit.within_any(counters)
        ]
        found[concept] = [hit for hit in hits if not hit.overlaps_any(taken)]
        taken += hits
    found["lift_ticket"] += [
        hit for hit in clause.hits.get("lift_ticket", ()) if _is_listed_within(clause, hit)
    ]
    return found


def _is_listed_within(clause: Clause, day: Hit) -> bool:
    """As the day's pass is in "lo skipass, giornaliero o stagionale", which is of the season as a whole, too."""
    if not day.overlaps_any(clause.hits.get("per_day", ())):
        return False
    return any(
        day.first > season.first and day.last <= season.last for season in clause.hits.get("season_pass", ())
    )

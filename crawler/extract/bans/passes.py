"""What is refused as a pass, which bans nobody from going up."""

from crawler.extract.sentences import Clause


def refuses_a_pass(clause: Clause) -> bool:
    """As in "Season passes are not accepted as a touring ticket"."""
    passes = clause.hits_of("uphill_pass", "season_pass", "lift_ticket")
    travels = clause.hits_of("uphill", "ascend")
    named = bool(passes) and all(hit.overlaps_any(passes) for hit in travels)
    return named and clause.has("not_accepted") and not clause.has("slopes", "route_noun")

"""Claims → what they come to: rules that several facts share."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled

ORDER_OF_PROOF = 3
"""How many quotes a scalar fact keeps."""


def strongest(claims: Sequence[Claim]) -> Settled:
    """The value stated most directly; two values stated equally well settle nothing."""
    if not claims:
        return UNSTATED
    weight: dict[Hashable, tuple[int, int]] = {}
    for claim in claims:
        best, count = weight.get(claim.value, (0, 0))
        weight[claim.value] = (max(best, int(claim.strength)), count + 1)
    ranked = sorted(weight.items(), key=lambda item: item[1], reverse=True)
    if len(ranked) > 1 and ranked[0][1][0] == ranked[1][1][0] and ranked[0][1][1] < 2 * ranked[1][1][1]:
        return Settled(None, (), why="two values are stated equally well")
    return backed(claims, ranked[0][0])


def backed(claims: Iterable[Claim], value: Hashable, *, among: Iterable[Hashable] | None = None) -> Settled:
    """``value``, with the strongest claims for it (or for any value ``among`` those given) as its proof."""
    values = {value} if among is None else set(among)
    fitting = [claim for claim in claims if claim.value in values]
    if not fitting:
        return UNSTATED
    fitting.sort(key=lambda claim: (-claim.strength, claim.start))
    spans: dict[tuple[int, int], Claim] = {}
    for claim in fitting:
        spans.setdefault((claim.start, claim.end), claim)
    return Settled(value, tuple(spans.values())[:ORDER_OF_PROOF])


def value_of(settled: Mapping[str, Settled], name: str) -> object:
    found = settled.get(name)
    return found.value if found is not None else None

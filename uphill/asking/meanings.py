"""What was understood, in sentences for people."""

from uphill.asking.lexicon import Regions, place_name
from uphill.asking.understood import When
from uphill.search.places import Near
from uphill.words.wording import label, value_words

_SAID: dict[tuple[str, tuple[str, ...]], str] = {
    ("pass_cost", ("free",)): "Free: the pass costs nothing, or none is needed",
}
"""Filters whose label and values would not say all that they find."""


def fact_meaning(name: str, values: tuple[str, ...]) -> str:
    """``Dogs: allowed or on leash``."""
    told = " or ".join(value_words(name, value) for value in values)
    return _SAID.get((name, values), f"{label(name)}: {told}")


def region_meaning(regions: Regions) -> str:
    """``Region: Vermont``; ``Region: Trentino-Alto Adige, in which Südtirol lies``."""
    told = " or ".join(map(place_name, regions.codes))
    if len(regions.codes) > 1:
        return f"Region: {regions.within}, that is {told}"
    return f"Region: {told}, in which {regions.within} lies" if regions.within else f"Region: {told}"


def network_meaning(name: str) -> str:
    return f"Pass network: {name}"


def near_meaning(near: Near, others: tuple[Near, ...] = ()) -> str:
    """``Within 100 km of Burlington (Vermont), not Burlington (Ontario)``."""
    told = f", not {' or '.join(other.name for other in others)}" if others else ""
    return f"Within {near.km} km of {near.name}{told}"


def when_meaning(when: When) -> str:
    """``Open on Mon 23 Nov, 6:00, by the resort’s clock``."""
    assumed = ", as no hour was said" if when.assumed else ""
    return f"Open on {when}, by the resort’s clock{assumed}"


def replaced(words: str, kind: str) -> str:
    return f"“{words}” was left out: one {kind} is asked for at a time"


def elsewhere(name: str) -> str:
    known = f"No place is known by the name “{name}”" if name else "No place was named"
    return f"{known}: name a town or a resort"


def here_unknown() -> str:
    return "Where you are is not known here: name a town or a resort"


def drive_unknown(km: int) -> str:
    return f"How long the way takes is not known here: {km} km around are searched"


def shortened(most: int) -> str:
    return f"Only the first {most} characters were read"


def mended(words: str, read_as: tuple[str, ...]) -> str:
    return f"(“{words}” was read as {' '.join(read_as)})"

"""Whether a pass that one holds already is enough for going up, from what the resort states of passes."""

from collections.abc import Iterable
from enum import StrEnum

from uphill.language import N_
from uphill.search.known import Known
from uphill.vocabulary import Access, Credential, PassRequired


class Network(StrEnum):
    """A pass that is sold for many resorts, by the name that the catalogue has for it."""

    EPIC = "Epic"
    IKON = "Ikon"
    INDY = "Indy"
    MOUNTAIN_COLLECTIVE = "Mountain Collective"
    UNKNOWN = "unknown"


class WithPass(StrEnum):
    """A pass that counts; or another is named, going up is prohibited, or nothing is stated."""

    EPIC = Network.EPIC
    IKON = Network.IKON
    INDY = Network.INDY
    MOUNTAIN_COLLECTIVE = Network.MOUNTAIN_COLLECTIVE
    SEASON_PASS = Credential.SEASON_PASS
    OTHER = "other"
    PROHIBITED = "prohibited"
    UNKNOWN = "unknown"


COUNTS_AS: dict[WithPass, frozenset[str]] = {
    WithPass.EPIC: frozenset({Credential.SEASON_PASS, Credential.LIFT_TICKET}),
    WithPass.IKON: frozenset({Credential.SEASON_PASS, Credential.LIFT_TICKET}),
    WithPass.INDY: frozenset({Credential.LIFT_TICKET}),
    WithPass.MOUNTAIN_COLLECTIVE: frozenset({Credential.LIFT_TICKET}),
    WithPass.SEASON_PASS: frozenset({Credential.SEASON_PASS}),
}
"""What a pass is at the resorts where it is valid: Indy and Mountain Collective are a few days' lift tickets."""

OF_SEVERAL_RESORTS = frozenset(COUNTS_AS) - {WithPass.SEASON_PASS}

TAKEN_FOR_GRANTED = N_(
    "A pass of several resorts is taken to count where the resort belongs to it and accepts season passes or lift "
    "tickets; some except it, so read the resort's own words"
)


def counting(resort: Known) -> tuple[WithPass, ...]:
    """The passes that are enough at ``resort``, at least one value.

    Where none is needed each is. What a resort does not state is never taken for a refusal.
    """
    policy = resort.policy
    if policy is None:
        return (WithPass.UNKNOWN,)
    if policy.facts["access"] == Access.PROHIBITED:
        return (WithPass.PROHIBITED,)
    if policy.facts["pass_required"] == PassRequired.NEVER:
        return tuple(COUNTS_AS)
    accepted = policy.lists.get("pass_accepts", ())
    if not accepted:
        return (WithPass.UNKNOWN,)
    return tuple(_accepted(accepted, resort.network)) or (WithPass.OTHER,)


def _accepted(accepted: Iterable[str], network: str | None) -> Iterable[WithPass]:
    for one, credentials in COUNTS_AS.items():
        if one in {network, WithPass.SEASON_PASS} and not credentials.isdisjoint(accepted):
            yield one

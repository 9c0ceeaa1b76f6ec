"""How each fact came to be believed, in words: our reading, and what other sources say against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from uphill.language import N_, ngettext
from uphill.language import gettext as _
from uphill.search.answers import PolicyRevision, Proof, ResortPage
from uphill.search.quotes import QuotePlace, Standing, key_of
from uphill.vocabulary import Origin
from uphill.words.fact_words import fact_elements, fact_words
from uphill.words.wording import each_once, label

_LIFT_HOURS = ("during_operations", "outside_operations")
_IN_LANGUAGE = {
    "de": N_("The page is in German."),
    "fr": N_("The page is in French."),
    "it": N_("The page is in Italian."),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another source says of a fact; ``as_of`` is its date as written there, if it has one."""

    words: str
    source_url: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """``reading`` explains how the value was got; empty where nothing is stated.

    ``waiting`` is what the page says now, which is not believed yet; ``elsewhere`` what other sources say.
    """

    reading: str = ""
    waiting: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()
    places: Mapping[Standing, QuotePlace] = field(default_factory=dict)

    def place_of(self, proof: Proof) -> QuotePlace | None:
        """Where the proof's quote stands; ``None`` without a quote or without its page's stored text."""
        key = key_of(proof)
        return self.places.get(key) if key is not None else None


def evidence_of(page: ResortPage, name: str, places: Mapping[Standing, QuotePlace]) -> FactEvidence:
    """How the fact ``name`` of ``page`` is known; ``places`` are those of the quotes."""
    return FactEvidence(_reading(page, name), _waiting(page, name), tuple(_elsewhere(page, name)), places)


def _reading(page: ResortPage, name: str) -> str:
    proofs = each_once(page.proofs_of(name))
    if name not in page.policy.known() or not proofs or all(proof.pinned for proof in proofs):
        return ""
    quoted = [proof for proof in proofs if proof.quote is not None]
    if not quoted:
        return _(
            "Taken from the source’s own account; its sentence was not kept, and we have not read its page."
        )
    value = fact_words(page.policy, name)
    said = [_("We read this as “%(label)s: %(value)s”.", label=label(name), value=value)]
    if name in _LIFT_HOURS and _quotes(page, name) & _quotes(page, "windows"):
        said.append(_("It follows from the same words as the hours."))
    pages = len({proof.source_url for proof in quoted})
    if pages > 1:
        said.append(ngettext("%(num)s page says so.", "%(num)s pages say so.", pages))
    lang = page.provenance.lang if page.provenance is not None else None
    if lang in _IN_LANGUAGE:
        said.append(_(_IN_LANGUAGE[lang]))
    return " ".join(said)


def _quotes(page: ResortPage, name: str) -> set[str | None]:
    return {proof.quote for proof in page.evidence.get(name, ()) if proof.quote is not None}


def _waiting(page: ResortPage, name: str) -> str:
    """What a change that waits to be verified would make of the fact."""
    if page.proposal is None or all(change.field != name for change in page.proposal.changes):
        return ""
    if page.proposal.policy is None:
        return _("no longer stated")
    return fact_words(page.proposal.policy, name)


def _elsewhere(page: ResortPage, name: str) -> Iterator[Elsewhere]:
    """What the list or report told, by which the resort was known before its own page was read."""
    others = [revision for revision in page.history if _is_other_source(revision, page)]
    if not others or name == "status" or name not in page.policy.known():
        return
    now = set(fact_elements(page.policy, name))
    for revision in others:
        if name not in revision.policy.known():
            continue
        then = fact_elements(revision.policy, name)
        if set(then) != now:
            origin = revision.provenance
            yield Elsewhere("; ".join(then), origin.source_url, origin.as_of)


def _is_other_source(revision: PolicyRevision, page: ResortPage) -> bool:
    known = page.provenance
    return (
        known is not None
        and revision.provenance.origin is Origin.BASELINE
        and known.origin is not Origin.BASELINE
    )

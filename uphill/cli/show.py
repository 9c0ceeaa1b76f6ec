"""``uphill show`` and ``uphill pass``: one resort, with the proof of every fact."""

import json
from datetime import UTC, datetime

import click

from uphill.announced import elements_now
from uphill.cli.database import reading
from uphill.licence import ATTRIBUTION, CAUTION
from uphill.policy import FACTS, Policy
from uphill.printable import printable
from uphill.search import find
from uphill.search.answers import PinNote, ResortPage
from uphill.words.fact_words import fact_words, value_elements
from uphill.words.pass_answer import pass_sentence
from uphill.words.wording import NOT_STATED, age, each_once, label, pending_words, pin_words, proof_words

_PASS_FACTS = ("pass_required", "pass_accepts", "pass_cost", "prices", "pass_url")


@click.command("show")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print everything known as JSON.")
def show_command(slug: str, *, as_json: bool) -> None:
    """Show one resort: every fact with its quote, its source and when it was last checked.

    \b
    Example:
      uphill show copper-mountain
    """
    now = datetime.now(UTC)
    page = _find(slug, now)
    if as_json:
        click.echo(
            json.dumps(page.model_dump(mode="json") | {"attribution": ATTRIBUTION}, ensure_ascii=False)
        )
        return
    resort = page.resort
    _say(f"{resort.name} ({resort.region_name}, {resort.country_name})")
    _say(f"{page.verdict}")
    _say(f"{age(page.provenance, now)}{_last_try(page)}")
    if page.provenance is not None:
        _say(page.provenance.source_url)
    _tell_pending(page)
    for name in FACTS:
        _tell_fact(page, name)
    _say(f"\n{CAUTION}\n{ATTRIBUTION}")


def _tell_pending(page: ResortPage) -> None:
    """What waits to be verified, and what it would change; apart from what is in force."""
    if page.pending is None:
        return
    _say(f"\n{pending_words(page.pending, page.resort.timezone)}")
    if page.pending.source_url is not None:
        _say(page.pending.source_url)
    if page.proposal is None:
        return
    after = page.proposal.policy or Policy()
    for change in page.proposal.changes:
        old, new = fact_words(page.policy, change.field), fact_words(after, change.field)
        _say(f"    not verified: {label(change.field)}: {new} (instead of {old})")


def _tell_fact(page: ResortPage, name: str) -> None:
    _say(f"\n{label(name)}: {'; '.join(elements_now(page, name)) or NOT_STATED}")
    if name in page.stale_facts:
        _say("    not confirmed for too long, may be out of date")
    pin = page.pins.get(name)
    if pin is not None:
        _say(f"    {pin_words(pin, page.resort.timezone)}\n    {pin.source_url}")
    for proof in each_once(page.proofs_of(name)):
        if pin is None or not proof.pinned:
            _say(f"    {proof_words(proof)}\n    {proof.source_url}")
    if pin is not None and pin.contradicted:
        _say(f"    {_contradiction(pin)}")
        for proof in each_once(pin.readings):
            _say(f"    {proof_words(proof)}\n    {proof.source_url}")


@click.command("pass")
@click.argument("slug")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the sentence, its facts and their proof as JSON."
)
def pass_command(slug: str, *, as_json: bool) -> None:
    """Answer one question: do I need an uphill pass here?

    \b
    Example:
      uphill pass breckenridge
    """
    now = datetime.now(UTC)
    page = _find(slug, now)
    sentence = pass_sentence(page.resort.name, page.policy)
    proofs = [proof for name in _PASS_FACTS for proof in page.evidence.get(name, ())]
    doubts = _doubts_of_pass(page)
    if as_json:
        facts = page.policy.model_dump(mode="json", include=set(_PASS_FACTS))
        evidence = [proof.model_dump(mode="json") for proof in proofs]
        said = {
            "slug": page.resort.slug,
            "answer": sentence,
            "age": age(page.provenance, now),
            "doubts": doubts,
        }
        click.echo(json.dumps(said | {"facts": facts, "evidence": evidence}, ensure_ascii=False))
        return
    _say(f"{sentence} ({age(page.provenance, now)})")
    for doubt in doubts:
        _say(f"    {doubt}")
    for proof in each_once(proofs):
        _say(f"    {proof_words(proof)}\n    {proof.source_url}")
    if not proofs and page.provenance is not None:
        _say(f"    {page.provenance.source_url}")


def _doubts_of_pass(page: ResortPage) -> list[str]:
    """What speaks against the answer: a change that waits, and pages that contradict a curator."""
    told = [pending_words(page.pending, page.resort.timezone)] if page.pending is not None else []
    pins = [page.pins[name] for name in _PASS_FACTS if name in page.pins]
    return told + [f"{label(pin.field)}: {_contradiction(pin)}" for pin in pins if pin.contradicted]


def _contradiction(pin: PinNote) -> str:
    return f"the resort's page says otherwise: {'; '.join(value_elements(pin.field, pin.read))}"


def _say(text: str) -> None:
    """Print what is partly the word of others' pages: nothing in it may steer the terminal."""
    click.echo(printable(text))


def _find(slug: str, now: datetime) -> ResortPage:
    with reading() as session:
        return find(session, slug, now)


def _last_try(page: ResortPage) -> str:
    visit = page.last_visit
    if visit is None or not visit.outcome.failed:
        return ""
    return f"; our last try, {visit.finished_at:%Y-%m-%d}, failed: {visit.reason}"

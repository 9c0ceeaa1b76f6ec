"""How a fact is known, in words: our reading, what waits, and what other sources say."""

from datetime import UTC, datetime

import pytest

from uphill.policy import Policy
from uphill.search.answers import (
    FactChange,
    Freshness,
    PolicyRevision,
    Proof,
    Proposal,
    Provenance,
    ResortFacts,
    ResortPage,
)
from uphill.vocabulary import Origin, SourceKind
from webapp.evidence import evidence_of

NOW = datetime(2026, 1, 15, 19, 0, tzinfo=UTC)
URL = "https://tann.example/touren"
LIST = "https://list.example/2021"
PLACE = ResortFacts(
    slug="tann", name="Tann", country="AT", country_name="Austria", region="AT-7", region_name="Tirol"
)


def provenance(origin=Origin.CRAWL, lang="de", **more):
    url = URL if origin is Origin.CRAWL else LIST
    return Provenance(
        origin=origin,
        source_url=url,
        source_kind=SourceKind.POLICY,
        lang=lang,
        first_seen=NOW,
        freshness=Freshness.CHECKED,
        **more,
    )


def proof(quote, url=URL, **more):
    return Proof(quote=quote, source_url=url, source_kind=SourceKind.POLICY, **more)


def page(facts, **more):
    given = {"provenance": provenance(), **more}
    return ResortPage(resort=PLACE, policy=Policy.model_validate({"access": "allowed", **facts}), **given)


def test_a_quote_is_said_to_be_read_as_the_fact():
    told = page({"dogs": "leashed"}, evidence={"dogs": (proof("Hunde an die Leine."),)})
    assert evidence_of(told, "dogs", {}).reading == (
        "We read this as “Dogs: on leash”. The page is in German."
    )


def test_several_pages_that_say_so_are_counted():
    both = (proof("Hunde an die Leine."), proof("Leinenpflicht.", "https://tann.example/faq"))
    told = page({"dogs": "leashed"}, evidence={"dogs": both}, provenance=provenance(lang="en"))
    assert evidence_of(told, "dogs", {}).reading == "We read this as “Dogs: on leash”. 2 pages say so."


def test_what_follows_from_the_hours_says_so():
    hours = proof("Aufstieg 17 bis 22 Uhr.")
    told = page(
        {"windows": ["17:00-22:00"], "during_operations": "prohibited"},
        evidence={"windows": (hours,), "during_operations": (hours,)},
    )
    assert "same words as the hours" in evidence_of(told, "during_operations", {}).reading
    assert "same words" not in evidence_of(told, "windows", {}).reading


def test_what_a_list_told_was_not_read_by_us():
    told = page({"dogs": "leashed"}, evidence={"dogs": (proof(None, LIST, as_of="2021"),)})
    assert "we have not read its page" in evidence_of(told, "dogs", {}).reading


@pytest.mark.parametrize("facts", [{}, {"dogs": "leashed"}])
def test_of_what_is_not_stated_or_has_no_proof_nothing_is_explained(facts):
    assert evidence_of(page(facts), "dogs", {}).reading == ""


def test_a_pinned_fact_is_no_reading_of_ours():
    told = page({"dogs": "leashed"}, evidence={"dogs": (proof(None, pinned=True),)})
    assert evidence_of(told, "dogs", {}).reading == ""


def revision(origin, facts):
    return PolicyRevision(
        provenance=provenance(origin, as_of="2021"),
        policy=Policy.model_validate({"access": "allowed", **facts}),
    )


def test_a_list_that_said_otherwise_is_named_with_its_date():
    history = (revision(Origin.CRAWL, {"dogs": "leashed"}), revision(Origin.BASELINE, {"dogs": "prohibited"}))
    told = page({"dogs": "leashed", "minors": "company"}, history=history)
    other = evidence_of(told, "dogs", {}).elsewhere[0]
    assert (other.words, other.source_url, other.as_of) == ("prohibited", LIST, "2021")
    assert evidence_of(told, "minors", {}).elsewhere == ()
    assert evidence_of(told, "access", {}).elsewhere == ()


def test_an_older_version_of_the_same_page_is_no_other_source():
    told = page({"dogs": "leashed"}, history=(revision(Origin.CRAWL, {"dogs": "prohibited"}),))
    assert evidence_of(told, "dogs", {}).elsewhere == ()


@pytest.mark.parametrize(("after", "words"), [({"dogs": "prohibited"}, "prohibited"), ({}, "not stated")])
def test_a_change_that_waits_is_told_at_its_fact(after, words):
    change = FactChange(field="dogs", old="leashed", new="")
    proposal = Proposal(policy=Policy.model_validate(after), changes=(change,))
    told = page({"dogs": "leashed"}, proposal=proposal)
    assert evidence_of(told, "dogs", {}).waiting == words
    assert evidence_of(told, "access", {}).waiting == ""


def test_a_page_that_is_gone_no_longer_states_the_fact():
    change = FactChange(field="dogs", old="leashed", new="")
    told = page({"dogs": "leashed"}, proposal=Proposal(policy=None, changes=(change,)))
    assert evidence_of(told, "dogs", {}).waiting == "no longer stated"

from uphill.policy import Policy
from uphill.recording.doubt import doubt_of_policy
from uphill.recording.own_word import contradicted, filled, from_sources
from uphill.stated import Quoted, Stated

DOCUMENT, PAGE, REPORT = 1, 2, 3


def stated(source_id, **facts):
    policy = Policy.model_validate(facts)
    return Stated(policy, tuple(Quoted(name, 0, source_id, quote=name) for name in policy.known()))


def sources(found):
    return {quoted.field: quoted.source_id for quoted in found.quotes}


def test_pages_fill_what_the_document_leaves_out_with_their_own_proofs():
    found = filled(stated(DOCUMENT, dogs="leashed"), stated(PAGE, dogs="prohibited", lights="required"))
    assert found.policy == Policy(dogs="leashed", lights="required")
    assert sources(found) == {"dogs": DOCUMENT, "lights": PAGE}


def test_no_page_adds_to_a_matter_that_the_document_speaks_of():
    page = stated(PAGE, windows=["05:00-08:00"], pass_cost="free", waiver="required")
    assert filled(stated(DOCUMENT, access="allowed"), page).policy.known().keys() == {
        "access",
        "pass_cost",
        "waiver",
    }
    prices = [{"amount": 5, "currency": "USD", "period": "day"}]
    assert filled(stated(DOCUMENT, prices=prices), page).policy.pass_cost == "unknown"


def test_beside_no_pass_no_page_tells_of_passes():
    page = stated(PAGE, pass_cost="paid", pass_accepts=["uphill_pass"], dogs="allowed")
    assert filled(stated(DOCUMENT, pass_required="never"), page).policy.known().keys() == {
        "pass_required",
        "dogs",
    }


def test_beside_a_ban_pages_tell_of_the_hotline_alone():
    page = stated(
        PAGE, dogs="allowed", pass_required="never", hotline="970-555-0142", windows=["05:00-08:00"]
    )
    found = filled(stated(DOCUMENT, access="prohibited"), page)
    assert found.policy.known().keys() == {"access", "hotline"}


def test_what_pages_say_otherwise_is_named_and_what_they_leave_out_is_not():
    document = stated(DOCUMENT, access="allowed", dogs="leashed", lights="required")
    assert contradicted(document, stated(PAGE, dogs="prohibited", lights="required", foot="allowed")) == (
        "dogs",
    )


def test_the_facts_of_single_sources():
    whole = filled(stated(DOCUMENT, dogs="leashed"), stated(PAGE, lights="required"))
    assert from_sources(whole, {PAGE}) == stated(PAGE, lights="required")
    assert from_sources(whole, {REPORT}) == Stated()


def test_a_document_may_say_the_opposite_at_once_and_loses_half_of_the_facts_only_twice():
    before = Policy(access="allowed", dogs="allowed", lights="required", waiver="required")
    other = before.model_copy(update={"access": Policy(access="prohibited").access})
    assert doubt_of_policy(before, other) is not None
    assert doubt_of_policy(before, other, misread=False) is None
    assert doubt_of_policy(before, Policy(access="allowed"), misread=False) is not None

"""Facts in words for people: what is not stated is never told as "no"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from uphill.causes import Doubt
from uphill.policy import FACTS, Policy, Price, Window
from uphill.search.answers import Freshness, Pending, PinNote, Proof, Provenance
from uphill.search.filters import FILTERS
from uphill.vocabulary import Credential, Origin, Penalty, SourceKind
from uphill.words.verdict import verdict
from uphill.words.wording import (
    age,
    ago,
    each_once,
    label,
    pending_words,
    pin_words,
    price_words,
    proof_words,
    value_words,
    window_words,
)

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Whether uphill travel is allowed is not stated."),
        ({"dogs": "allowed"}, "Whether uphill travel is allowed is not stated."),
        ({"access": "prohibited", "dogs": "prohibited"}, "Uphill travel is prohibited."),
        ({"access": "allowed"}, "Uphill allowed."),
        ({"access": "allowed", "during_operations": "allowed"}, "Uphill allowed during lift hours."),
        ({"access": "allowed", "outside_operations": "allowed"}, "Uphill allowed outside lift hours."),
        (
            {"access": "allowed", "during_operations": "prohibited"},
            "Uphill allowed, but not during lift hours.",
        ),
        (
            {"access": "allowed", "outside_operations": "prohibited"},
            "Uphill allowed, but not outside lift hours.",
        ),
        (
            {"access": "allowed", "during_operations": "allowed", "outside_operations": "allowed"},
            "Uphill allowed during and outside lift hours.",
        ),
        (
            {"access": "allowed", "during_operations": "prohibited", "outside_operations": "allowed"},
            "Uphill allowed outside lift hours only.",
        ),
        (
            {"access": "allowed", "during_operations": "allowed", "outside_operations": "prohibited"},
            "Uphill allowed during lift hours only.",
        ),
        (
            {"access": "allowed", "windows": ["05:00-lift_open", "Sa,Su 16:30-24:00"]},
            "Uphill allowed 5:00 until lifts open and Sat, Sun from 16:30.",
        ),
        ({"access": "allowed", "windows": ["00:00-24:00"]}, "Uphill allowed 24 hours."),
        (
            {"access": "allowed", "designated_routes_only": "yes"},
            "Uphill allowed, on designated routes only.",
        ),
        ({"access": "allowed", "designated_routes_only": "no"}, "Uphill allowed."),
        ({"access": "allowed", "pass_required": "always"}, "Uphill allowed. Pass needed."),
        (
            {"access": "allowed", "pass_required": "always", "pass_cost": "free", "waiver": "required"},
            "Uphill allowed. Free pass and waiver needed.",
        ),
        (
            {
                "access": "allowed",
                "pass_required": "during_operations",
                "pass_cost": "paid",
                "waiver": "required",
                "check_in": "required",
            },
            "Uphill allowed. Paid pass during lift hours, waiver and check-in needed.",
        ),
        ({"access": "allowed", "pass_required": "never"}, "Uphill allowed. No pass needed."),
        (
            {"access": "allowed", "pass_required": "never", "waiver": "required"},
            "Uphill allowed. No pass, but waiver needed.",
        ),
        (
            {
                "access": "allowed",
                "pass_required": "never",
                "waiver": "required",
                "avalanche_gear": "required",
            },
            "Uphill allowed. No pass, but waiver and avalanche gear needed.",
        ),
        (
            {"access": "allowed", "pass_required": "always", "avalanche_gear": "required"},
            "Uphill allowed. Pass and avalanche gear needed.",
        ),
        ({"access": "allowed", "avalanche_gear": "recommended", "penalty": ["fine"]}, "Uphill allowed."),
        ({"access": "allowed", "waiver": "not_required", "check_in": "not_required"}, "Uphill allowed."),
        ({"access": "allowed", "check_in": "required"}, "Uphill allowed. Check-in needed."),
        ({"access": "allowed", "dogs": "allowed"}, "Uphill allowed. Dogs allowed."),
        ({"access": "allowed", "dogs": "leashed"}, "Uphill allowed. Dogs on leash."),
        ({"access": "allowed", "dogs": "limited"}, "Uphill allowed. Dogs at some hours or places only."),
        ({"access": "allowed", "dogs": "prohibited"}, "Uphill allowed. No dogs."),
    ],
)
def test_a_verdict_is_made_from_the_facts_alone(facts, said):
    assert verdict(Policy.model_validate(facts)) == said


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("05:00-08:30", "5:00–8:30"),
        ("16:30-10:00", "16:30–10:00"),
        ("00:00-24:00", "24 hours"),
        ("Mo-Fr 00:00-24:00", "Mon–Fri 24 hours"),
        ("00:00-08:30", "until 8:30"),
        ("16:30-24:00", "from 16:30"),
        ("00:30-01:00", "0:30–1:00"),
        ("Mo-Fr 05:00-lift_open", "Mon–Fri 5:00 until lifts open"),
        ("lift_close-22:00", "from lifts close until 22:00"),
        ("sunrise-sunset", "sunrise until sunset"),
        ("Tu,Th,Sa 05:00-06:00", "Tue, Thu, Sat 5:00–6:00"),
        ("Mo,We,Fr-Su 05:00-06:00", "Mon, Wed, Fri–Sun 5:00–6:00"),
    ],
)
def test_windows_are_told_as_people_do(window, said):
    assert window_words(Window.parse(window)) == said


@pytest.mark.parametrize(
    ("amount", "period", "said"),
    [
        ("79", "season", "USD 79 a season"),
        ("79.00", "day", "USD 79 a day"),
        ("12.5", "night", "USD 12.50 a night"),
        ("0.99", "visit", "USD 0.99 a visit"),
        ("1000", "month", "USD 1000 a month"),
        ("15", "unknown", "USD 15"),
    ],
)
def test_prices_are_told_with_their_currency(amount, period, said):
    assert price_words(Price(amount=amount, currency="USD", period=period)) == said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("access", "prohibited", "prohibited"),
        ("waiver", "not_required", "not required"),
        ("dogs", "limited", "at some hours or places only"),
        ("pass_required", "never", "no pass needed"),
        ("pass_required", "always", "always"),
        ("pass_required", "during_operations", "only during lift hours"),
        ("pass_required", "outside_operations", "only outside lift hours"),
        ("pass_accepts", "season_pass", "season pass"),
        ("patrol", "never", "does not help those who go up"),
        ("patrol", "always", "helps at all times"),
        ("minors", "signature", "with an adult’s signature"),
        ("minors", "prohibited", "prohibited"),
        ("descent", "same_as_up", "the same as the way up"),
        ("penalty", "prosecution", "prosecution"),
    ],
)
def test_values_have_their_words(field, value, said):
    assert value_words(field, value) == said


def test_unknown_is_not_stated_everywhere():
    assert {value_words(name, "unknown") for name in FACTS} == {"not stated"}


def test_every_value_has_words_of_its_own_in_its_fact():
    enums = {
        name: type(getattr(Policy(), name)) for name in FACTS if isinstance(getattr(Policy(), name), str)
    }
    enums |= {"pass_accepts": Credential, "penalty": Penalty}
    for name, values in enums.items():
        words = [value_words(name, value) for value in values]
        assert len(set(words)) == len(words), name
        assert not any("_" in each for each in words), name


def test_values_of_a_filter_have_words_of_their_own():
    for each in FILTERS.values():
        words = [each.value_label(value) for value in each.values]
        assert len(set(words)) == len(words)
        assert not any("_" in word for word in words)
        assert each.label == label(each.name)


def provenance(**values):
    given = {
        "origin": Origin.CRAWL,
        "source_url": "https://larkspur.example/uphill",
        "source_kind": SourceKind.POLICY,
        "first_seen": NOW,
        "last_confirmed": NOW - timedelta(hours=3),
        "freshness": Freshness.CHECKED,
    }
    return Provenance(**(given | values))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "checked 3 hours ago"),
        (
            {"last_confirmed": NOW - timedelta(days=45), "freshness": "stale"},
            "checked 45 days ago, may be out of date",
        ),
        (
            {"last_confirmed": NOW - timedelta(days=45), "in_season": False},
            "checked 45 days ago, out of season",
        ),
        (
            {"origin": "baseline", "source_kind": "list", "as_of": "2021"},
            "from a list of 2021, not yet checked",
        ),
        ({"origin": "baseline", "source_kind": "news"}, "from a report of unknown date, not yet checked"),
        (
            {"origin": "baseline", "source_kind": "resort", "as_of": "2024/25"},
            "from the resort's page of 2024/25, not yet checked",
        ),
    ],
)
def test_an_age_tells_whether_we_checked(values, said):
    assert age(provenance(**values), NOW) == said


def test_without_a_policy_there_is_no_age():
    assert age(None, NOW) == "no policy known"


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
        (-timedelta(hours=5), "just now"),
    ],
)
def test_time_passed_is_told_in_its_largest_unit(passed, said):
    assert ago(NOW - passed, NOW) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"as_of": "2021"}, "as listed by list.example, 2021"),
        ({}, "as listed by list.example, date unknown"),
        (
            {"quote": "No dogs.", "seen_at": NOW},
            "“No dogs.” (list.example, read 2026-01-15 12:00 UTC)",
        ),
        ({"quote": "No dogs."}, "“No dogs.” (list.example)"),
        ({"pinned": True, "as_of": "2026-01-15"}, "set by a curator, from list.example"),
    ],
)
def test_a_proof_is_a_quote_or_a_list_with_its_date(values, said):
    proof = Proof(source_url="https://list.example/a?b#c", source_kind=SourceKind.LIST, **values)
    assert proof_words(proof) == said


def test_a_proof_shared_by_the_elements_of_a_list_is_said_once():
    one = Proof(position=0, source_url="https://a.example/", source_kind="list")
    same = one.model_copy(update={"position": 1})
    other = one.model_copy(update={"quote": "Uphill is fine.", "start": 0, "end": 15})
    assert each_once([one, same, other]) == (one, other)


@pytest.mark.parametrize(
    ("until", "note", "said"),
    [
        (date(2026, 4, 30), "by phone", "set by a curator on 14 Jan 2026 until 30 Apr 2026: by phone"),
        (None, "", "set by a curator on 14 Jan 2026"),
    ],
)
def test_a_pin_is_told_by_the_resorts_calendar(until, note, said):
    pinned_at = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)
    pin = PinNote(
        field="dogs",
        value="allowed",
        source_url="https://a.example",
        note=note,
        pinned_at=pinned_at,
        until=until,
    )
    assert pin_words(pin, "America/Denver") == said


def test_what_waits_is_told_with_since_when_and_why():
    pending = Pending(doubt=Doubt.GONE, reason="the page is gone: HTTP 404", since=NOW, last_seen=NOW)
    assert (
        pending_words(pending, "America/Denver")
        == "page changed, being verified since 15 Jan 2026, 5:00 (America/Denver): the page is gone: HTTP 404"
    )


def test_mornings_come_first_where_every_window_is_of_the_same_days():
    evening_first = Policy(access="allowed", windows=["16:30-22:00", "05:00-08:00"])
    assert verdict(evening_first) == "Uphill allowed 5:00–8:00 and 16:30–22:00."
    of_other_days = Policy(access="allowed", windows=["Sa 16:30-22:00", "05:00-08:00"])
    assert verdict(of_other_days) == "Uphill allowed Sat 16:30–22:00 and 5:00–8:00."

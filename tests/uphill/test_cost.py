"""The cost of going up: what is stated is told, what is not is said to be missing, nothing is guessed."""

import pytest

from uphill.cost import cost_words, season_cost_words, total_cost, visit_words
from uphill.policy import Policy


def policy(**facts):
    prices = [
        {"amount": amount, "currency": currency, "period": period}
        for currency, amount, period in facts.pop("prices", ())
    ]
    return Policy.model_validate({"access": "allowed", "pass_required": "always", "prices": prices, **facts})


DAY, SEASON = ("USD", 15, "day"), ("USD", 79, "season")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"prices": [DAY, SEASON]},
            "One visit: USD 15 a day; all season: USD 79 a season, which pays off from 6 visits on.",
        ),
        ({"prices": [DAY]}, "One visit: USD 15 a day; the price of a season is not stated."),
        ({"prices": [SEASON]}, "All season: USD 79 a season; the price of a single visit is not stated."),
        (
            {"prices": [("CHF", 12, "night")]},
            "One visit: CHF 12 a night; the price of a season is not stated.",
        ),
        ({"prices": [("USD", 25, "unknown")]}, "Stated: USD 25; the price of a single visit is not."),
        ({"pass_cost": "paid"}, "It has to be paid for; the price is not stated."),
        ({}, "What it costs is not stated."),
        ({"pass_required": "unknown"}, "What it costs is not stated."),
        ({"pass_required": "never"}, "No pass is needed; no price is stated."),
        ({"pass_required": "never", "pass_cost": "free"}, "Free: no pass is needed."),
        ({"pass_cost": "free"}, "Free: the pass that is needed costs nothing."),
        ({"pass_cost": "free", "pass_required": "unknown"}, "Free, for one visit and for a season."),
        ({"access": "prohibited"}, "Uphill travel is prohibited: no pass can be bought for it."),
    ],
)
def test_prices_in_a_sentence(facts, words):
    assert cost_words(policy(**facts)) == words


def test_two_currencies_are_told_apart_and_not_compared():
    told = policy(prices=[DAY, ("CAD", 20, "day"), SEASON])
    assert visit_words(told) == "CAD 20 a day / USD 15 a day"
    assert total_cost(told).break_even is None


def test_of_two_prices_for_a_day_nobody_knows_whose_they_are():
    told = policy(prices=[DAY, ("USD", 8, "day"), SEASON])
    assert visit_words(told) == "USD 8 a day / USD 15 a day"
    assert total_cost(told).break_even is None
    assert "pays off" not in cost_words(told)


def test_another_currency_has_no_break_even():
    assert total_cost(policy(prices=[DAY, ("CAD", 79, "season")])).break_even is None


@pytest.mark.parametrize(("season", "visits"), [(75, 5), (76, 6), (30, 2), (15, None), (10, None)])
def test_break_even_is_the_first_visit_at_which_the_season_is_not_dearer(season, visits):
    assert total_cost(policy(prices=[DAY, ("USD", season, "season")])).break_even == visits


def test_a_price_beside_free_is_not_kept_quiet():
    told = policy(pass_cost="free", prices=[DAY])
    assert not total_cost(told).free
    assert "USD 15" in cost_words(told)


@pytest.mark.parametrize(
    ("required", "words"),
    [
        ("during_operations", "The pass is needed during lift hours only."),
        ("outside_operations", "The pass is needed outside lift hours only."),
        ("unknown", "Whether a pass is needed is not stated."),
    ],
)
def test_when_the_price_falls_due_is_said(required, words):
    assert cost_words(policy(pass_required=required, prices=[DAY])).endswith(words)


def test_who_is_exempt_is_said():
    told = policy(prices=[DAY], pass_accepts=["uphill_pass", "season_pass", "lift_ticket"])
    assert cost_words(told).endswith("Counts as the pass too: season pass, lift ticket.")


def test_passes_whose_price_is_no_uphill_price():
    told = policy(pass_cost="paid", pass_accepts=["season_pass", "lift_ticket"])
    assert "at its own price" in cost_words(told)
    assert "Counts" not in cost_words(told)


def test_parking_is_part_of_the_cost():
    assert "Parking costs extra." in cost_words(policy(pass_cost="free", parking={"cost": "paid"}))
    assert "Parking" not in cost_words(policy(pass_cost="free", parking={"cost": "free"}))


def test_short_words_are_empty_where_nothing_is_stated():
    assert (visit_words(policy()), season_cost_words(policy())) == ("", "")
    free = policy(pass_cost="free")
    assert (visit_words(free), season_cost_words(free)) == ("free", "free")
    assert visit_words(policy(access="prohibited", prices=[DAY])) == ""

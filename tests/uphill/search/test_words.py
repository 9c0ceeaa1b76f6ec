"""Text finds by names, places and rules, best first; what is spelt nearly right is found, and said."""

import pytest

from uphill.catalogue import AliasRow, LoadReport, load_aliases
from uphill.db import writing
from uphill.search import Query, search

POLICY = {"access": "allowed", "routes": ["Hirschkar", "Grüne Gasse"], "dogs": "leashed"}


@pytest.fixture
def ask(sessions, now):
    def ask(text, **values):
        with sessions() as session:
            query = Query.parse({"text": [text]} | {name: [value] for name, value in values.items()})
            results = search(session, query, now)
        shown = results.correction.shown if results.correction else None
        return [each.resort.slug for each in results.listings], shown

    return ask


@pytest.fixture
def places(sessions, stock, row, hill):
    stock(
        row("sugarbush", name="Sugarbush", region="US-VT", locality="Warren"),
        row("sugar-bowl", name="Sugar Bowl", region="US-CA", locality="Norden"),
        row("bowl", name="Bowl", region="US-NY", locality="Sugar Hill"),
        row("big-bowl", name="Big Bowl", region="US-NY", locality=None),
        row("grosses-horn", name="Großes Hörnli", country="AT", region="AT-7", locality=None),
    )
    with writing(sessions) as session:
        load_aliases(
            session, [(2, AliasRow(region="US-VT", alias="Tuckers", slug="sugarbush"))], LoadReport()
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bowl", ["bowl", "big-bowl", "larkspur-bowl", "sugar-bowl"]),
        ("sugar", ["sugar-bowl", "sugarbush", "bowl"]),
        ("big bo", ["big-bowl"]),
        ("grosses hornli", ["grosses-horn"]),
        ("GROSSES Hörn", ["grosses-horn"]),
        ("tucker", ["sugarbush"]),
        ("new york bowl", ["big-bowl", "bowl"]),
    ],
)
def test_the_name_itself_comes_first(places, ask, text, found):
    assert ask(text) == (found, None)


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("sugarbsh", ["sugarbush"], "Sugarbush"),
        ("Sugrabush", ["sugarbush"], "Sugarbush"),
        ("sugar bush", ["sugarbush"], "Sugarbush"),
        ("hernli grosses", ["grosses-horn"], "Hörnli Großes"),
        ("grosses hörnly", ["grosses-horn"], "Großes Hörnli"),
        ("sugarbush vermnt", ["sugarbush"], "Sugarbush Vermont"),
        ("bgi", [], None),
        ("xylophone", [], None),
        ("sugarbush tirol", [], None),
        ("%", [], None),
    ],
)
def test_what_is_nearly_right_is_found_and_said(places, ask, text, found, shown):
    assert ask(text) == (found, shown)


def test_other_filters_mend_no_word(places, ask):
    assert ask("sugarbush", access="prohibited") == ([], None)


def test_rules_are_found_while_they_are_in_force(places, hill, ask):
    hill.visit(0, POLICY)
    assert ask("hirschkar") == (["larkspur-bowl"], None)
    assert ask("grune gas") == (["larkspur-bowl"], None)
    assert ask("rules of going") == (["larkspur-bowl"], None), "the words of the page that prove it"
    hill.visit(24, POLICY | {"routes": ["Kuhweg"]})
    hill.visit(48, POLICY | {"routes": ["Kuhweg"]})
    assert ask("kuhweg") == (["larkspur-bowl"], None)
    assert ask("hirschkar") == ([], None)


def test_a_resort_with_a_new_name_is_found_by_it_alone(sessions, stock, row, ask):
    stock(row("hill", name="Old Hill"))
    assert ask("old") == (["hill"], None)
    stock(row("hill", name="Newer Hill"))
    assert ask("old") == ([], None)
    assert ask("newer") == (["hill"], None)

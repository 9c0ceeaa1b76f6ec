"""The one box: what was asked becomes filters in the address, beside those in force."""

from urllib.parse import parse_qsl, urlsplit

import pytest


@pytest.fixture
def ask(client):
    def led_to(question, lang="en", **more):
        answer = client.get("/ask", query_string={"q": question, **more}, headers={"Accept-Language": lang})
        assert answer.status_code == 303
        return parse_qsl(urlsplit(answer.location).query)

    return led_to


@pytest.mark.parametrize(
    ("question", "lang", "pairs"),
    [
        ("vermont no pass", "en", [("region", "US-VT"), ("pass_required", "never")]),
        (
            "Tirol mit Hund",
            "de",
            [("region", "AT-7"), ("dogs", "allowed"), ("dogs", "leashed"), ("dogs", "limited")],
        ),
        ("zzyx", "en", [("text", "zzyx")]),
        ("", "en", []),
    ],
)
def test_a_question_becomes_filters(ask, question, lang, pairs):
    assert sorted(ask(question, lang)) == sorted(pairs)


def test_filters_in_force_stay_unless_the_question_speaks_of_them(ask):
    assert ("waiver", "required") in ask("vermont", waiver="required", page="3")
    assert [value for name, value in ask("vermont", region="CH") if name == "region"] == ["US-VT"]
    assert "page" not in dict(ask("vermont", page="3"))


def test_tonight_is_an_evening_there(ask):
    # It is 13:30 in Greenwich on 17 January.
    assert dict(ask("near Denver tonight"))["at"] == "2026-01-17T18:00"
    assert dict(ask("tomorrow 6am in Vermont"))["at"] == "2026-01-18T06:00"


@pytest.mark.parametrize(
    ("sent", "pairs"),
    [
        ({"when": "tonight"}, {"at": "2026-01-17T18:00"}),
        ({"when": "tomorrow", "region": "CH"}, {"at": "2026-01-18T06:00", "region": "CH"}),
        ({"when": "saturday"}, {"at": "2026-01-24T06:00"}),
        ({"when": "at", "at": "2026-01-20T05:15"}, {"at": "2026-01-20T05:15"}),
        ({"when": "at", "at": "2026-01-20T05:15:00"}, {"at": "2026-01-20T05:15"}),
        ({"when": "", "at": "2026-01-20T05:15"}, {"at": "2026-01-20T05:15"}),
        ({"when": "", "at": "2026-01-20T05:15", "at_was": "2026-01-20T05:15"}, {}),
        ({"when": "", "open": "open"}, {}),
        ({"when": "now", "open": "open"}, {"open": "open"}),
        ({"when": "at", "at": ""}, {}),
        ({"near": "Denver", "km": "80"}, {"near": "39.74,-104.98 Denver (Colorado)", "km": "80"}),
        ({"near": "", "km": "80"}, {}),
        ({"near": "my hut", "near_was": "46.10,7.20 my hut"}, {"near": "46.10,7.20 my hut"}),
        ({"currency": "CAD"}, {}),
        ({"currency": "CAD", "sort": "price"}, {"currency": "CAD", "sort": "price"}),
        ({"currency": "CAD", "price_max": "25"}, {"currency": "CAD", "price_max": "25"}),
        ({"currency": "EUR", "season_max": "19,50"}, {"currency": "EUR", "season_max": "19.5"}),
        ({"view": "map", "q": "vermont"}, {"view": "map", "region": "US-VT"}),
    ],
)
def test_the_fields_around_the_box_are_read(ask, sent, pairs):
    assert dict(ask(sent.pop("q", ""), **sent)) == pairs


def test_now_is_open_for_sure_or_perhaps(ask):
    assert ask("", when="now") == [("open", "open"), ("open", "possibly")]


@pytest.mark.parametrize("near", ["Nowhereville", "91,0"])
def test_a_place_that_nobody_knows_is_a_sentence(client, near):
    answer = client.get("/ask", query_string={"q": "dogs", "near": near})
    assert answer.status_code == 400
    assert "latitude and longitude" in answer.text


def test_where_it_leads_the_question_can_be_seen_and_taken_back(client):
    page = client.get("/ask", query_string={"q": "vermont no pass"}, follow_redirects=True)
    assert page.status_code == 200
    assert "Remove filter" in page.text
    assert "Vermont" in page.text or "US-VT" in page.text


@pytest.mark.parametrize("question", ["x" * 5000, "\x00\x1b[2J", "near , , ,", "'; DROP TABLE", "<script>"])
def test_anything_may_be_asked(client, question):
    assert client.get("/ask", query_string={"q": question}, follow_redirects=True).status_code in {
        200,
        400,
        414,
    }


@pytest.mark.parametrize(("lang", "told"), [("en", "not known here"), ("de", "ist hier nicht bekannt")])
def test_near_me_is_said_to_be_unknown_rather_than_shown_as_everything(client, lang, told):
    headers = {"Accept-Language": lang}
    answer = client.get("/ask", query_string={"q": "dogs near me"}, headers=headers)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'data-parameter="near"' in answer.text
    known = client.get("/ask", query_string={"q": "dogs near me", "near": "39.74,-104.99"}, headers=headers)
    assert known.status_code == 303


def test_a_question_may_be_written_into_the_address_of_the_search(client):
    answer = client.get("/", query_string={"q": "vermont", "dogs": ["allowed", "leashed"]})
    assert answer.status_code == 303
    assert parse_qsl(urlsplit(answer.location).query) == [
        ("q", "vermont"), ("dogs", "allowed"), ("dogs", "leashed"),
    ]  # fmt: skip
    assert urlsplit(answer.location).path == "/ask"


def test_a_town_is_searched_around_where_no_resort_has_its_name(ask):
    asked = dict(ask("Denver", waiver="required"))
    assert asked["near"] == "39.74,-104.98 Denver (Colorado)"
    assert asked["waiver"] == "required"
    assert "text" not in asked
    assert ask("Denver powder") == [("text", "Denver powder")]

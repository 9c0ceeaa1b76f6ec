"""“This is wrong”: what the form asks, takes and refuses."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select

import uphill.curating.reports
from tests.webapp.conftest import CRAWLED, HARM, NOW
from uphill.db import Report, session_factory, writing
from uphill.policy import FACTS
from uphill.settings import Settings
from webapp import create_app

URL = f"/resorts/{CRAWLED}/wrong"
GIVEN = {"value": "prohibited", "note": "A sign.", "source_url": "https://x.example/dogs", "contact": ""}


class Reader:
    """One who opens a form, and sends it after a while."""

    def __init__(self, engine, **settings):
        self.time = NOW
        app = create_app(Settings(**settings), engine=engine, clock=lambda: self.time)
        app.testing = False
        self.client = app.test_client()
        self.engine = engine

    def form(self, fact="dogs", url=URL):
        page = BeautifulSoup(self.client.get(url, query_string={"fact": fact}).text, "lxml")
        return {tag["name"]: tag["value"] for tag in page.select("form.report input[type=hidden]")}

    def send(self, fact="dogs", wait=10, headers=None, url=URL, **given):
        form = self.form(fact, url)
        self.time += timedelta(seconds=wait)
        return self.client.post(url, data=form | given, headers=headers)

    @property
    def stored(self):
        with session_factory(self.engine)() as session:
            return session.scalars(select(Report).order_by(Report.id)).all()


@pytest.fixture(scope="module")
def one(engine):
    return Reader(engine, rate_limits=False)


@pytest.fixture
def reader(one):
    one.time = NOW
    yield one
    with writing(session_factory(one.engine)) as session:
        session.execute(delete(Report))


def parsed(response):
    return BeautifulSoup(response.text, "lxml")


def test_the_form_shows_what_we_say_and_why(reader):
    page = parsed(reader.client.get(f"{URL}?fact=dogs"))
    assert "on leash" in page.select_one(".ours").text
    assert "Say" in page.select_one(".ours blockquote").text
    assert HARM in page.select_one(".ours blockquote").text, "as text, not as markup"
    words = [label.text for label in page.select("fieldset label")]
    assert words == [
        "allowed", "at some hours or places only", "prohibited", "the resort does not state it",
        "I can’t say, but this is wrong",
    ]  # fmt: skip


@pytest.mark.parametrize("fact", ["", *FACTS])
def test_every_fact_has_a_form_that_can_be_read_by_all(reader, fact):
    response = reader.client.get(f"{URL}?fact={fact}")
    assert response.status_code == 200
    page = parsed(response)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for tag in page.select("input:not([type=hidden]), textarea"):
        assert tag.find_parent("label") or page.select_one(f'label[for="{tag["id"]}"]'), tag
    for tag in page.select("[aria-describedby]"):
        assert set(tag["aria-describedby"].split()) <= set(ids)
    assert "alert(1)</script>" not in response.text.replace(f"&lt;script&gt;{HARM[8:]}", "")


@pytest.mark.parametrize("path", ["/resorts/harmful-bowl", "/de/resorts/steamboat"])
def test_each_fact_of_the_page_leads_to_its_form(reader, path):
    page = parsed(reader.client.get(path))
    links = {link["href"]: link for link in page.select(".wrong a")}
    assert set(links) >= {f"{path}/wrong?fact={fact}" for fact in FACTS}
    assert f"{path}/wrong" in links
    assert all(link["rel"] == ["nofollow"] for link in links.values())
    assert len({link.text for link in links.values()}) == len(links), "each says what it is about"


def test_a_report_is_stored_as_it_was_sent(reader):
    sent = reader.send(**GIVEN | {"contact": "eve@example.org", "note": "A\u202e sign\x07\r\nat the lift.\0"})
    assert (sent.status_code, sent.location) == (303, f"{URL}/sent")
    (row,) = reader.stored
    assert (row.field, row.said, row.value) == ("dogs", '"leashed"', '"prohibited"')
    assert (row.note, row.source_url, row.contact) == (
        "A sign\nat the lift.",
        GIVEN["source_url"],
        "eve@example.org",
    )
    assert row.first_at == NOW + timedelta(seconds=10)
    assert "Thank you" in parsed(reader.client.get(sent.location)).h1.text
    assert (
        reader.send(**GIVEN | {"contact": "eve@example.org", "note": "A sign\nat the lift."}).status_code
        == 303
    )
    assert [row.times for row in reader.stored] == [2]


def test_hours_are_read_as_they_are_written(reader):
    assert reader.send("windows", value="Mon–Fri 5am to 8:30\n16:30-22:00").status_code == 303
    assert [row.value for row in reader.stored] == ['["Mo-Fr 05:00-08:30", "16:30-22:00"]']


def test_who_can_t_say_need_not(reader):
    assert reader.send("dogs", value="cannot_say").status_code == 303
    assert reader.send("windows", value="whatever", cannot_say="yes").status_code == 303
    assert reader.send("", note="The name is wrong.").status_code == 303
    assert [(row.field, row.value) for row in reader.stored] == [
        ("dogs", None),
        ("windows", None),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("fact", "given", "wrong"),
    [
        ("dogs", {}, "value"),
        ("dogs", {"value": "maybe"}, "value"),
        ("dogs", {"value": "leashed"}, "value"),
        ("windows", {"value": "in the morning"}, "value"),
        ("windows", {"value": ""}, "value"),
        ("prices", {"value": "x" * 5000}, "value"),
        ("dogs", {"value": "allowed", "source_url": "javascript:alert(1)"}, "source_url"),
        ("dogs", {"value": "allowed", "note": "x" * 1001}, "note"),
        ("dogs", {"value": "allowed", "contact": "x" * 201}, "contact"),
        ("", {"contact": "eve@example.org"}, "note"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(reader, fact, given, wrong):
    typed = {"note": "", "source_url": "https://x.example", "contact": "me"} | given
    response = reader.send(fact, **typed)
    assert response.status_code == 422
    page = parsed(response)
    (link,) = page.select("#mistakes[role=alert][tabindex='-1'] li a")
    assert link["href"] == f"#{wrong}"
    target = page.select_one(f"#{wrong}")
    assert f"mistake-{wrong}" in target["aria-describedby"]
    assert page.select_one(f"#mistake-{wrong}").text == link.text
    for name in {"note", "source_url", "contact"} & set(typed):
        tag = page.select_one(f"[name={name}]")
        assert (tag.get("value") if tag.name == "input" else tag.text.removeprefix("\n")) == typed[name]
    assert page.title.text.startswith("Not sent")
    assert reader.stored == []


@pytest.mark.parametrize(
    ("wait", "token"),
    [(1, None), (25 * 3600, None), (10, "made-up"), (10, ""), (10, "WzEsMiwzXQ.x")],
)
def test_a_form_is_neither_made_up_nor_sent_by_a_program(reader, wait, token):
    more = {} if token is None else {"token": token}
    response = reader.send(wait=wait, **GIVEN | more)
    assert response.status_code == 422
    page = parsed(response)
    assert page.select_one("#note").text.strip() == GIVEN["note"]
    assert reader.stored == []
    again = {tag["name"]: tag["value"] for tag in page.select("form.report input[type=hidden]")}
    reader.time += timedelta(seconds=5)
    assert reader.client.post(URL, data=again | GIVEN).status_code == 303


def test_a_form_is_for_one_fact_of_one_resort(reader):
    form = reader.form("dogs")
    reader.time += timedelta(seconds=10)
    assert reader.client.post(URL, data=form | {"fact": "bikes"} | GIVEN).status_code == 422
    assert reader.client.post("/resorts/copper-mountain/wrong", data=form | GIVEN).status_code == 422
    assert reader.stored == []


def test_who_fills_in_the_trap_is_asked_again(reader):
    response = reader.send(**GIVEN, more_words="buy")
    assert response.status_code == 422
    assert "buy" not in response.text
    assert reader.stored == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 303),
    ],
)
def test_no_other_site_can_send_it(reader, headers, status):
    assert reader.send(**GIVEN, headers=headers).status_code == status
    assert len(reader.stored) == (status == 303)


def test_nobody_reports_without_end(engine, reader, monkeypatch):
    few = Reader(engine, limit_reports="2/hour")
    codes = [few.send(**GIVEN | {"note": f"{number}"}).status_code for number in range(3)]
    assert codes == [303, 303, 429]
    last = few.send(**GIVEN)
    assert int(last.headers["Retry-After"]) > 0
    assert "A sign." in last.text
    monkeypatch.setattr(uphill.curating.reports, "MOST_OPEN", 2)
    full = reader.send(**GIVEN | {"note": "one more"})
    assert full.status_code == 503
    assert "one more" in full.text


def test_nothing_of_it_is_kept(reader):
    answers = [
        reader.client.get(f"{URL}?fact=dogs"),
        reader.send(**GIVEN),
        reader.send(),
        reader.client.get(f"{URL}/sent"),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers


def test_what_there_is_not_is_told(reader):
    assert reader.client.get("/resorts/nowhere/wrong").status_code == 404
    assert reader.client.get("/resorts/nowhere/wrong/sent").status_code == 404
    assert reader.client.get(f"{URL}?fact=colour").status_code == 400
    assert reader.client.post(URL, data={"fact": "colour"}).status_code == 400
    assert reader.client.post("/resorts/nowhere/wrong", data={}).status_code == 404


def test_it_works_under_a_language(reader):
    sent = reader.send(url=f"/de{URL}", **GIVEN)
    assert (sent.status_code, sent.location) == (303, f"/de{URL}/sent")


def test_all_processes_know_a_form_again(engine, reader):
    form = reader.form()
    other = Reader(engine)
    other.time += timedelta(seconds=10)
    assert other.client.post(URL, data=form | GIVEN).status_code == 303
    own = Reader(engine, secret_key="x" * 40)
    own.time += timedelta(seconds=10)
    assert own.client.post(URL, data=form | GIVEN).status_code == 422


def test_the_secret_is_in_no_page(engine, reader):
    reader.form()
    from uphill.site_keys import site_key

    secret = site_key(session_factory(engine), "forms", NOW)
    assert secret not in reader.client.get(f"{URL}?fact=dogs").text
    assert re.fullmatch("[0-9a-f]{64}", secret)

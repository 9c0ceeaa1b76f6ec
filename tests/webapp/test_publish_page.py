import json

import pytest

from uphill.published import EXAMPLE, MAX_BYTES, MINIMAL, check


@pytest.fixture
def checked(client):
    from bs4 import BeautifulSoup

    def send(text, status=200, **headers):
        response = client.post("/publish", data={"document": text}, headers=headers)
        assert response.status_code == status
        return BeautifulSoup(response.text, "lxml")

    return send


def test_its_examples_are_as_they_should_be(soup):
    documents = [json.loads(each.text) for each in soup("/publish").select("main pre")]
    assert documents[0] == MINIMAL
    assert {key: documents[1][key] for key in EXAMPLE} == EXAMPLE
    for document in documents:
        assert check(json.dumps(document).encode()).warnings == ()


def test_the_example_names_the_schema_that_is_served(client, soup):
    full = json.loads(soup("/publish").select("main pre")[1].text)
    response = client.get(full["$schema"])
    assert response.mimetype == "application/schema+json"
    assert response.json["$id"] == full["$schema"]
    assert response.json["$defs"]["UphillPolicy"] == client.get("/schema/policy/v1.json").json
    assert "max-age" in response.headers["Cache-Control"]


def test_a_document_is_told_as_it_was_understood(checked):
    page = checked(json.dumps(EXAMPLE))
    result = page.select_one("#result")
    assert result.h2.text == "All of it was understood"
    facts = {row.dt.text: row.dd.text for row in result.select(".understood div")}
    assert result.h3.text == "Larch Hill"
    assert facts["Dogs"] == "prohibited"
    assert "5:00" in facts["Hours"]
    assert json.loads(page.textarea.text) == EXAMPLE


def test_each_mistake_is_told(checked):
    page = checked(json.dumps({"resort": {"name": "Larch Hill", "policy": {"dogs": "maybe", "dgos": 1}}}))
    result = page.select_one("#result.wrong")
    assert result.h2.text == "2 things to mend"
    assert result.li.text.endswith("(did you mean 'dogs'?); it is left out.")
    assert "No fact is stated" in result.text


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"resort": {}}', "\ud800"])
def test_what_is_no_document_is_refused_with_a_sentence(checked, text):
    page = checked(text.encode(errors="surrogatepass"), 400)
    assert page.select_one("#result.wrong p").text.endswith(".")


def test_what_is_pasted_is_escaped(client):
    harm = '{"resort": {"name": "</textarea><script>alert(1)</script>", "policy": {"<img src=x>": 1}}}'
    text = client.post("/publish", data={"document": harm}).text
    assert "<script>alert" not in text
    assert "<img src=x>" not in text


def test_nothing_is_kept_of_it(client, checked):
    response = client.post("/publish", data={"document": json.dumps(MINIMAL)})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert client.get("/api/v1/resorts?text=larch+hill").json["total"] == 0


def test_it_is_bounded(client):
    assert client.post("/publish", data={"document": "x" * (MAX_BYTES + 1)}).status_code == 400
    assert client.post("/publish", data={"document": "x" * (4 * MAX_BYTES)}).status_code == 413


def test_the_about_page_tells_the_sizes_of_the_files(client, soup):
    for link in soup("/about").select(".files a"):
        told, unit = link.span.text.removeprefix("about ").replace("\xa0", " ").split()
        size = float(told) * {"kB": 1e3, "MB": 1e6}[unit]
        response = client.get(link["href"])
        assert 0.5 < len(response.data) / size < 2
        response.close()


def test_the_about_page_leads_to_all_that_is_open(client, soup):
    for link in soup("/about").select("main a[href^='/']"):
        response = client.get(link["href"])
        assert response.status_code == 200, link["href"]
        response.close()

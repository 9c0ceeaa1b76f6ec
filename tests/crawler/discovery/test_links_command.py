import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.links import links
from crawler.demo.server import DemoWeb, Document, Site
from uphill.errors import BadInput, UphillError

PAGE = """<title>Resort</title><a href="/safety">Safety</a>
<a href="/uphill-policy">Uphill policy</a><a href="skinning">Skinning</a><a href="/brew">Uphill Brewery</a>"""
BASE = "https://r.example/winter/"


@pytest.fixture
def home(tmp_path: Path) -> str:
    file = tmp_path / "home.html"
    file.write_text(PAGE)
    return str(file)


def run(*arguments: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(links, arguments, input=stdin, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_lines_best_first(home):
    assert run(home, "--url", BASE).splitlines() == [
        " 11  https://r.example/uphill-policy  Uphill policy",
        "  7  https://r.example/winter/skinning  Skinning",
    ]


def test_pages_on_the_way_only_when_asked_for(home):
    assert "Safety" not in run(home, "--url", BASE)
    assert run(home, "--url", BASE, "--all").splitlines()[-1] == "  3  https://r.example/safety  Safety"


def test_json_and_standard_input():
    found = json.loads(run("-", "--url", BASE, "--json", stdin=PAGE))
    assert found[0] == {"url": "https://r.example/uphill-policy", "text": "Uphill policy", "score": 11}
    assert json.loads(run("-", "--url", BASE, "--json", stdin="<p>nothing</p>")) == []


def test_nothing_where_there_is_none():
    assert run("-", "--url", BASE, stdin="<a href='/brew'>Uphill Brewery</a>") == ""


def test_a_page_from_the_web_is_its_own_base(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UPHILL_ALLOW_LOOPBACK", "true")
    with DemoWeb.of([Site("r", {"/": Document(PAGE.encode())})]) as web:
        assert web.url("r", "/uphill-policy") in run(web.url("r"))
        with pytest.raises(UphillError, match="answered 404 Not Found"):
            run(web.url("r", "/missing"))


@pytest.mark.parametrize("arguments", [["home.html"], ["no-such-file.html", "--url", BASE]])
def test_wrong_usage(arguments):
    with pytest.raises(BadInput):
        run(*arguments)


@pytest.mark.parametrize("arguments", [["--help"]])
def test_help_shows_an_example(arguments):
    assert "uphill links home.html" in run(*arguments)

"""What a hostile page said, as the site, the API and the command line show it once it is in the directory."""

import os
import re

import pytest
from click.testing import CliRunner

from uphill.cli import main
from uphill.settings import Settings
from webapp import create_app

pytestmark = pytest.mark.slow

SLUG = "escapes"
SCRIPTED = re.compile(r"<script>alert|<img src=x|<svg/onload|javascript:|data:text/html|\b49\b(?=.*7\*7)")


@pytest.fixture(scope="module")
def client(crawled):
    return create_app(Settings(database_url=crawled.world.database_url)).test_client()


def steers(text: str) -> bool:
    return not re.sub(r"[\n\t\r]", "", text).isprintable()


@pytest.mark.parametrize("path", [f"/resorts/{SLUG}", "/", "/?region=US-CO", "/?text=escapes"])
def test_no_page_of_the_site_carries_markup_of_theirs(client, path):
    shown = client.get(path, follow_redirects=True)
    assert shown.status_code == 200
    assert not SCRIPTED.search(shown.text)
    # Soft hyphens and spaces of our own are no harm; controls and marks of direction would be theirs.
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown.text)


def test_the_quotes_are_there_and_escaped(client):
    shown = client.get(f"/resorts/{SLUG}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{7*7}}" in shown


def test_the_api_gives_the_same_text_as_data(client):
    shown = client.get(f"/api/v1/resorts/{SLUG}")
    assert shown.content_type.startswith("application/json")
    assert not steers(shown.text)
    assert "<script>alert(1)</script>" in str(shown.json)


@pytest.mark.parametrize(
    "arguments", [("show", SLUG), ("pass", SLUG), ("show", SLUG, "--json"), ("search", "--csv"), ("search",)]
)
def test_the_command_line_is_not_steered(crawled, arguments):
    environment = {
        "UPHILL_DATABASE_URL": crawled.world.database_url,
        "UPHILL_CONFIG": os.devnull,
        "COLUMNS": "120",
    }
    shown = CliRunner().invoke(main, arguments, env=environment)
    assert shown.exit_code == 0, shown.output
    assert SLUG in shown.output.lower()
    assert not steers(shown.output)

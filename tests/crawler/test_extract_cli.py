import json

import pytest
from click.testing import CliRunner

from crawler.cli.extract import extract

_POLICY = (
    "<title>Uphill Policy</title><h1>Uphill Policy</h1><p>Uphill travel is allowed. Dogs must be leashed.</p>"
)


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "policy.html"
    file.write_text(_POLICY, "utf-8")
    return str(file)


def run(*arguments, stdin=None):
    return CliRunner().invoke(extract, list(arguments), input=stdin)


def test_facts_are_shown_with_their_quotes(page):
    result = run(page)
    assert result.exit_code == 0
    assert "dogs" in result.output
    assert "“Dogs must be leashed.”" in result.output


def test_json_is_one_line_a_page(page):
    result = run("--json", page, page)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == 2
    assert lines[0]["source"] == page
    assert lines[0]["is_policy"] is True
    assert lines[0]["policy"]["dogs"] == "leashed"
    quote = lines[0]["evidence"]["dogs"][0]
    assert quote["quote"] == "Dogs must be leashed."


def test_standard_input_is_read():
    result = run("--json", "-", stdin=_POLICY)
    assert json.loads(result.stdout)["policy"]["dogs"] == "leashed"


def test_claims_are_explained(page):
    result = run("--explain", page)
    assert "won  leashed" in result.output


def test_a_missing_file_is_one_sentence_and_the_rest_is_printed(page):
    result = run("--json", "/nowhere/at-all.html", page)
    assert result.exit_code == 1
    assert result.stderr == "Error: /nowhere/at-all.html can't be read: No such file or directory.\n"
    assert len(result.stdout.splitlines()) == 1


def test_a_url_that_does_not_answer_is_one_sentence(monkeypatch):
    monkeypatch.setenv("UPHILL_ALLOW_LOOPBACK", "true")
    result = run("http://127.0.0.1:9/uphill")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: http://127.0.0.1:9/uphill can't be fetched: ")


def test_no_page_is_wrong_usage():
    assert run().exit_code == 2


def test_a_page_without_a_policy_says_so(tmp_path):
    file = tmp_path / "home.html"
    file.write_text("<title>Home</title><h1>Welcome</h1>", "utf-8")
    assert run(str(file)).output.endswith("no uphill policy\n")

"""The baseline's lines: matched by name or alias, each bad one named, none loaded twice."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.catalogue import AliasRow, LoadReport, load_aliases, load_baseline, read_baseline
from uphill.db import PolicyVersion, Source, writing
from uphill.search import find

LINE = {
    "resort": "Larkspur Bowl",
    "region": "US-CO",
    "source_url": "https://list.example/uphill",
    "source_kind": "list",
    "as_of": "2021",
    "facts": {"access": "allowed", "windows": ["05:00-08:30", "16:30-24:00"]},
}


@pytest.fixture
def load(tmp_path, sessions, now):
    def run(*lines, at=now):
        path = tmp_path / "baseline.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        with writing(sessions) as session:
            return load_baseline(session, read_baseline(path), at)

    return run


@pytest.fixture
def resort(sessions, stock, row):
    stock(row(), row("windy-hill", region="US-UT"))
    with writing(sessions) as session:
        alias = AliasRow(region="US-CO", alias="The Bowl", slug="larkspur-bowl")
        load_aliases(session, [(2, alias)], LoadReport())


@pytest.mark.parametrize("name", ["Larkspur Bowl", "The Bowl"])
def test_a_line_is_matched_by_name_or_alias(sessions, resort, load, now, name):
    assert load(LINE | {"resort": name}) == (1, [])
    with sessions() as session:
        page = find(session, "larkspur-bowl", now)
    assert page.policy.access == "allowed"
    assert (page.provenance.as_of, page.provenance.source_url) == ("2021", "https://list.example/uphill")
    proofs = page.evidence["windows"]
    assert [(proof.position, proof.quote, proof.as_of) for proof in proofs] == [
        (0, None, "2021"),
        (1, None, "2021"),
    ]


def test_a_line_that_matches_no_resort_is_listed_and_the_rest_loads(resort, load):
    stored, bad = load(LINE | {"resort": "Nowhere"}, LINE | {"region": "US-UT"}, LINE)
    assert stored == 1
    assert [str(row) for row in bad] == [
        "line 1: no resort or alias 'Nowhere' in region US-CO",
        "line 2: no resort or alias 'Larkspur Bowl' in region US-UT",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{nonsense", "not JSON"),
        ("[]", "row is \\[\\]"),
        (LINE | {"source_url": "list.example"}, "source_url is 'list.example'"),
        (LINE | {"source_kind": "rumour"}, "source_kind is 'rumour'"),
        (LINE | {"as_of": "last year"}, "as_of is 'last year'"),
        (LINE | {"facts": {"access": "maybe"}}, "facts.access is 'maybe'"),
        (LINE | {"facts": {"windows": ["5-6"]}}, "facts.windows.0.start is '5'"),
        (LINE | {"facts": {"parking": "free"}}, "facts.parking"),
        ({key: value for key, value in LINE.items() if key != "region"}, "region is "),
    ],
)
def test_a_bad_line_is_named_and_the_rest_loads(resort, load, line, said):
    stored, bad = load("", line, LINE)
    assert stored == 1
    assert [row.line for row in bad] == [2]
    with pytest.raises(Exception, match=f"line 2: .*{said}"):
        raise bad[0]


def test_the_same_line_again_changes_nothing(sessions, resort, load, now):
    assert load(LINE) == (1, [])
    assert load(LINE, at=now + timedelta(days=9)) == (0, [])
    with sessions() as session:
        assert len(session.scalars(select(PolicyVersion)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [{"as_of": "2022"}, {"source_url": "https://other.example"}, {"facts": {"access": "prohibited"}}],
)
def test_a_line_that_changed_supersedes_the_old_one(sessions, resort, load, now, change):
    later = now + timedelta(days=9)
    load(LINE)
    assert load(LINE | change, at=later) == (1, [])
    with sessions() as session:
        old, new = session.scalars(select(PolicyVersion).order_by(PolicyVersion.id))
        assert (old.superseded_at, new.superseded_at) == (later, None)


def test_a_page_that_lists_a_resort_twice_is_one_source(sessions, resort, load):
    load(LINE)
    load(LINE | {"as_of": "2022"})
    with sessions() as session:
        assert len(session.scalars(select(Source).filter_by(url=LINE["source_url"])).all()) == 1


def test_of_two_lines_of_a_resort_the_later_one_counts(sessions, resort, load):
    assert load(LINE, LINE | {"as_of": "2022"}) == (2, [])
    with sessions() as session:
        versions = session.scalars(select(PolicyVersion).order_by(PolicyVersion.id)).all()
        assert [(version.as_of, version.superseded_at is None) for version in versions] == [
            ("2021", False),
            ("2022", True),
        ]
        assert len(session.scalars(select(Source).filter_by(url=LINE["source_url"])).all()) == 1

"""Catalogue files: a bad row is named by its line and left out, the rest loads."""

import pytest
from sqlalchemy import select

from uphill.catalogue import LoadReport, load_aliases, load_resorts, read_aliases, read_resorts
from uphill.db import Alias, Resort, Source, writing
from uphill.errors import BadRow
from uphill.vocabulary import SourceKind

HEADER = (
    "slug,name,country,region,locality,latitude,longitude,timezone,base_m,summit_m,website,policy_url,"
    "openskimap_id,pass_network\n"
)
GOOD = "larkspur,Larkspur,US,US-CO,Dillon,39.6,-106.1,America/Denver,2800,3900,https://larkspur.example,,,\n"


@pytest.fixture
def resorts(tmp_path):
    def read(*lines):
        path = tmp_path / "resorts.csv"
        path.write_text(HEADER + "".join(lines), encoding="utf-8")
        return list(read_resorts(path))

    return read


def test_a_row_is_read_and_empty_cells_are_nothing(resorts):
    (row,) = resorts(GOOD)
    assert (row.slug, row.region, row.base_m, row.policy_url) == ("larkspur", "US-CO", 2800, None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("larkspur,", "Larkspur Bowl,", "slug is 'Larkspur Bowl'"),
        ("Larkspur", "", "name is None"),
        ("US-CO", "US-XX", "Region 'US-XX' is not an ISO 3166-2 code"),
        ("US-CO", "us-co", "Region 'us-co' is not an ISO 3166-2 code"),
        ("US-CO", "AT-7", "region AT-7 is not in country US"),
        ("39.6", "99", "latitude is '99'"),
        ("-106.1", "west", "longitude is 'west'"),
        ("2800", "high", "base_m is 'high'"),
        ("2800", "28000000000", "base_m is '28000000000'"),
        ("https://larkspur.example", "larkspur.example", "website is 'larkspur.example'"),
        ("https://larkspur.example", "javascript:alert(1)", "website is 'javascript:alert"),
        (",,\n", ",,,more\n", "surplus cells is .*more"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_column(resorts, old, new, said):
    other = GOOD.replace("larkspur", "windy")
    rows = resorts(other, GOOD.replace(old, new, 1), GOOD.replace("larkspur", "third"))
    assert [getattr(row, "slug", None) for row in rows] == ["windy", None, "third"]
    assert isinstance(rows[1], BadRow)
    assert rows[1].line == 3
    with pytest.raises(BadRow, match=f"line 3: .*{said}"):
        raise rows[1]


def test_lines_are_counted_as_in_the_file(resorts):
    rows = resorts("\n", GOOD.replace("Larkspur", '"Lark\nspur"'), "\n", GOOD.replace("US-CO", "XX"))
    assert [row.line for row in rows if isinstance(row, BadRow)] == [6]


def test_the_good_rows_beside_a_bad_one_are_loaded(resorts, sessions):
    report = LoadReport()
    with writing(sessions) as session:
        load_resorts(session, resorts(GOOD, GOOD.replace("39.6", "99")), report, "resorts.csv")
        assert list(session.scalars(select(Resort.slug))) == ["larkspur"]
    assert report.new == 1
    assert [(file, row.line) for file, row in report.bad] == [("resorts.csv", 3)]


def test_a_row_that_changed_updates_its_resort(sessions, stock, row):
    stock(row(name="Old Name", base_m=2000), row("other-hill"))
    report = stock(row(name="New Name", base_m=2100), row("other-hill"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    with sessions() as session:
        resort = session.scalars(select(Resort).filter_by(slug="larkspur-bowl")).one()
        assert (resort.name, resort.base_m) == ("New Name", 2100)
        assert "new name" in resort.search_text
        assert "old name" not in resort.search_text
    assert stock(row(name="New Name", base_m=2100)).unchanged == 1


def test_a_resort_that_moved_region_is_found_there(sessions, stock, row):
    stock(row())
    assert stock(row(region="US-UT")).changed == 1
    with sessions() as session:
        resort = session.scalars(select(Resort)).one()
        assert resort.region.name == "Utah"
        assert "utah" in resort.search_text


def test_home_and_policy_pages_become_known_once(sessions, stock, row):
    for _ in range(2):
        stock(row(policy_url="https://larkspur-bowl.example/uphill"))
    with sessions() as session:
        assert sorted(session.execute(select(Source.kind, Source.url)).all()) == [
            (SourceKind.HOME, "https://larkspur-bowl.example"),
            (SourceKind.POLICY, "https://larkspur-bowl.example/uphill"),
        ]


def test_a_website_that_changed_leaves_no_old_home_page_to_be_due(sessions, stock, row, now):
    from uphill.due import targets

    stock(row())
    with writing(sessions) as session:
        session.scalars(select(Source)).one().next_due = now
    stock(row(website="https://new.example"))
    with writing(sessions) as session:
        session.scalars(select(Source).filter_by(url="https://new.example")).one().next_due = now.replace(
            year=now.year + 1
        )
        assert targets(session, now, due_only=True) == ()
        homes = session.scalars(select(Source.url).filter_by(kind=SourceKind.HOME))
        assert list(homes) == ["https://new.example"]


@pytest.fixture
def aliases(tmp_path, sessions):
    def load(text):
        path = tmp_path / "aliases.csv"
        path.write_text("region,alias,slug\n" + text, encoding="utf-8")
        report = LoadReport()
        with writing(sessions) as session:
            load_aliases(session, read_aliases(path), report, "aliases.csv")
        return report

    return load


def test_an_alias_is_added_once_and_searched_by(sessions, stock, row, aliases):
    stock(row())
    text = "US-CO,Örtchen,larkspur-bowl\n"
    assert aliases(text).aliases == 1
    assert aliases(text).aliases == 0
    with sessions() as session:
        assert list(session.scalars(select(Alias.name))) == ["Örtchen"]
        assert "ortchen" in session.scalars(select(Resort.search_text)).one()


def test_an_alias_outlives_an_update_of_its_resort(sessions, stock, row, aliases):
    stock(row())
    aliases("US-CO,The Bowl,larkspur-bowl\n")
    stock(row(name="Larkspur"))
    with sessions() as session:
        assert "the bowl" in session.scalars(select(Resort.search_text)).one()


def test_bad_aliases_are_named_by_their_lines(stock, row, aliases):
    stock(row())
    report = aliases(
        "US-CO,No Such,no-such-resort\n"
        "\n"
        "US-UT,Elsewhere,larkspur-bowl\n"
        "US-CO,,larkspur-bowl\n"
        "US-CO,Good,larkspur-bowl\n"
    )
    assert report.aliases == 1
    assert sorted((row.line, str(row).partition(": ")[2]) for _, row in report.bad) == [
        (2, "no resort 'no-such-resort' in region US-CO"),
        (4, "no resort 'larkspur-bowl' in region US-UT"),
        (5, "alias is None: Input should be a valid string"),
    ]

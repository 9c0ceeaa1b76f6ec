"""Pages that hold several resorts' rules: whose facts they are."""
# ruff: noqa: E501 - markup, written as pages are

import json

import pytest
from click.testing import CliRunner

from crawler.cli.extract import extract
from crawler.extract import parse_page, read

_CLUB = """<html lang="de"><title>Pistentouren: die Regelungen der Skigebiete | Bergfreunde</title><h1>Pistentouren in den Skigebieten</h1>
<p>Wir haben zusammengestellt, wo man mit Tourenski auf die Piste darf.</p>
<h2>Grauegg</h2><p>Pistentouren sind nur am Mittwoch von 18:00 bis 22:00 Uhr erlaubt. Hunde sind verboten.</p>
<h2>Lärchkogel</h2><p>Pistentouren sind im ganzen Skigebiet jederzeit verboten.</p>
<h2>Steinlahn</h2><p>Der Aufstieg ist auf der markierten Spur erlaubt. Tourengeher brauchen eine Tourenkarte um 8 Euro pro Tag.</p></html>"""
_TABLE = """<html lang="it"><title>Scialpinismo in pista</title><h1>Scialpinismo in pista</h1><p>Le regole, stazione per stazione.</p><table>
<tr><th>Comprensorio</th><th>Regola</th></tr>
<tr><td>Colle Vermiglio</td><td>La risalita è consentita solo dalle 17:00 alle 21:00</td></tr>
<tr><td>Pian dei Lupi</td><td>La risalita è vietata</td></tr>
<tr><td>Monte Serrada</td><td>La risalita è consentita, i cani non sono ammessi</td></tr></table></html>"""
_BOLD = """<html lang="fr"><title>Ski de rando : le point par station</title><h1>Ski de randonnée dans les stations</h1><ul>
<li><strong>Combe-Fleurie</strong> : la montée en peaux est autorisée avant 8h30. Chiens interdits.</li>
<li><strong>Les Arpettes</strong> : la montée est interdite sur toutes les pistes.</li>
<li><strong>Crêt Blanc</strong> : la montée est autorisée sur l'itinéraire balisé, forfait rando obligatoire.</li></ul></html>"""
_OPERATOR = """<html lang="en"><title>Uphill access | Summit Collective</title><h1>Uphill access at our mountains</h1>
<h2>Copperline Mountain</h2><p>Uphill travel is allowed before 8 a.m. with a free armband.</p><h3>Dogs</h3><p>Dogs must be leashed.</p>
<h2>Tamarack Basin</h2><p>Uphill travel is prohibited at all times.</p></html>"""
_KNOWN = """<html lang="en"><title>Where to skin this winter</title><h1>Where to skin this winter</h1>
<h3>Bolton Valley</h3><p>Uphill travel is allowed with an uphill pass from dawn to dusk.</p>
<h3>Jay Peak</h3><p>Uphill travel is prohibited during operating hours.</p>
<h3>Mad River Glen</h3><p>Skinning is permitted after 4 p.m. only.</p></html>"""
_LISTS = {
    "headings": (_CLUB, ("Grauegg", "Lärchkogel", "Steinlahn")),
    "a table": (_TABLE, ("Colle Vermiglio", "Pian dei Lupi", "Monte Serrada")),
    "bold names": (_BOLD, ("Combe-Fleurie", "Les Arpettes", "Crêt Blanc")),
    "an operator's mountains": (_OPERATOR, ("Copperline Mountain", "Tamarack Basin")),
    "names of the catalogue": (_KNOWN, ("Bolton Valley", "Jay Peak", "Mad River Glen")),
}


@pytest.mark.parametrize(("page", "names"), _LISTS.values(), ids=_LISTS)
def test_a_list_page_is_no_resorts_policy(page, names):
    reading = read(page, source="-")
    assert reading.resorts == names
    assert not reading.is_policy
    assert not reading.policy.known()
    assert reading.problem.startswith(f"the page holds the rules of {len(names)} resorts (")


_ASKED = [
    (_CLUB, "Grauegg", {"access": "allowed", "windows": ["We 18:00-22:00"], "dogs": "prohibited"}),
    (_CLUB, "Skigebiet Lärchkogel", {"access": "prohibited"}),
    (_CLUB, "larchkogel", {"access": "prohibited"}),
    (_CLUB, "Bergbahnen Steinlahn", {"access": "allowed", "pass_required": "always", "dogs": None}),
    (_TABLE, "Colle Vermiglio", {"access": "allowed", "windows": ["17:00-21:00"], "dogs": None}),
    (_TABLE, "Pian dei Lupi", {"access": "prohibited"}),
    (_TABLE, "Serrada", {"access": "allowed", "dogs": "prohibited", "windows": None}),
    (_BOLD, "Combe-Fleurie", {"access": "allowed", "dogs": "prohibited"}),
    (_BOLD, "Les Arpettes", {"access": "prohibited"}),
    (_OPERATOR, "Copperline", {"access": "allowed", "dogs": "leashed", "pass_cost": "free"}),
    (_OPERATOR, "Tamarack Basin", {"access": "prohibited", "dogs": None}),
    (_KNOWN, "Jay Peak Resort", {"during_operations": "prohibited", "pass_required": None}),
]


@pytest.mark.parametrize(("page", "resort", "facts"), _ASKED, ids=[resort for _, resort, _ in _ASKED])
def test_the_passage_under_a_resorts_name_is_read(page, resort, facts):
    reading = read(page, source="-", resort=resort)
    known = json.loads(reading.policy.model_dump_json())
    assert reading.is_policy
    assert {name: known[name] for name in facts} == {
        name: value or _unknown(name) for name, value in facts.items()
    }
    text = parse_page(page).text
    for quotes in reading.evidence.values():
        assert all(text[quote.start : quote.end] == quote.quote for quote in quotes)


def _unknown(name):
    return [] if name == "windows" else "unknown"


@pytest.mark.parametrize(("page", "names"), _LISTS.values(), ids=_LISTS)
def test_a_resort_that_is_not_on_the_list_has_no_facts(page, names):
    reading = read(page, source="-", resort="Hohlehorn")
    assert not reading.policy.known()
    assert reading.resorts == names
    assert reading.problem.endswith("and Hohlehorn is none of them")


_SINGLE = {
    "routes by heading": """<title>Uphill</title><h1>Uphill routes</h1><h3>Mill Brook</h3><p>Uphill travel is allowed from 5 a.m.</p>
<h3>Larkspur</h3><p>Uphill travel is prohibited during operations.</p>""",
    "routes in a table": """<title>Uphill</title><h1>Uphill routes</h1><table><tr><th>Route</th><th>Rule</th></tr>
<tr><td>Mill Brook</td><td>Uphill is allowed until 8:30 a.m.</td></tr><tr><td>Larkspur</td><td>Uphill is not allowed on weekends</td></tr></table>""",
    "peaks": """<title>Uphill access | Twin Peaks</title><h1>Uphill access</h1><ul><li>Peak 7: uphill travel is prohibited.</li><li>Peak 8: uphill travel is allowed before 8 a.m.</li></ul>""",
    "a pass network": """<title>Uphill access</title><h1>Uphill access</h1><p>Uphill travel is allowed with one of these season passes.</p><ul><li>Jay Peak</li><li>Bolton Valley</li><li>Mad River Glen</li></ul><p>Dogs are not allowed.</p>""",
}


@pytest.mark.parametrize("page", _SINGLE.values(), ids=_SINGLE)
def test_a_page_of_one_resort_is_no_list(page):
    reading = read(page, source="-")
    assert reading.resorts == ()
    assert reading.policy.access == "allowed"


_SHARED = """<html lang="en"><title>Uphilling | Summit Collective</title><h1>Uphilling</h1><p>Uphilling is permitted on all of our mountains.</p>
<p>An uphill pass is required for everyone, $74 for the season.</p><p>Uphillers must stay on the designated routes. Uphillers must yield to skiers.</p><h2>Hours by mountain</h2>
<table><tr><th>Mountain</th><th>Uphill hours</th><th>Dogs</th></tr><tr><td>Copper Mountain</td><td>Uphill allowed before 9:00 a.m. only</td><td>Not permitted</td></tr>
<tr><td>Arapahoe Basin</td><td>Uphill allowed 5:30 a.m. - 9:00 p.m.</td><td>On leash</td></tr></table></html>"""


def test_an_operators_rules_hold_for_each_of_its_mountains():
    whole = read(_SHARED, source="-")
    assert (whole.resorts, whole.policy.access, whole.policy.pass_required) == ((), "allowed", "always")
    one = read(_SHARED, source="-", resort="Arapahoe Basin").policy
    assert one.pass_required == "always"
    assert [str(window) for window in one.windows] == ["05:30-21:00"]


def test_a_resorts_own_page_is_read_whole_whatever_its_name():
    page = "<title>Uphill | Copperline</title><h1>Uphill at Copperline</h1><p>Uphill travel is allowed.</p><h2>Dogs</h2><p>Dogs must be leashed.</p>"
    for resort in ("Copperline", "Copperline Mountain Resort", "The Copper Hill"):
        assert read(page, source="-", resort=resort).policy.dogs == "leashed"


def test_the_command_names_the_resorts_and_takes_one(tmp_path):
    page = tmp_path / "club.html"
    page.write_text(_CLUB, "utf-8")
    told = CliRunner().invoke(extract, [str(page)])
    assert told.output == (
        f"{page} (de): the page holds the rules of 3 resorts (Grauegg, Lärchkogel, Steinlahn); name one of them\n"
    )
    line = json.loads(CliRunner().invoke(extract, ["--json", str(page)]).output)
    assert line["resorts"] == ["Grauegg", "Lärchkogel", "Steinlahn"]
    line = json.loads(CliRunner().invoke(extract, ["--json", "--resort", "Grauegg", str(page)]).output)
    assert line["policy"]["windows"] == ["We 18:00-22:00"]
    assert "resorts" not in line


_ONE_PASS = """<html lang="en"><title>Uphill Access | Alderglen Peaks</title><h1>Uphill Access</h1><p>Four mountains, one pass.</p>
<p>All uphillers are required to have an Uphill Pass. The Uphill Pass is $62 for the season. Guidelines vary by mountain.</p>
<h2>Guidelines by Mountain</h2><h3>Alder Mountain</h3><p>Uphilling is not permitted during operating hours.</p><p>Dogs are not allowed.</p>
<h3>Glen Peak</h3><p>Uphilling is permitted before, during and after operating hours.</p>
<h2>Rules and Etiquette</h2><p>Stay to the side. Fat bikes are not permitted on any of the mountains.</p></html>"""


def test_an_operator_that_demands_and_sells_one_pass_lays_down_rules_of_its_own():
    whole = read(_ONE_PASS, source="-")
    assert whole.resorts == ()
    assert (whole.is_policy, whole.policy.pass_required, whole.policy.bikes) == (True, "always", "prohibited")
    asked = read(_ONE_PASS, source="-", resort="Alder Mountain").policy
    assert (asked.during_operations, asked.dogs, asked.pass_required) == (
        "prohibited",
        "prohibited",
        "always",
    )
    asked = read(_ONE_PASS, source="-", resort="Glen Peak").policy
    assert (asked.during_operations, asked.dogs, asked.bikes) == ("allowed", "unknown", "prohibited")

"""The further facts on whole pages: what stands in other sections, in menus and footers is none of uphill travel's."""

from crawler.extract import parse_page
from crawler.extract.reader import read_page
from uphill.policy import Parking
from uphill.vocabulary import Cost

_FURTHER = (
    "descent", "reflective", "avalanche_gear", "minors", "patrol", "penalty", "parking", "season", "status_url",
    "waiver_url", "pass_url", "map_url",
)  # fmt: skip
_OTHER_SECTIONS = """
<h2>Drones</h2><p>Drones are prohibited. Violators will be fined $500 and asked to leave the resort.</p>
<h2>Tubing</h2><p>Children under 12 must be accompanied by an adult. A parent must sign the
<a href="/tubing-waiver">tubing waiver</a>. The tubing park is open from December 15 to March 31.</p>
<h2>Parking</h2><p>Parking is $20 on weekends. RVs may park in Lot D.</p>
<h2>Season passes</h2><p>Passes may be revoked for misuse. <a href="/passes">Buy season passes</a>.</p>
<h2>Ski patrol</h2><p>Ski patrol is on duty from 8 am to 5 pm.</p>
<h2>Backcountry gates</h2><p>Carry a beacon, a shovel and a probe. The terrain is not patrolled.</p>
"""
_CHROME = """
<nav><ul><li><a href="/status">Uphill status</a></li><li><a href="/waiver">Waiver</a></li></ul></nav>
<footer><p><a href="/pass">Buy an uphill pass</a> | Park in Lot A | Trespassers will be prosecuted.</p></footer>
"""


def _told(body: str, title: str) -> dict[str, object]:
    page = parse_page(f"<title>{title}</title><body>{_CHROME}{body}", url="https://ski.example/policies")
    known = read_page(page, source="-").policy.known()
    return {name: known[name] for name in _FURTHER if name in known}


def test_other_sections_of_a_policies_page_tell_nothing() -> None:
    body = f"""<main><h1>Mountain policies</h1>{_OTHER_SECTIONS}
    <h2>Uphill travel</h2><p>Uphill travel is allowed before 8:30 am on the designated uphill route only.</p></main>"""
    assert _told(body, "Mountain policies") == {}


def test_the_section_on_uphill_travel_tells_its_own() -> None:
    body = f"""<main><h1>Mountain policies</h1>
    <h2>Uphill travel</h2><p>Uphill travel is allowed before 8:30 am on the designated uphill route only. Everyone
    must sign the <a href="/uphill-waiver">uphill waiver</a>; a parent or guardian must sign for anyone under 18.
    Descend on open runs only. Uphill travelers must wear a reflective vest. There is no ski patrol outside
    operating hours. Violators will lose their pass.</p>
    {_OTHER_SECTIONS}</main>"""
    assert _told(body, "Mountain policies") == {
        "descent": "open_runs",
        "reflective": "required",
        "minors": "signature",
        "patrol": "during_operations",
        "penalty": ("loss_of_pass",),
        "waiver_url": "https://ski.example/uphill-waiver",
    }


def test_other_sections_of_an_uphill_page_tell_of_patrol_alone() -> None:
    body = f"""<main><h1>Uphill access</h1>
    <p>Uphill travel is allowed before 8:30 am on the designated uphill route only.</p>{_OTHER_SECTIONS}</main>"""
    assert _told(body, "Uphill access | Fellhorn") == {"patrol": "during_operations"}


def test_where_nobody_may_climb_only_the_penalty_is_told() -> None:
    body = """<main><h1>Uphill travel</h1><p>Uphill travel is prohibited at all times. Violators will be prosecuted.
    Descend on open runs only. Minors must be accompanied by an adult.</p></main>"""
    assert _told(body, "Uphill travel | Fellhorn") == {"penalty": ("prosecution",)}


def test_a_button_in_the_content_of_an_uphill_page_is_its_link() -> None:
    body = """<main><h1>Uphill access</h1><p>Uphill travel is allowed before 8:30 am. An uphill pass is required.</p>
    <div class="cta"><a class="btn" href="https://shop.example/uphill"><span>Buy uphill pass</span></a></div>
    <div class="cta"><a class="btn" href="/forms/uphill-waiver">Sign the uphill waiver</a></div>
    <div class="cta"><a class="btn" href="/report">Uphill status</a></div>
    <div class="cta"><a class="btn" href="/lodging">Book your stay</a></div></main>"""
    assert _told(body, "Uphill access | Fellhorn") == {
        "status_url": "https://ski.example/report",
        "waiver_url": "https://ski.example/forms/uphill-waiver",
        "pass_url": "https://shop.example/uphill",
    }


def test_the_answer_to_where_one_parks() -> None:
    body = """<main><h1>Uphill questions</h1><p>Uphill travel is allowed before 8:30 am.</p>
    <h3>Where do I park?</h3><p>In the lower lot, next to the rental shop.</p></main>"""
    assert str(_told(body, "Uphill questions")["parking"]) == str(Parking(place="lower lot"))


def test_the_row_on_parking_in_a_table_on_uphill_travel() -> None:
    row = "<tr><td>Parking</td><td>Free</td></tr>"
    body = f"""<main><h1>Uphill access</h1><table>
    <tr><td>Hours</td><td>Uphill travel is allowed from 5 to 8 am</td></tr>{row}</table></main>"""
    assert str(_told(body, "Uphill access")["parking"]) == str(Parking(cost=Cost.FREE))
    other = f"""<main><h1>Uphill access</h1><p>Uphill travel is allowed from 5 to 8 am.</p>
    <h2>Lodging</h2><table><tr><td>Rooms</td><td>From $89</td></tr>{row}</table></main>"""
    assert "parking" not in _told(other, "Uphill access")

"""Whole pages that have the shape of a policy, or its words, and must not be read as one, or not in that part."""

import pytest

from crawler.extract import explain_page, parse_page, read

_SILENT = {
    "a programme at a place": (
        "<title>Meet at program desk</title><h1>Kids' camps</h1><p>Meet at program desk by 8:30 a.m. "
        "A ticket is required and a waiver must be signed. Dogs are not allowed.</p>"
    ),
    "guided days in the backcountry": (
        "<title>Backcountry Guides</title><h1>Backcountry skiing with our guides</h1><p>Skinning is taught on the "
        "first day. A beacon is required. Book by Friday, $180 a day.</p><p>Dogs must stay at home.</p>"
    ),
    "a digest of races": (
        "<title>Winter digest</title><h1>Winter digest</h1><h2>January</h2><p>The skimo race was won by Ada Fell.</p>"
        "<h2>February</h2><p>Our skimo race series returns; headlamps are required at the start.</p>"
        "<h2>March</h2><p>The uphill challenge is sold out. Dogs are not allowed at the finish.</p>"
    ),
    "an operator's notes on its cabins": (
        "<title>Hinweise</title><h1>Hinweise der Bergbahnen</h1><h2>Regeln der Bergbahnen</h2>"
        "<p>Hunde sind in der Kabine anzuleinen. Skipass ist Pflicht. Stirnlampen sind verboten.</p>"
    ),
    "questions on sledging after one on lifts": (
        "<title>Fragen</title><h1>Häufige Fragen</h1><h3>Fahren die Lifte im Sommer?</h3><p>Ja, täglich.</p>"
        "<h3>Brauche ich dafür ein Ticket?</h3><p>Nein, kein Ticket erforderlich.</p>"
    ),
    "a park of terrain with a pass of its own": (
        "<title>Park Pass</title><h1>Terrain Park</h1><p>The Park Pass is required for everyone: $10 a season, "
        "sign the waiver. Hike the park features from 9 a.m. to 4 p.m.</p>"
    ),
    "a municipal order on a road": (
        "<title>Ordinanza del sindaco</title><h1>Ordinanza n. 12</h1><p>È vietata la sosta sulla strada in salita "
        "verso gli impianti dalle 8 alle 17. I cani sono tenuti al guinzaglio.</p>"
    ),
    "remontées of an operator": (
        "<title>Règles des remontées mécaniques</title><h1>Règles des remontées mécaniques</h1><p>Le forfait est "
        "obligatoire. Les chiens sont interdits. La montée en télésiège se fait de 9h à 16h.</p>"
    ),
}


@pytest.mark.parametrize("page", _SILENT.values(), ids=_SILENT)
def test_it_says_nothing(page):
    reading = read(page, source="-")
    assert not reading.is_policy
    assert not reading.policy.known()


_PARTS = [
    (
        "skinning first, another thing asked next",
        (
            "<title>FAQ</title><h1>FAQ</h1><h3>Can I skin up?</h3><p>Yes, before 8 a.m.</p><h3>Can I go tubing?</h3>"
            "<p>Yes, on Saturdays.</p><h3>Do I need a ticket for that?</h3><p>No, no ticket is needed.</p>"
        ),
        "pass_required",
        None,
    ),
    (
        "capitals are no short form",
        (
            "<title>ALPINE TOURING</title><h1>ALPINE TOURING</h1><p>Alpine touring is allowed before 8 a.m.</p>"
            "<p>Parking permits are sold AT TICKET WINDOWS, and at ticket machines, $12 a day.</p>"
        ),
        "prices",
        (),
    ),
    (
        "the resort's own name",
        (
            "<title>Uphill travel | Grauegg</title><div><h1>Grauegg</h1></div><h2>Uphill travel</h2>"
            "<p>Uphill travel is allowed before 8 a.m.</p><p>The Grauegg card is $90 and includes all lifts.</p>"
        ),
        "pass_accepts",
        (),
    ),
    (
        "scanned for a ride",
        (
            "<title>Uphill travel</title><h1>Uphill travel</h1><p>Uphill travel is allowed before 8 a.m.</p>"
            "<p>Riding the lift down? Scan your lift ticket at the gate.</p>"
        ),
        "pass_required",
        None,
    ),
    (
        "a cause that holds for a road",
        (
            "<title>Uphill travel</title><h1>Uphill travel</h1><p>Uphill travel is allowed before 8 a.m.</p>"
            "<p>Because of snowmaking, the service road is closed to cars at all times.</p>"
        ),
        "access",
        "allowed",
    ),
    (
        "the other days",
        (
            "<title>Uphill travel</title><h1>Uphill travel</h1><p>Skinning is allowed on Tuesday evenings.</p>"
            "<p>On all other evenings uphill travel is prohibited.</p>"
        ),
        "access",
        "allowed",
    ),
    (
        "a rebate for everyone with a pass",
        (
            "<title>Uphill travel</title><h1>Uphill travel</h1><p>Uphill travel is allowed before 8 a.m.</p>"
            "<p>Everyone with a season pass gets 10 % off at the bakery.</p>"
        ),
        "pass_required",
        None,
    ),
]


@pytest.mark.parametrize(("page", "field", "value"), [p[1:] for p in _PARTS], ids=[p[0] for p in _PARTS])
def test_a_part_is_not_taken_for_a_rule(page, field, value):
    settled = explain_page(parse_page(page), source="-", lang="en").settled[field].value
    assert (settled or None) == (value or None)

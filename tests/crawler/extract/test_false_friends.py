"""Words that look like uphill travel and are not: neither links nor facts come of them."""

import pytest

from crawler.discovery.links import anchors, policy_links
from crawler.extract import read

_HOME = "https://www.bald-knoll.example/"
_LINKS = [  # address, text
    ("/uphill-facilities", "Uphill facilities"),
    ("/directions", "12 Skimobile Road"),
    ("/skimobile-road", "Find us"),
    ("https://www.skimonarch.com/", "Monarch"),
    ("/ski-school/skitour-circuit", "Ski school: the valley skitour"),
    ("/skischule/skitour", "Skischule: Skitour mit dem Lift"),
    ("/skitouring/winter-hiking", "Winter hiking trails"),
    ("/skitouren/winterwandern", "Winterwandern"),
    ("/skitouren/skitourenkurse", "Skitourenkurse"),
    ("/skitouren-verleih", "Verleih"),
    ("/bikepark/uphill-trail", "Uphill mountain bike trail"),
    ("/summer/uphill-hiking", "Summer hiking"),
    ("/news/uphill-battle", "An uphill battle for snow"),
    ("/backcountry-gates", "Backcountry gates"),
    ("/news/skimo-race", "Skimo race returns on Saturday"),
    ("/events/uphill-challenge", "Uphill challenge: results"),
    ("/uphill-capacity", "Uphill capacity"),
    ("/rentals/alpine-touring", "Alpine touring rentals"),
    ("/lessons/uphill-clinic", "Uphill clinic"),
    ("/location-ski-de-rando", "Location de ski de rando"),
    ("/activites/randonnee-nordique", "Randonnée nordique"),
    ("/remontees-mecaniques", "Remontées mécaniques"),
    ("/course-ski-alpinisme", "La course de ski alpinisme"),
    ("/sorties-ski-de-rando", "Sorties ski de rando accompagnées"),
    ("/impianti-di-risalita", "Impianti di risalita"),
    ("/gara-scialpinismo", "Gara di scialpinismo"),
    ("/noleggio-scialpinismo", "Noleggio scialpinismo"),
    ("/corsi/scialpinismo", "Corso di scialpinismo"),
    ("/aufstiegshilfen", "Aufstiegshilfen"),
    ("/rennen/skitourenrennen", "Skitourenrennen: Ergebnisse"),
]
_REAL = [
    ("/uphill", "Uphill Access"),
    ("/skitouren/pistentouren", "Pistentouren"),
    ("/skitouren", "Skitouren auf der Piste"),
    ("/ski-de-randonnee", "Ski de randonnée"),
    ("/scialpinismo", "Scialpinismo in pista"),
    ("/policies/skinning", "Skinning policy"),
    ("/tickets-lessons-rentals/uphill-access", "Uphill access"),
    ("/tickets-lessons-rentals/uphill-access", ""),
    ("/winter/hiking", "Winter hiking, snowshoeing and uphill travel"),
]
_SENTENCES = {
    "lifts": "Our uphill facilities are open daily from 9 a.m. to 4 p.m. and dogs are not allowed on them.",
    "a road": "From Skimobile Road, parking is allowed on the uphill side only.",
    "an address": "Tickets are required and sold at skimonarch.com only.",
    "lessons": "The ski school's skitour of the valley by lift is open to all, a lift ticket is required.",
    "a bike trail": "The uphill mountain bike trail is open from 10 a.m. to 5 p.m. and a helmet is required.",
    "an idiom": "It was an uphill battle, but dogs are allowed in the village again.",
    "gates": "The backcountry gates are closed, and a beacon is required beyond them.",
    "a race": "The skimo race starts at 6 a.m., a waiver is required and headlamps are mandatory.",
    "capacity": "The new quad raises our uphill capacity; it is open from 8:30 a.m.",
    "a lift ride": "Sightseers may ride uphill on the gondola from 10 a.m. to 3 p.m. with a ticket.",
    "Lift, de": "Mit dem Sessellift geht es bergauf, ein Skipass ist erforderlich und Hunde sind nicht erlaubt.",
    "Kurs, de": "Der Skitourenkurs beginnt um 9 Uhr, eine Anmeldung ist erforderlich.",
    "Rennen, de": "Das Skitourenrennen startet um 18 Uhr, Stirnlampe und Helm sind Pflicht.",
    "remontées, fr": "Les remontées mécaniques sont ouvertes de 9h à 16h30 et le forfait est obligatoire.",
    "nordique, fr": "La randonnée nordique est permise de 9h à 17h, les chiens sont interdits.",
    "course, fr": "La course de ski-alpinisme part à 18h30, la frontale est obligatoire.",
    "impianti, it": "Gli impianti di risalita sono aperti dalle 8.30 alle 16.30 e lo skipass è obbligatorio.",
    "gara, it": "La gara di scialpinismo parte alle 19, la frontale è obbligatoria.",
}


@pytest.mark.parametrize(("address", "text"), _LINKS)
def test_a_false_friend_is_no_policy_link(address, text):
    assert policy_links(anchors(f'<a href="{address}">{text}</a>', _HOME)) == []


@pytest.mark.parametrize(("address", "text"), _REAL)
def test_a_policy_link_stays_one(address, text):
    assert policy_links(anchors(f'<a href="{address}">{text}</a>', _HOME))


@pytest.mark.parametrize("sentence", _SENTENCES.values(), ids=_SENTENCES)
@pytest.mark.parametrize("title", ["Welcome", "Winter"])
def test_a_false_friend_in_a_sentence_states_nothing(sentence, title):
    reading = read(f"<title>{title}</title><h1>{title}</h1><p>{sentence}</p><p>See you soon.</p>", source="-")
    assert not reading.is_policy
    assert not reading.policy.known()


def test_a_sister_resorts_rule_is_not_this_resorts():
    body = (
        "<title>Uphill travel</title><h1>Uphill travel</h1><p>Uphill travel is allowed before 8 a.m.</p>"
        "<p>At our sister resort uphill travel is prohibited at all times and dogs are not allowed.</p>"
    )
    known = read(body, source="-").policy.known()
    assert known["access"] == "allowed"
    assert "dogs" not in known

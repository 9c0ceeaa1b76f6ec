"""Words, dates and lengths as readers of different languages and places are used to them."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest

from uphill.language import (
    LANGUAGES,
    current_language,
    gettext,
    messages,
    ngettext,
    number,
    pgettext,
    speaking,
)
from uphill.policy import Policy, Price, Window
from uphill.regions import country_order, country_words
from uphill.words import dates, units
from uphill.words.units import Units
from uphill.words.verdict import verdict
from uphill.words.wording import ago, price_words, value_words, window_words

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
EVENING = Window.parse("Mo-Fr 16:30-22:00")


def test_english_is_spoken_where_nothing_is_said():
    assert (current_language(), gettext("not stated")) == ("en", "not stated")
    with speaking("de"):
        assert (current_language(), gettext("not stated")) == ("de", "keine Angabe")
        with speaking("fr"):
            assert gettext("not stated") == "non précisé"
        assert gettext("not stated") == "keine Angabe"
    assert gettext("not stated") == "not stated"


def test_another_thread_speaks_for_itself():
    heard = []
    with speaking("de"):
        other = Thread(target=lambda: heard.append(gettext("not stated")))
        other.start()
        other.join()
    assert heard == ["not stated"]


def test_a_word_agrees_with_what_it_is_said_of():
    with speaking("fr"):
        said = pgettext("dogs", "allowed"), pgettext("snowshoes", "allowed"), pgettext("foot", "allowed")
    assert said == ("autorisés", "autorisées", "autorisé")
    assert pgettext("dogs", "allowed") == "allowed"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("0 days ago", "1 day ago", "2 days ago")),
        ("de", ("vor 0 Tagen", "vor 1 Tag", "vor 2 Tagen")),
        ("fr", ("il y a 0 jour", "il y a 1 jour", "il y a 2 jours")),
        ("it", ("0 giorni fa", "1 giorno fa", "2 giorni fa")),
    ],
)
def test_counts_take_the_form_of_the_language(language, said):
    with speaking(language):
        assert tuple(ngettext("%(num)s day ago", "%(num)s days ago", count) for count in (0, 1, 2)) == said


@pytest.mark.parametrize(
    ("language", "territory", "day", "clock", "hours", "thousands"),
    [
        ("en", None, "21 Nov 2026", "16:30", "Mon–Fri 16:30–22:00", "12,345"),
        ("en", "GB", "21 Nov 2026", "16:30", "Mon–Fri 16:30–22:00", "12,345"),
        ("en", "US", "Nov 21, 2026", "4:30 PM", "Mon–Fri 4:30–10:00 PM", "12,345"),
        ("en", "XX", "21 Nov 2026", "16:30", "Mon–Fri 16:30–22:00", "12,345"),
        ("de", "DE", "21. Nov. 2026", "16:30", "Mo–Fr 16:30–22:00", "12.345"),
        ("de", "CH", "21. Nov. 2026", "16:30", "Mo–Fr 16:30–22:00", "12’345"),
        ("fr", "US", "21 nov. 2026", "16:30", "lun.–ven. 16:30–22:00", "12 345"),
        ("fr", "CA", "21 nov. 2026", "16:30", "lun.–ven. 16:30–22:00", "12 345"),
        ("it", None, "21 nov 2026", "16:30", "lun–ven 16:30–22:00", "12.345"),
    ],
)
def test_dates_clocks_and_numbers_follow_the_territory(language, territory, day, clock, hours, thousands):
    with speaking(language, territory):
        said = (dates.day(date(2026, 11, 21)), dates.clock(990), window_words(EVENING), number(12345))
    assert tuple(" ".join(words.split()) for words in said) == (day, clock, hours, thousands)


def test_a_span_over_noon_names_both_halves():
    with speaking("en", "US"):
        assert dates.clock_span(510, 990).replace("\u202f", " ") == "8:30 AM–4:30 PM"
        assert dates.clock_span(1080, 24 * 60).replace("\u202f", " ") == "6:00 PM–midnight"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            (
                "Aufstieg erlaubt: Mo–Fr 5:00 bis Liftbeginn. "
                "Nötig: kostenloser Pass und Haftungsverzicht. Hunde an der Leine."
            ),
        ),
        (
            "fr",
            (
                "Montée autorisée : lun.–ven. 5:00 jusqu’à l’ouverture des remontées. "
                "Nécessaire : forfait gratuit et décharge. Chiens en laisse."
            ),
        ),
        (
            "it",
            (
                "Risalita consentita: lun–ven 5:00 fino all’apertura degli impianti. "
                "Serve: pass gratuito e liberatoria. Cani al guinzaglio."
            ),
        ),
    ],
)
def test_a_verdict_is_whole_sentences_of_the_language(language, said):
    policy = Policy.model_validate({
        "access": "allowed", "windows": ["Mo-Fr 05:00-lift_open"], "pass_required": "always", "pass_cost": "free",
        "waiver": "required", "dogs": "leashed",
    })  # fmt: skip
    with speaking(language):
        assert verdict(policy).replace("\xa0", " ") == said


def test_prices_ages_and_countries():
    with speaking("fr"):
        assert price_words(Price(amount="79.50", currency="USD", period="season")) == "USD 79,50 par saison"
        assert ago(NOW.replace(hour=9), NOW) == "il y a 3 heures"
        assert country_words("CH") == "Suisse"
        assert value_words("descent", "own_route") == "sur un itinéraire propre"
    assert country_words("CH") == "Switzerland"


def test_countries_are_sorted_as_readers_look_for_them():
    with speaking("de"):
        ordered = sorted(("US", "CH", "AT", "CA"), key=country_order)
        assert [country_words(code) for code in ordered] == [
            "Kanada",
            "Österreich",
            "Schweiz",
            "Vereinigte Staaten",
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_can_be_read(language):
    assert messages(language) is messages(language)
    assert (messages(language).gettext("not stated") == "not stated") == (language == "en")


@pytest.mark.parametrize(
    ("metres", "metric", "imperial"),
    [
        (850, "850 m", "2,790 ft"),
        (1000, "1.0 km", "3,280 ft"),
        (2400, "2.4 km", "1.5 mi"),
        (0, "0 m", "0 ft"),
    ],
)
def test_lengths_are_in_the_readers_units(metres, metric, imperial):
    assert units.length_words(metres) == metric
    with units.measured_in(Units.FEET):
        assert units.length_words(metres) == imperial


def test_heights_and_distances():
    assert (units.height_words(1420), units.elevations_words(2959, 3765)) == ("1,420 m", "2,959–3,765 m")
    assert (units.distance_words(91.4), units.distance_words(7.25)) == ("91 km", "7.2 km")
    with units.measured_in(Units.FEET):
        assert (units.height_words(1420), units.elevations_words(2959, 3765)) == (
            "4,660 ft",
            "9,710–12,350 ft",
        )
        assert (units.distance_words(91.4), units.distance_words(7.25)) == ("57 mi", "4.5 mi")
    with speaking("de"):
        assert (units.length_words(2400), units.height_words(1420)) == ("2,4 km", "1.420 m")


@pytest.mark.parametrize(
    ("territory", "measured"), [("US", Units.FEET), ("CA", Units.METRES), (None, Units.METRES)]
)
def test_territories_have_their_units(territory, measured):
    assert units.units_of(territory) is measured

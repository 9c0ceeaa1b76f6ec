"""What stands in the markup and not in the words: raised figures, notes' marks, descriptions of pictures."""

import pytest

from crawler.extract import parse_page


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("von 8<sup>30</sup> bis 16<sup>00</sup> Uhr", "von 8:30 bis 16:00 Uhr"),
        ("$49<sup>90</sup> per season", "$49.90 per season"),
        ("$<sup>20</sup> per day", "$20 per day"),
        ("49 €<sup>1</sup> par saison", "49 € par saison"),
        ("until 8:30 am<sup>2</sup>", "until 8:30 am"),
        ("20:00<sup>1</sup> Uhr", "20:00 Uhr"),
        ('No dogs<sup><a href="#n">[12]</a></sup>, please', "No dogs, please"),
        ("Headlamps<sup>*</sup> are required", "Headlamps are required"),
        ("dès le 1<sup>er</sup> décembre", "dès le 1er décembre"),
    ],
)
def test_what_is_set_raised_is_read_as_it_is_meant(markup, text):
    assert parse_page(f"<body><p>{markup}</p></body>").text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<p><img src="a.jpg" alt="Dogs are not allowed."></p>', "Dogs are not allowed."),
        ('<ul><li><img src="a.svg" alt="No dogs"></li></ul>', "No dogs"),
        ('<p><img src="a.jpg" alt="A skier climbs at dawn"></p><p>Hello</p>', "Hello"),
        ('<p>Hello <img src="a.svg" alt="No dogs"></p>', "Hello"),
    ],
)
def test_a_picture_speaks_in_sentences_or_as_an_entry(markup, text):
    assert parse_page(f"<body>{markup}</body>").text == text

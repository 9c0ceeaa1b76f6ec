"""The picture of a resort: of the size that sites ask for, within bounds whatever the words, kept while it holds."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from webapp.card_image import HEIGHT, WIDTH, CardFace, drawn, wrapped
from webapp.card_image import _font as font
from webapp.marks import Mark

URL = "/resorts/harmful-bowl/card.png"
FACE = CardFace(
    "Tann", "Tyrol, Austria", Mark.LIMITED, "Allowed, with limits", "Uphill.", "Read.", "Uphill access"
)


def picture(body):
    return Image.open(BytesIO(body)).convert("RGB")


def test_it_is_a_picture_of_the_usual_size(client):
    response = client.get(URL)
    assert response.content_type == "image/png"
    assert picture(response.data).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(response.data) < 60_000


def test_it_is_not_sent_again_while_its_words_stay(client):
    first = client.get(URL)
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_by_another_name_it_is_at_its_own_address(client):
    response = client.get("/resorts/Copper%20Mountain/card.png")
    assert (response.status_code, response.location) == (301, "/resorts/copper-mountain/card.png")
    assert client.get("/resorts/nowhere/card.png").status_code == 404


def test_its_words_are_those_of_the_language_and_no_cache_mixes_them(client):
    tags = {prefix: client.get(f"{prefix}{URL}").headers["ETag"] for prefix in ("/en", "/de", "/fr", "/it")}
    assert len(set(tags.values())) == 4
    asked = client.get(URL, headers={"Accept-Language": "de"})
    assert asked.headers["ETag"] == tags["/de"]
    assert "Accept-Language" in asked.headers["Vary"]
    assert "Accept-Language" in client.get("/resorts/harmful-bowl.ics").headers["Vary"]


@pytest.mark.parametrize("mark", list(Mark))
def test_each_mark_has_its_own_look(mark):
    others = [one for one in Mark if one is not mark]
    mine = picture(drawn(CardFace("T", "P", mark, "", "V", "A", "S")))
    for other in others:
        theirs = picture(drawn(CardFace("T", "P", other, "", "V", "A", "S")))
        assert ImageChops.difference(mine, theirs).getbbox() is not None


@pytest.mark.parametrize("name", ["", "word " * 900, "x" * 5000, "Weißsee – Übergossene Alm, L’Été"])
def test_no_words_leave_the_margins(name):
    told = picture(drawn(CardFace(name, name, Mark.UNKNOWN, "Not stated", name, name, "Uphill access")))
    margins = ((0, 0, 70, HEIGHT), (WIDTH - 66, 0, WIDTH, HEIGHT), (0, HEIGHT - 20, WIDTH, HEIGHT))
    for box in margins:
        low, high = zip(*told.crop(box).getextrema(), strict=True)
        assert low == high, box


@pytest.mark.parametrize("letter", "éèêàçôüöäßÜÖÄÉžŠ’–·“”€")
def test_the_font_has_the_letters_of_the_alps(letter):
    missing = font("Regular", 40).getmask("\uffff")
    assert bytes(font("Regular", 40).getmask(letter)) != bytes(missing)


def test_lines_fit_and_what_is_left_out_is_told():
    regular = font("Regular", 40)
    lines = wrapped("one two three four five six seven", regular, 200, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(regular.getlength(line) <= 200 for line in lines)
    assert wrapped("one", regular, 200, 2) == ["one"]
    assert wrapped("", regular, 200, 2) == []


def test_the_tag_follows_each_word():
    assert FACE.etag == CardFace(**{name: getattr(FACE, name) for name in FACE.__slots__}).etag
    changed = {"name": "X", "mark": Mark.ALLOWED, "age": "X", "verdict": "X"}
    for name, value in changed.items():
        words = {each: getattr(FACE, each) for each in FACE.__slots__}
        assert CardFace(**words | {name: value}).etag != FACE.etag

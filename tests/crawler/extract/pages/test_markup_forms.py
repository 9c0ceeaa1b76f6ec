"""The same policy in the markup, encodings and files that sites really have."""
# ruff: noqa: E501 - markup, written as pages are

import io
import json

import pypdf
import pytest

from crawler.extract import parse_page, read

_RULES = (
    "<h2>Hours</h2><p>Uphill travel is allowed from 5:00 a.m. to 8:30 a.m. and prohibited while the lifts are running.</p>"
    "<h2>Uphill pass</h2><p>An uphill pass is required: $20 per day.</p>"
    "<h2>Uphill routes</h2><ul><li>Lower Larkspur</li><li>Tamarack Way</li></ul><p>Dogs are not allowed.</p>"
)
_FACTS = {
    "access": "allowed",
    "windows": ["05:00-08:30"],
    "during_operations": "prohibited",
    "pass_required": "always",
    "pass_cost": "paid",
    "routes": ["Lower Larkspur", "Tamarack Way"],
    "dogs": "prohibited",
}


def page(body, head=""):
    return f'<!doctype html><html lang="en"><head><title>Uphill Access</title>{head}</head><body><h1>Uphill Access</h1>{body}</body></html>'


def facts(body, **arguments):
    known = json.loads(read(body, source="-", **arguments).policy.model_dump_json())
    told = {name: known[name] for name in _FACTS}
    return {**told, "routes": [route["name"] for route in told["routes"]]}


_NEXT = json.dumps({"props": {"pageProps": {"title": "Uphill Access", "body": _RULES}}})
_STRINGS = json.dumps(
    {
        "blocks": [
            {
                "heading": "Hours",
                "text": "Uphill travel is allowed from 5:00 a.m. to 8:30 a.m. and prohibited while the lifts are running.",
            },
            {"heading": "Uphill pass", "text": "An uphill pass is required: $20 per day."},
            {"heading": "Uphill routes", "items": ["Lower Larkspur", "Tamarack Way"]},
            {"heading": "Dogs", "text": "Dogs are not allowed."},
        ]
    }
)
_FAQ = json.dumps(
    {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Is uphill travel allowed?",
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": "Yes, uphill travel is allowed with an uphill pass from 5:00 a.m. to 8:30 a.m.",
                },
            },
            {
                "@type": "Question",
                "name": "May I bring my dog uphill?",
                "acceptedAnswer": {"@type": "Answer", "text": "No, dogs are not allowed."},
            },
        ],
    }
)
_CLOSED = "display:none"
_PAGES = {
    "as it is": page(_RULES),
    "a block for phones and one for desks": page(f'<div class="hide-mobile">{_RULES}</div><div class="show-mobile">{_RULES}</div>'),
    "a carousel that repeats its first slide": page(f'<div class="slide">{_RULES}</div><div class="slide cloned" aria-hidden="true">{_RULES}</div>'),
    "an accordion that is closed": page(f'<div class="accordion"><button aria-expanded="false">Uphill rules</button><div style="{_CLOSED}" hidden>{_RULES}</div></div>'),
    "tabs": page(f'<ul role="tablist"><li>Uphill</li><li>Lifts</li></ul><div role="tabpanel" aria-hidden="true">{_RULES}</div><div role="tabpanel"><h2>Lift hours</h2><p>9 a.m. to 4 p.m.</p></div>'),
    "templates and scripts beside it": page(f'{_RULES}<template><p>Dogs are allowed. Uphill travel is prohibited at all times.</p></template><script>var t = "<p>No uphill travel. Dogs must be leashed.</p>"</script><noscript><p>Uphill travel is prohibited.</p></noscript>'),
    "data of its own text beside it": page(f'{_RULES}<script type="application/json">{_NEXT}</script>'),
    "tags that are never closed": page(_RULES.replace("</p>", "").replace("</li>", "")),
    "tags closed twice and out of order": page(_RULES.replace("</p>", "</p></div></p>").replace("<h2>", "<b><h2>").replace("</h2>", "</b></h2>")),
    "a table for the layout": page(f"<table><tr><td width=20%>&nbsp;</td><td>{_RULES}</td></tr></table>"),
    "hard spaces": page(_RULES.replace(" a.m.", "&nbsp;a.m.").replace("Uphill travel", "Uphill&nbsp;travel").replace("not allowed", "not\u202fallowed")),
    "soft hyphens": page(_RULES.replace("Uphill", "Up\u00adhill").replace("allowed", "al&shy;lowed").replace("required", "re&#173;quired")),
    "zero-width characters": page(_RULES.replace("Dogs", "\u200bDogs\u200b").replace("travel", "tra\u200bvel")),
    "numbered entities": page("".join(f"&#{ord(c)};" if c.isalpha() and at % 7 == 0 and "<" not in _RULES[max(0, at - 4) : at + 4] and ">" not in _RULES[max(0, at - 4) : at + 4] else c for at, c in enumerate(_RULES))),
    "words cut up by markup": page(_RULES.replace("Dogs are not", "<span>Do</span><span>gs</span> are <em>n</em>ot").replace("$20", "$<sup>20</sup>")),
    "line breaks for paragraphs": page(_RULES.replace("</p>", "<br><br>").replace("<p>", "")),
    "capitals": page(_RULES.replace("Dogs are not allowed", "DOGS ARE NOT ALLOWED").replace("Uphill travel is allowed", "UPHILL TRAVEL IS ALLOWED")),
    "no head, no body": f"<title>Uphill Access</title><h1>Uphill Access</h1>{_RULES}",
    "xhtml": '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">' + page(_RULES).partition('<html lang="en">')[2],
    "drawn by script from markup": f'<html><title>Uphill Access</title><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{_NEXT}</script></html>',
    "drawn by script from strings": f'<html><title>Uphill Access</title><div id="root"><nav>Menu</nav></div><script type="application/json">{_STRINGS}</script></html>',
    "drawn by script, with a menu of its own": f'<html><title>Uphill Access</title><nav>{"<a href=/x>Tickets and passes</a> " * 20}</nav><div id="app"></div><script id="__NEXT_DATA__" type="application/json">{_NEXT}</script></html>',
}  # fmt: skip


@pytest.mark.parametrize("markup", _PAGES.values(), ids=_PAGES)
def test_the_facts_are_the_same(markup):
    assert facts(markup) == _FACTS


def test_a_faq_that_stands_in_the_data_alone_is_read():
    markup = f'<html lang="en"><title>Uphill FAQ</title><div id="app"></div><script type="application/ld+json">{_FAQ}</script></html>'
    reading = read(markup, source="-")
    assert (reading.policy.access, reading.policy.dogs) == ("allowed", "prohibited")
    assert [str(window) for window in reading.policy.windows] == ["05:00-08:30"]


def test_a_fact_said_twice_is_one():
    reading = read(page(f"<div>{_RULES}</div><div>{_RULES}</div>"), source="-")
    for name in ("windows", "prices", "routes", "pass_accepts"):
        assert len(getattr(reading.policy, name)) == len(set(getattr(reading.policy, name))), name
    assert len(reading.policy.prices) == 1
    assert len(reading.policy.routes) == 2


_GERMAN = "<title>Skitouren</title><h1>Skitouren auf der Piste</h1><p>Für Tourengeher: Der Aufstieg über die Südhänge ist täglich ab 17 Uhr erlaubt – Hunde dürfen nicht mit.</p>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (_GERMAN.encode(), "text/html; charset=iso-8859-1"),
        (_GERMAN.encode(), None),
        (_GERMAN.encode("cp1252"), "text/html; charset=utf-8"),
        (_GERMAN.encode("cp1252"), "text/html"),
        (b"\xef\xbb\xbf" + _GERMAN.encode(), None),
        (b"\xff\xfe" + _GERMAN.encode("utf-16-le"), "text/html; charset=utf-16"),
        (_GERMAN.encode().replace("–".encode(), b"\x96"), "text/html; charset=utf-8"),
    ],
    ids=[
        "header wrong",
        "none said",
        "cp1252 as utf-8",
        "cp1252, none said",
        "a mark",
        "utf-16",
        "one byte wrong",
    ],
)
def test_whatever_the_charset_says(body, content_type):
    reading = read(body, source="-", content_type=content_type)
    assert (reading.lang, reading.policy.access, reading.policy.dogs) == ("de", "allowed", "prohibited")
    assert "Südhänge" in reading.evidence["access"][0].quote


@pytest.mark.parametrize("quote", ["’", "'", "\u02bc", "`", "´", "&rsquo;", "&#8217;"])
def test_whatever_the_apostrophe(quote):
    english = page(f"<p>Uphill travel isn{quote}t allowed at any time.</p>")
    french = f"<title>Ski de rando</title><h1>Ski de rando</h1><p>L{quote}itinéraire de montée est ouvert, la montée est autorisée aujourd{quote}hui. Les chiens ne sont pas admis sur l{quote}itinéraire.</p>"
    assert read(english, source="-").policy.access == "prohibited"
    assert read(french, source="-").policy.dogs == "prohibited"


def test_a_page_of_three_megabytes_is_read_to_its_end(alarm):
    rows = "<tr><td>Larkspur Express</td><td>Open</td><td>9 a.m. - 4 p.m.</td></tr>" * 43_000
    big = page(_RULES + f"<h2>Lift status</h2><table>{rows}</table>")
    assert len(big) > 3_000_000
    assert facts(big) == _FACTS


def _pdf(*lines: tuple[float, float, str]) -> bytes:
    """A page of one font with each text at its place, as a typesetter writes it."""
    told = (
        b"BT /F1 10 Tf "
        + b" ".join(
            b"1 0 0 1 %.1f %.1f Tm (%s) Tj"
            % (x, y, text.replace("(", r"\(").replace(")", r"\)").encode("cp1252"))
            for x, y, text in lines
        )
        + b" ET"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(told), told),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_the_pdf_of_these_tests_is_one():
    assert len(pypdf.PdfReader(io.BytesIO(_pdf((50, 800, "Uphill")))).pages) == 1


def test_a_pdf_with_words_cut_at_the_ends_of_lines_is_read():
    body = _pdf(
        (50, 800, "Uphill Travel Policy"),
        (50, 760, "Uphill travel is allowed from 5:00 a.m. to 8:30 a.m. An uphill pass is re-"),
        (50, 748, "quired for everyone, $20 per day. Dogs are not al-"),
        (50, 736, "lowed on the mountain."),
    )
    reading = read(body, source="-", content_type="application/pdf")
    assert reading.policy.dogs == "prohibited"
    assert reading.policy.pass_required == "always"
    assert "required for everyone" in reading.evidence["pass_required"][0].quote


def test_a_pdf_in_two_columns_is_read_column_by_column():
    left = [
        "Uphill travel is allowed from",
        "5:00 a.m. to 8:30 a.m. An uphill",
        "pass is required: $20 per day.",
        "Dogs are not allowed.",
    ]
    right = [
        "The Copper Kettle serves lunch",
        "from 11 a.m. to 3 p.m. and",
        "dinner from 5 p.m. to 9 p.m.",
        "Reservations are required.",
    ]
    rows = [(x, 740 - 14 * at, text) for at in range(4) for x, text in ((50, left[at]), (320, right[at]))]
    body = _pdf((50, 800, "Uphill Travel Policy"), (320, 762, "Dining"), (50, 762, "Uphill rules"), *rows)
    reading = read(body, source="-", content_type="application/pdf")
    assert [str(window) for window in reading.policy.windows] == ["05:00-08:30"]
    assert (reading.policy.pass_required, reading.policy.dogs) == ("always", "prohibited")
    assert reading.policy.check_in == "unknown"


def test_a_pdf_with_a_table_is_read_row_by_row():
    body = _pdf(
        (50, 800, "Uphill Travel Policy"),
        (50, 780, "Uphill travel is allowed as follows."),
        (50, 750, "Dogs"), (250, 750, "Not allowed"),
        (50, 736, "Uphill pass required"), (250, 736, "Yes"),
    )  # fmt: skip
    reading = read(body, source="-", content_type="application/pdf")
    assert reading.policy.dogs == "prohibited"


def test_quotes_stand_where_they_say_in_a_pdf():
    body = _pdf(
        (50, 800, "Uphill Policy"),
        (50, 760, "Uphill travel is allowed. Dogs are not al-"),
        (50, 748, "lowed."),
    )
    text = parse_page(body).text
    for quotes in read(body, source="-").evidence.values():
        assert all(text[quote.start : quote.end] == quote.quote for quote in quotes)

"""What the hostile sites serve: pages, bombs, and text that is meant to do harm."""

import base64
import gzip
import io
import itertools
import zlib

import brotli

POLICY = b"""<!doctype html><html lang="en"><title>Uphill Policy</title><body><h1>Uphill Access Policy</h1>
<p>Uphill travel is allowed before 8:30 am and after 4:30 pm. Uphill travel is prohibited during lift operations.</p>
<p>An uphill pass is required at all times. The season uphill pass costs $49. Skinners must sign a waiver.</p>
<p>Dogs are not allowed. Headlamps are required in the dark. Stay on the designated uphill route.</p>
<p>Call the uphill hotline at 970-555-0142.</p></body></html>"""
HOME = b"""<!doctype html><html lang="en"><title>Resort</title><body><h1>Welcome</h1>
<ul><li><a href="/uphill">Uphill policy</a></li></ul></body></html>"""
BARE_HOME = b"""<!doctype html><html lang="en"><title>Resort</title><body><h1>Welcome</h1>
<p>Fresh snow on all of our runs.</p></body></html>"""

CAPTCHA = b"""<!doctype html><html lang="en"><title>Just a moment...</title><body><h1>r.example</h1>
<p>Verifying you are human. This may take a few seconds.</p><script>window._cf_chl_opt={}</script></body></html>"""
DENIED = b"""<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>
You don't have permission to access "http://r.example/uphill" on this server.<p>Reference #18.2f</p></body></html>"""
FOR_SALE = b"""<html lang="de"><title>r.example</title><body><h1>Diese Domain steht zum Verkauf!</h1>
<p>Uphill, Skipass, Tourengehen: jetzt anfragen.</p></body></html>"""
DEFAULT = b"""<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and working.</p></body></html>"""

STEERING = (
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\ \x1b[2J\x1b[31m \u009b1m "
    "\u202egnp.exe\u202c \u2066x\u2069"
)
"""Clears the screen, makes a link, turns the reading direction."""
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>{{8*109}}"


def escapes() -> bytes:
    """The policy, its every sentence and link written against who shows it."""
    shown = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    buy = f"https://pass.example/uphill-pass/{STEERING}<script>alert(1)</script>"
    links = f"""<p><a href="{buy}">Buy your uphill pass</a> <a href="javascript:alert(1)">Sign the uphill waiver</a>
<a href="data:text/html,x">Uphill status</a></p></body>"""
    told = POLICY.decode().replace("Uphill travel is", f"Uphill {STEERING} travel is {STEERING}")
    return (
        told.replace(".</p>", f" {shown}.</p>")
        .replace("</body>", links)
        .replace("</h1>", f" {STEERING}</h1>")
        .encode()
    )


def traps_in_links() -> bytes:
    """A home page whose links to the policy lead nowhere that is asked for."""
    hrefs = (
        "javascript:uphill()",
        "data:text/html,<h1>Uphill policy</h1>",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://user:secret@127.0.0.1/uphill",
        "ftp://r.example/uphill",
        "//169.254.169.254/uphill",
        "http://[uphill",
    )
    links = "".join(f'<li><a href="{href}">Uphill policy</a></li>' for href in hrefs)
    return f"<!doctype html><html lang='en'><body><h1>Welcome</h1><ul>{links}</ul></body></html>".encode()


_NOTHING = bytes(8_000_000)


def deflate_bomb() -> bytes:
    return zlib.compress(_NOTHING)


def zstd_bomb() -> bytes:
    """By the library that Scrapy unpacks it with, whose place depends on the version of Python."""
    try:
        from compression import zstd
    except ImportError:
        from backports import zstd

    return zstd.compress(_NOTHING, 1)


def gzip_bomb() -> bytes:
    return gzip.compress(_NOTHING)


def brotli_bomb() -> bytes:
    return brotli.compress(_NOTHING, quality=1)


def wrapped(times: int) -> bytes:
    body = POLICY
    for _ in range(times):
        body = gzip.compress(body)
    return body


def nested(times: int = 190_000) -> bytes:
    return b"<html><body>" + b"<div>" * times + b"<p>Uphill travel is allowed.</p>"


def attributes() -> bytes:
    told = b" ".join(b"a%d=1" % number for number in range(60_000))
    return b"<html><body><p " + told + b">Uphill travel is allowed.</p>"


def long_policy() -> bytes:
    """A megabyte, its rules at the start."""
    more = (b"<p>Our lodge number %d serves soup and bread from ten to three.</p>" % n for n in range(14_000))
    return POLICY.replace(b"</body>", b"".join(more) + b"</body>")


def endless_links(path: str) -> bytes:
    """Each page leads to ten new ones, all of them promising."""
    links = "".join(
        f'<li><a href="{path.rstrip("/")}/safety-{n}">Mountain safety and policies {n}</a></li>'
        for n in range(10)
    )
    return f"<!doctype html><html lang='en'><body><h1>Safety</h1><ul>{links}</ul></body></html>".encode()


def calendar(path: str) -> bytes:
    month = int(path.partition("month=")[2] or 0)
    links = "".join(
        f'<li><a href="/calendar?month={month + n}">Uphill events, month {month + n}</a></li>'
        for n in (1, 2, -1)
    )
    return (
        f"<!doctype html><html lang='en'><body><h1>Month {month}</h1><ul>{links}</ul></body></html>".encode()
    )


def sitemap_index(origin: str, path: str) -> bytes:
    """Each index leads to five further ones."""
    nested = "".join(f"<sitemap><loc>{origin}{path}-{n}</loc></sitemap>" for n in range(5))
    return f"<sitemapindex>{nested}</sitemapindex>".encode()


XXE = b"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<urlset><url><loc>http://r.example/uphill?&x;</loc></url><url><loc>&c;</loc></url></urlset>"""


def sitemap_bomb() -> bytes:
    """50 MB of sitemap in half a megabyte of gzip."""
    return gzip.compress(b"<urlset>" + b"<url><x/></url>" * 3_400_000, 1)


def huge_robots() -> bytes:
    """900 kB; what forbids stands at its start."""
    return b"User-agent: *\nDisallow: /uphill\n" + b"# of no use\n" * 75_000


def pdf(*contents: bytes, pages: int = 1) -> bytes:
    """A PDF whose every page draws the first of ``contents``; the others are objects 6 and on."""
    kids = b" ".join(itertools.repeat(b"5 0 R", pages))
    page = b"/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</A 6 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        contents[0],
        b"<</Type/Page/Parent 2 0 R%s>>" % page,
        *contents[1:],
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return out.getvalue()


def pdf_stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


PDF_LINE = b"BT /F1 12 Tf 50 700 Td (Soup of the day.) Tj ET\n"


def pdf_of_spaces() -> bytes:
    """Forty pages of 12 MB each, in 12 kB."""
    return pdf(pdf_stream(b" " * 12_000_000), pages=40)


def pdf_of_forms() -> bytes:
    """A form that draws ten forms, each of which draws ten, nine deep: a thousand million lines."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    deeper = [
        pdf_stream(b"/A Do " * 10, form + b"/Resources<</XObject<</A %d 0 R>>>>" % (7 + n)) for n in range(9)
    ]
    last = pdf_stream(PDF_LINE, form + b"/Resources<</Font<</F1 3 0 R>>>>")
    return pdf(pdf_stream(b"/A Do " * 10), *deeper, last)


def data_url() -> str:
    return "data:text/html;base64," + base64.b64encode(POLICY).decode()

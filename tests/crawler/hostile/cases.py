"""The hostile web as a table: what each site does once it turns, and how a visit of it has to end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.crawler.hostile import pages
from tests.crawler.hostile.web import Answer, Exchange, missing
from uphill.outcomes import Outcome

LARGE = "larger than the limit"
LATE = "no answer in time"
LOST = "no connection"
NO_TLS = "no trusted TLS connection"
PRIVATE = "http://10.0.0.1/uphill"
METADATA = "http://169.254.169.254/latest/meta-data/uphill"


@dataclass(frozen=True)
class Case:
    """``does``: answers by path, ``"*"`` for every other; home and policy page stay as they were elsewhere.

    ``reason`` stands in what is recorded. ``host``: the site is known by this name, which turns to ``leads_to``.
    ``website``: the site's address is written so in the catalogue by then.
    """

    slug: str
    outcome: Outcome
    reason: str
    does: Mapping[str, Answer] = field(default_factory=dict)
    host: str = ""
    leads_to: str = ""
    website: str = ""
    tls: str = ""

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {"/": page(pages.HOME), "/uphill": page(pages.POLICY), **self.does}


def page(
    body: bytes | Callable[[], bytes], status: str = "200 OK", kind: str = "text/html", **headers: str
) -> Answer:
    """A body that is costly to make is made when it is asked for."""
    return lambda exchange: exchange.reply(
        body if isinstance(body, bytes) else body(), status, kind, **headers
    )


def packed(body: bytes | Callable[[], bytes], *encodings: str) -> Answer:
    return page(body, Content_Encoding=", ".join(encodings))


def raw(*data: bytes) -> Answer:
    """These bytes, and the connection closed."""

    def answer(exchange: Exchange) -> None:
        for part in data:
            exchange.send(part)

    return answer


def dripping(start: bytes, drop: bytes) -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.send(start)
        exchange.endless(drop, 0.2)

    return answer


def flood(start: bytes, wave: bytes) -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.send(start)
        exchange.endless(wave)

    return answer


def reset(start: bytes = b"") -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.send(start)
        exchange.reset()

    return answer


def to(location: str, status: str = "302 Found") -> Answer:
    return lambda exchange: exchange.reply(
        b"", status, Location=location.replace("ORIGIN", exchange.origin.partition("//")[2])
    )


def onward(exchange: Exchange) -> None:
    exchange.reply(b"", "302 Found", Location=f"/uphill{len(exchange.path)}{'x' * len(exchange.path)}")


def made(body: Callable[[str], bytes]) -> Answer:
    return lambda exchange: exchange.reply(body(exchange.path))


def index(exchange: Exchange) -> None:
    exchange.reply(pages.sitemap_index(exchange.origin, exchange.path), kind="application/xml")


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"10000\r\n" + b"Uphill! " * 8192 + b"\r\n"
LATER = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)
GONE: dict[str, Answer] = {"/": page(pages.BARE_HOME), "/uphill": missing}
"""The policy page is gone, so that the visit looks around."""


def at_policy(answer: Answer) -> dict[str, Answer]:
    return {"/uphill": answer}


def robots(answer: Answer) -> dict[str, Answer]:
    return {"/robots.txt": answer}


def cases() -> tuple[Case, ...]:
    return (*_transport(), *_packed(), *_pages(), *_addresses(), *_robots(), *_discovery(), *_imposters())


def _transport() -> Iterator[Case]:
    at, out = at_policy, Outcome
    yield Case("slow-headers", out.TIMEOUT, LATE, at(dripping(OK, b"X-A: b\r\n")))
    yield Case(
        "slow-body",
        out.TIMEOUT,
        LATE,
        at(dripping(OK + b"Content-Length: 9999\r\n\r\n", b"<")),
    )
    yield Case("silent", out.TIMEOUT, LATE, at(dripping(b"", b"")))
    yield Case("endless-chunks", out.TOO_LARGE, LARGE, at(flood(CHUNKED, CHUNK)))
    yield Case("endless-body", out.TOO_LARGE, LARGE, at(flood(OK + b"\r\n", b"Uphill! " * 9999)))
    yield Case(
        "announced-huge",
        out.TOO_LARGE,
        LARGE,
        at(raw(OK + b"Content-Length: 99999999999\r\n\r\n<")),
    )
    yield Case("header-flood", out.TOO_LARGE, LARGE, at(flood(OK, b"X-Flood: uphill\r\n" * 500)))
    yield Case(
        "header-line",
        out.CONNECTION,
        LOST,
        at(raw(OK, b"X-Long: ", b"a" * 900_000, b"\r\n\r\n<p>")),
    )
    provisional = b"HTTP/1.1 100 Continue\r\n\r\n" * 500
    yield Case(
        "provisional-flood",
        out.TOO_LARGE,
        LARGE,
        at(flood(b"", provisional)),
    )
    cookies = b"".join(b"Set-Cookie: c%d=uphill; Path=/\r\n" % n for n in range(4000))
    yield Case(
        "cookie-flood",
        out.POLICY,
        "/uphill",
        at(raw(OK, cookies, b"Connection: close\r\n\r\n", pages.POLICY)),
    )
    yield Case(
        "truncated",
        out.CONNECTION,
        LOST,
        at(raw(OK + b"Content-Length: 9999\r\n\r\n", pages.POLICY)),
    )
    yield Case("truncated-chunks", out.CONNECTION, LOST, at(raw(CHUNKED, CHUNK[:500])))
    yield Case("reset", out.CONNECTION, LOST, at(reset()))
    yield Case("reset-in-body", out.CONNECTION, LOST, at(reset(OK + b"Content-Length: 9999\r\n\r\n<p>")))
    yield Case("no-http", out.CONNECTION, LOST, at(raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")))
    yield Case("bad-chunks", out.CONNECTION, LOST, at(raw(CHUNKED, b"zz\r\n<p>\r\n0\r\n\r\n")))
    yield Case("self-signed", out.CONNECTION, NO_TLS, tls="self-signed")
    yield Case("other-name", out.CONNECTION, NO_TLS, tls="other-name")
    yield Case("no-tls", out.CONNECTION, NO_TLS, tls="none")
    yield Case("good-tls", out.POLICY, "/uphill", tls="good")
    yield Case(
        "busy",
        out.HTTP_STATUS,
        "HTTP 429",
        at(page(b"<p>Later.</p>", "429 Too Many Requests", Retry_After="7200")),
    )
    yield Case(
        "busy-until",
        out.HTTP_STATUS,
        "HTTP 503",
        at(page(b"<p>Later.</p>", "503 Service Unavailable", Retry_After=LATER)),
    )


def _packed() -> Iterator[Case]:
    at, out = at_policy, Outcome
    yield Case("gzip-bomb", out.TOO_LARGE, LARGE, at(packed(pages.gzip_bomb, "gzip")))
    yield Case("brotli-bomb", out.TOO_LARGE, LARGE, at(packed(pages.brotli_bomb, "br")))
    yield Case("deflate-bomb", out.TOO_LARGE, LARGE, at(packed(pages.deflate_bomb, "deflate")))
    yield Case("zstd-bomb", out.TOO_LARGE, LARGE, at(packed(pages.zstd_bomb, "zstd")))
    yield Case(
        "layers",
        out.TOO_LARGE,
        LARGE,
        at(packed(lambda: pages.wrapped(40), *["gzip"] * 40)),
    )
    yield Case("no-gzip", out.UNREADABLE, "can't be fetched", at(packed(pages.POLICY, "gzip")))
    yield Case("no-brotli", out.UNREADABLE, "can't be fetched", at(packed(pages.POLICY, "br")))
    yield Case("no-zstd", out.UNREADABLE, "can't be fetched", at(packed(pages.POLICY, "zstd")))
    yield Case(
        "pdf-of-spaces", out.UNREADABLE, "no text in", at(page(pages.pdf_of_spaces, kind="application/pdf"))
    )
    yield Case(
        "pdf-of-forms", out.NO_POLICY, "no policy", at(page(pages.pdf_of_forms, kind="application/pdf"))
    )


def _pages() -> Iterator[Case]:
    at, out = at_policy, Outcome
    yield Case("nested-tags", out.TOO_LARGE, "more than 150000 elements", at(page(pages.nested)))
    yield Case("attributes", out.TOO_LARGE, "more than 1000 attributes", at(page(pages.attributes)))
    yield Case("long-policy", out.POLICY, "/uphill", at(page(pages.long_policy)))
    yield Case("wrong-type", out.NOT_HTML, "image/png", at(page(pages.POLICY, kind="image/png")))
    yield Case("steering-type", out.NOT_HTML, "text/\ufffd[2j", at(page(pages.POLICY, kind="text/\x1b[2J")))
    yield Case(
        "no-charset", out.POLICY, "/uphill", at(page(pages.POLICY, kind="text/html; charset=x-\x1b[2J"))
    )
    yield Case(
        "wrong-charset",
        out.POLICY,
        "/uphill",
        at(page(pages.POLICY + "Spaß".encode("latin-1"), kind="text/html; charset=utf-8")),
    )
    yield Case("binary", out.NO_POLICY, "no policy", at(page(bytes(range(256)) * 400)))
    yield Case("escapes", out.POLICY, "/uphill", at(page(pages.escapes)))


def _addresses() -> Iterator[Case]:
    at, unsafe = at_policy, Outcome.UNSAFE
    refresh = f'<meta http-equiv="refresh" content="0; url={METADATA}">'.encode()
    yield Case(
        "to-private", unsafe, "is not followed: the address belongs to no public network", at(to(PRIVATE))
    )
    yield Case("to-link-local", unsafe, "is not followed", at(to(METADATA, "307 Temporary Redirect")))
    yield Case("to-mapped", unsafe, "is not followed", at(to("http://[::ffff:10.0.0.1]/uphill")))
    yield Case("to-nat64", unsafe, "is not followed", at(to("http://[64:ff9b::a00:1]/uphill")))
    yield Case("to-decimal", unsafe, "is not followed", at(to("http://167772161/uphill")))
    yield Case("to-file", unsafe, "only http and https", at(to("file:///etc/passwd")))
    yield Case("to-ftp", unsafe, "only http and https", at(to("ftp://r.example/uphill")))
    yield Case("to-script", unsafe, "only http and https", at(to("javascript:alert(1)")))
    yield Case("to-data", unsafe, "only http and https", at(to(pages.data_url())))
    yield Case(
        "to-credentials", unsafe, "a user name or a password", at(to("http://user:secret@ORIGIN/uphill2"))
    )
    yield Case("to-port", unsafe, "port 25 is no port of a public site", at(to("http://8.8.8.8:25/uphill")))
    yield Case(
        "to-steering", Outcome.REDIRECT, "redirects away from the site", at(to("http://r.example/\x1b[2J"))
    )
    yield Case("refreshed", unsafe, "is not followed", at(page(refresh)))
    yield Case("home-to-private", unsafe, "is not followed", {"/": to(PRIVATE), "/uphill": missing})
    yield Case(
        "to-name", unsafe, "leads to 10.255.254.2", {"/": to("http://inside.example/"), "/uphill": missing}
    )
    yield Case("loop", Outcome.REDIRECT, "more than 5 redirects", at(to("/uphill")))
    yield Case("chain", Outcome.REDIRECT, "more than 5 redirects", {"*": onward, "/uphill": onward})
    yield Case("rebound", unsafe, "leads to 10.255.254.1", host="rebound.example", leads_to="10.255.254.1")
    yield Case(
        "metadata", unsafe, "leads to 169.254.169.254", host="metadata.example", leads_to="169.254.169.254"
    )
    yield Case("shared", unsafe, "leads to 100.64.0.1", host="shared.example", leads_to="100.64.0.1")
    yield Case(
        "private-site", unsafe, "belongs to no public network", at(missing), website="http://192.168.1.1/"
    )
    yield Case(
        "octal-site", unsafe, "belongs to no public network", at(missing), website="http://0300.0250.1.1/"
    )
    yield Case(
        "credentials-site",
        unsafe,
        "a user name or a password",
        at(missing),
        website="http://admin:admin@127.0.0.1/",
    )


def _robots() -> Iterator[Case]:
    out = Outcome
    no_rules = "without its rules nothing is asked"
    yield Case("robots-500", out.HTTP_STATUS, no_rules, robots(page(b"", "500 Internal Server Error")))
    yield Case(
        "robots-busy",
        out.HTTP_STATUS,
        "HTTP 429 at",
        robots(page(b"", "429 Too Many", Retry_After="7200")),
    )
    yield Case(
        "robots-slow", out.TIMEOUT, no_rules, robots(dripping(OK + b"Content-Length: 999\r\n\r\n", b"#"))
    )
    yield Case("robots-endless", out.TOO_LARGE, no_rules, robots(flood(OK + b"\r\n", b"# Uphill! " * 999)))
    yield Case("robots-bomb", out.TOO_LARGE, no_rules, robots(packed(pages.gzip_bomb, "gzip")))
    yield Case(
        "robots-huge", out.ROBOTS, "robots.txt forbids", robots(page(pages.huge_robots, kind="text/plain"))
    )
    yield Case("robots-private", out.UNSAFE, no_rules, robots(to(METADATA)))
    yield Case("robots-reset", out.CONNECTION, no_rules, robots(reset()))
    yield Case(
        "robots-html",
        out.POLICY,
        "/uphill",
        robots(page(b"<html><pre>User-agent: *\nDisallow: /\n</pre></html>")),
    )
    yield Case("robots-loop", out.POLICY, "/uphill", robots(to("/robots.txt")))
    yield Case("robots-missing", out.POLICY, "/uphill", robots(missing))
    delays = b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -1\nDisallow: /a*b*c*d*e*f*g*h*i*j$\n"
    yield Case("robots-odd", out.POLICY, "/uphill", robots(page(delays, kind="text/plain")))


def _discovery() -> Iterator[Case]:
    none, out = "no policy on", Outcome.NO_POLICY
    yield Case(
        "endless-links",
        out,
        "no policy on 11 pages read",
        {"/uphill": missing, "*": made(pages.endless_links), "/": made(pages.endless_links)},
    )
    months = made(pages.calendar)
    yield Case("calendar", out, none, {"/uphill": missing, "*": months, "/": months})
    yield Case("odd-links", out, none, {**GONE, "/": page(pages.traps_in_links())})
    yield Case("nested-sitemaps", out, none, {**GONE, "*": index, "/robots.txt": missing})
    yield Case("xxe", out, none, {**GONE, "/sitemap.xml": page(pages.XXE, kind="application/xml")})
    yield Case(
        "sitemap-bomb", out, none, {**GONE, "/sitemap.xml": page(pages.sitemap_bomb, kind="application/gzip")}
    )
    yield Case(
        "sitemap-endless",
        out,
        none,
        {**GONE, "/sitemap.xml": flood(OK + b"\r\n", b"<url><loc>http://a/</loc></url>" * 999)},
    )
    yield Case("sitemap-private", out, none, {**GONE, "/sitemap.xml": to(METADATA)})


def _imposters() -> Iterator[Case]:
    at, out = at_policy, Outcome
    yield Case(
        "captcha",
        out.BLOCKED,
        "a captcha or a refusal",
        {"/": page(pages.CAPTCHA), **at(page(pages.CAPTCHA))},
    )
    yield Case("denied", out.BLOCKED, "a captcha or a refusal", at(page(pages.DENIED)))
    yield Case(
        "denied-403",
        out.BLOCKED,
        "a captcha or a refusal (HTTP 403)",
        at(page(pages.DENIED, "403 Forbidden")),
    )
    yield Case(
        "challenge",
        out.BLOCKED,
        "(HTTP 403)",
        at(page(b"<p>?</p>", "403 Forbidden", cf_mitigated="challenge")),
    )
    yield Case(
        "plain-403",
        out.HTTP_STATUS,
        "HTTP 403",
        at(page(b"<p>Members of the club only.</p>", "403 Forbidden")),
    )
    yield Case(
        "for-sale", out.PARKED, "for sale, parked", {"/": page(pages.FOR_SALE), **at(page(pages.FOR_SALE))}
    )
    yield Case(
        "default-page", out.PARKED, "for sale, parked", {"/": page(pages.DEFAULT), **at(page(pages.DEFAULT))}
    )

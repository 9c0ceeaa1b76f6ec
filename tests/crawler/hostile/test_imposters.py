"""Pages in a site's place are told from its own; and its own, however they speak of access, from them."""

import pytest

from crawler.extract import parse_page
from crawler.imposters import imposter
from tests.crawler.hostile import pages
from uphill.outcomes import Outcome


def html(title: str = "", text: str = "", more: str = "") -> bytes:
    return f"<!doctype html><html><title>{title}</title><body><p>{text}</p>{more}</body></html>".encode()


def told(body: bytes, url: str = "http://r.example/uphill") -> Outcome | None:
    return imposter(parse_page(body, content_type="text/html", url=url), body)


@pytest.mark.parametrize(
    "body",
    [
        pages.CAPTCHA,
        pages.DENIED,
        html("Just a moment..."),
        html("Attention Required! | Cloudflare", "Sorry"),
        html("Pardon Our Interruption", "As you were browsing something about your browser made us think"),
        html("r.example", "Request unsuccessful. Incapsula incident ID: 877000"),
        html("r.example", "Please verify you are a human to go on"),
        html("r.example", "Our systems have detected unusual traffic from your computer network."),
        html("Zugriff verweigert", "Ihre Anfrage wurde abgelehnt."),
        html("r.example", "Bitte bestätigen Sie, dass Sie ein Mensch sind."),
        html("Accès refusé", "Vous n’avez pas accès."),
        html("r.example", "Confirmez que vous n’êtes pas un robot"),
        html("Accesso negato", ""),
        html("", "", '<script src="https://ct.captcha-delivery.com/c.js"></script>'),
        html("", "", "<script>window._cf_chl_opt={cRay:'1'}</script>"),
        html("Error 403", "<h1>403 Forbidden</h1>"),
        b"<html><body><h1>Access denied</h1><p>Error 15: this request was blocked by the security service",
    ],
)
def test_walls(body):
    assert told(body) is Outcome.BLOCKED


@pytest.mark.parametrize(
    "body",
    [
        pages.FOR_SALE,
        pages.DEFAULT,
        html("r.example", "This domain is for sale! Make an offer."),
        html("r.example", "This Web page is parked FREE, courtesy of GoDaddy"),
        html("r.example is parked", "", '<script src="https://img.sedoparking.com/x.js"></script>'),
        html("Apache2 Ubuntu Default Page: It works", "It works!"),
        html("Index of /", "uphill.pdf"),
        html("Account Suspended", "Contact your hosting provider"),
        html("r.example", "Ce nom de domaine est à vendre"),
        html("r.example", "Questo dominio è in vendita"),
        html("r.example", "Hier entsteht eine neue Internetpräsenz"),
    ],
)
def test_parked(body):
    assert told(body) is Outcome.PARKED


def test_where_a_redirect_led():
    assert told(pages.POLICY, "https://www.hugedomains.com/domain_profile.cfm?d=r.example") is Outcome.PARKED
    assert told(pages.POLICY, "https://nothugedomains.com/") is None


@pytest.mark.parametrize(
    "body",
    [
        pages.POLICY,
        html(
            "Uphill access",
            "Access to the Summit run is denied after 4 pm. Skinners without a pass are denied access.",
        ),
        html(
            "Access",
            "You do not have permission to access closed terrain; the patrol may deny access at any time.",
        ),
        html("Forbidden terrain", "Uphill travel is forbidden on the race course."),
        html("Security and patrol", "Uphill travel is allowed. Check in with security."),
        html(
            "Uphill",
            "Uphill travel is allowed.",
            '<script src="https://www.google.com/recaptcha/api.js"></script>',
        ),
        html("Uphill", "Uphill travel is allowed.", "<script>window.__CF$cv$params={}</script>"),
        html(
            "Uphill", "Park in lot B. Parked cars are towed at 9 am. Season passes are for sale at the desk."
        ),
        html("Kontakt", "Skitouren erlaubt. Ich bin ein Mensch der Berge."),
        html("Uphill", "Uphill travel is allowed. " * 100 + "Please verify you are a human"),
        b"",
    ],
)
def test_pages_of_the_sites_own(body):
    assert told(body) is None

"""Pages asked for on the command line: they pass the guard of a crawl, at every hop."""

import socket
import urllib.request

import pytest

from crawler.demo.server import DemoWeb, Document, Site
from crawler.one_page import CannotDownload, download

PAGE = b"<html><h1>Uphill</h1></html>"


def fetched(url, *, allow_loopback=False):
    return download(url, user_agent="test", most_bytes=1000, timeout=5, allow_loopback=allow_loopback)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setattr(urllib.request, "getproxies", dict)


@pytest.fixture
def web():
    pages = {"/": Document(PAGE), "/large": Document(b"x" * 1001)}
    moved = {"/old": "/", "/inside": "http://10.0.0.1/admin"}
    with DemoWeb.of([Site("r", pages, redirects=moved)]) as web:
        yield web


def test_a_page_and_where_redirects_led_to(web):
    found = fetched(web.url("r", "/old#rules"), allow_loopback=True)
    assert (found.body, found.url) == (PAGE, web.url("r", "/#rules"))
    assert found.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://u:p@r.example/",
    ],
)
def test_private_addresses_are_not_asked_for(url):
    with pytest.raises(CannotDownload, match="is not asked for: "):
        fetched(url)


def test_who_asks_this_machine_is_told_how_to_allow_it(web):
    with pytest.raises(CannotDownload, match="UPHILL_ALLOW_LOOPBACK=true"):
        fetched(web.url("r"))
    assert len(web.requests) == 0


def test_no_redirect_leads_inside(web):
    with pytest.raises(CannotDownload, match=r"redirects to http://10\.0\.0\.1/admin"):
        fetched(web.url("r", "/inside"), allow_loopback=True)


def test_a_public_name_of_a_private_address_is_not_connected_to(monkeypatch):
    def inside(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    with pytest.raises(CannotDownload, match=r"leads to 192\.168\.1\.1, port 80"):
        fetched("http://public.example/")


def test_too_much_is_told(web):
    with pytest.raises(CannotDownload, match="is larger than"):
        fetched(web.url("r", "/large"), allow_loopback=True)

import socket

import pytest

from uphill.sites import same_site, site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.resort.example.com/a", "example.com"),
        ("http://ski.resort.co.uk", "resort.co.uk"),
        ("https://hill.wixsite.com/home", "hill.wixsite.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("http://[::1]:8/", "::1:8"),
        ("http://localhost:99/", "localhost:99"),
        ("http://localhost/", "localhost"),
        ("ftp://example.com/", ""),
        ("http://example.com:port/", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_site_of(url: str, site: str):
    assert site_of(url) == site


def test_nothing_is_the_same_site_as_no_site():
    assert not same_site("nonsense", "rubbish")
    assert same_site("http://example.com", "https://shop.example.com/x")
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")


def test_the_suffix_list_comes_with_the_package(monkeypatch: pytest.MonkeyPatch):
    from uphill import sites

    def refuse(*args: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    sites._suffixes.cache_clear()
    assert site_of("https://a.b.gov.uk/") == "b.gov.uk"

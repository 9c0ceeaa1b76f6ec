"""Which URLs and addresses may be asked for; and that no connection goes by any other door."""

import pytest
from scrapy import Request

from crawler.addresses import PORTS, UnsafeAddress, permitted, refuse
from crawler.guard import GuardedRequests, guard_connections

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
]
LOOPBACK = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
PRIVATE = [
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",  # private networks
    "169.254.169.254", "fe80::1", "fe80::1%eth0",  # link-local, with the metadata of clouds
    "100.64.0.1", "100.127.255.255",  # behind a carrier's translation
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.255.255.250", "ff02::1", "240.0.0.1",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "2001:db8::1",
    "fc00::1", "fd12:3456::1", "fec0::1", "::", "::10.0.0.1", "100::1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:1::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_at_the_ports_of_sites(address):
    assert all(permitted(address, port) for port in PORTS)
    assert not any(permitted(address, port) for port in (0, 21, 22, 25, 3306, 5432, 6379, 8000, 65535))
    assert not permitted(address, 25, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_loopback_only_where_it_is_allowed(address):
    assert not permitted(address, 80)
    assert permitted(address, 80, allow_loopback=True)
    assert permitted(address, 5432, allow_loopback=True)


@pytest.mark.parametrize("address", [*PRIVATE, "localhost", "r.example", "", "127.1", "0x7f000001"])
def test_never(address):
    assert not permitted(address, 80)
    assert not permitted(address, 80, allow_loopback=True)


@pytest.mark.parametrize(
    "host",
    ["10.1", "0x0a000001", "167772161", "012.0.0.1", "10.0.0.1.", "１０.0.0.1", "[::ffff:a00:1]", "[fe80::1%25eth0]",
     "0xA9FEA9FE", "[64:ff9b::a9fe:a9fe]"],
)  # fmt: skip
def test_addresses_in_every_notation(host):
    for allowed in (False, True):
        assert refuse(f"http://{host}/", allow_loopback=allowed) == "the address belongs to no public network"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "localhost", "a.localhost", "db"]
)
def test_this_machine_in_every_notation(host):
    assert refuse(f"http://{host}/") is not None
    assert refuse(f"http://{host}:5000/", allow_loopback=True) is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://r.example/", "only http"),
        ("file:///etc/passwd", "only http"),
        ("javascript:alert(1)", "only http"),
        ("data:text/html,x", "only http"),
        ("gopher://r.example:70/", "only http"),
        ("uphill", "only http"),
        ("http://user@r.example/", "a user name"),
        ("http://user:secret@r.example/", "a user name"),
        ("http://r.example\\@10.0.0.1/", "a user name"),
        ("http://r.example:22/", "port 22"),
        ("https://r.example:3000/", "port 3000"),
        ("http://r.example:0/", "port 0"),
        ("http:///uphill", "no host"),
        (f"http://{'a' * 300}.example/", "no host"),
        (f"http://r.example/{'a' * 2000}", "longer than 2000"),
        ("http://[r.example/", "no URL"),
        ("http://r.example:99999/", "no URL"),
        ("http://printer.local/", "private network"),
        ("http://metadata.google.internal/", "private network"),
        ("http://router/", "private network"),
    ],
)
def test_why_a_url_is_refused(url, why):
    told = refuse(url)
    assert told is not None
    assert why in told


@pytest.mark.parametrize(
    "url",
    [
        "http://r.example/",
        "HTTPS://R.Example:443/a?b#c",
        "http://r.example:8080/",
        "https://8.8.8.8:8443/",
        "http://fee.de/",
    ],
)
def test_what_passes(url):
    assert refuse(url) is None


class _Reactor:
    def __init__(self) -> None:
        self.connected: list[tuple[str, int]] = []

    def connectTCP(self, host, port, *_, **__):  # noqa: N802
        self.connected.append((host, port))
        return "connector"


def test_the_last_door_opens_for_what_is_permitted_alone():
    reactor = _Reactor()
    guard_connections(reactor, permitted)
    assert reactor.connectTCP("8.8.8.8", 443, None, timeout=3) == "connector"
    for host, port in (("10.0.0.1", 80), ("r.example", 80), ("8.8.8.8", 22), ("::ffff:10.0.0.1", 80)):
        with pytest.raises(UnsafeAddress, match=f"leads to {host}, port {port}"):
            reactor.connectTCP(host, port, None)
    assert reactor.connected == [("8.8.8.8", 443)]


def test_urls_are_judged_before_anything_else_is_done_with_them():
    guard = GuardedRequests(allow_loopback=False)
    guard.process_request(Request("https://r.example/uphill"))
    with pytest.raises(UnsafeAddress, match="private network"):
        guard.process_request(Request("http://localhost/uphill"))

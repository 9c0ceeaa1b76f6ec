import contextlib
import dataclasses
import gzip
import http.client
import socket
import struct
import threading
import time
from urllib.parse import urlsplit

import pytest

from crawler.demo import server
from crawler.demo.server import DemoWeb, Document, Site


def small(slug: str, **options) -> Site:
    return Site(slug, {"/": Document(f"<h1>{slug}</h1>".encode())}, **options)


def test_each_site_is_a_host_of_its_own(web):
    if not server._can_bind("127.0.1.1"):
        pytest.skip("the platform has one loopback address")
    hosts = [urlsplit(origin).hostname for origin in web.origins.values()]
    assert len(set(hosts)) == len(hosts) == 27


def test_where_there_is_one_address_each_site_has_a_port_of_its_own(monkeypatch, fetch):
    monkeypatch.setattr(server, "_can_bind", lambda _host: False)
    with DemoWeb.of([small("one"), small("two")]) as web:
        assert {urlsplit(origin).hostname for origin in web.origins.values()} == {"127.0.0.1"}
        assert [fetch(web.url(slug)).body for slug in ("one", "two")] == [b"<h1>one</h1>", b"<h1>two</h1>"]


def test_more_sites_than_one_net_has_addresses():
    assert [server._address(n) for n in (0, 249, 250)] == ["127.0.1.1", "127.0.1.250", "127.0.2.1"]


def test_a_taken_port_is_an_os_error():
    with DemoWeb.of([small("one")]) as web:
        port = urlsplit(web.origins["one"]).port
        with pytest.raises(OSError, match="in use"), DemoWeb.of([small("one"), small("two")], port=port):
            pass


def test_the_port_asked_for_is_used_and_free_again_afterwards(fetch):
    with DemoWeb.of([small("one")]) as web:
        port = urlsplit(web.origins["one"]).port
    with DemoWeb.of([small("one")], port=port) as web:
        assert urlsplit(web.origins["one"]).port == port
        assert fetch(web.url("one")).status == 200


def test_slugs_are_unique():
    with pytest.raises(ValueError, match="same slug"):
        DemoWeb.of([small("one"), small("one")])


def test_head_is_get_without_the_body(web, fetch):
    url = web.url("vesper-mountain", "/buy")
    got, head = fetch(url), fetch(url, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.body))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_requests_are_logged_with_host_path_headers_status_and_time(fetch):
    with DemoWeb.of([small("one")]) as web:
        before = time.monotonic()
        fetch(web.url("one", "/?page=2"), user_agent="a crawler")
        fetch(web.url("one", "/nowhere"))
        first, second = web.requests
        assert (first.slug, first.host) == ("one", urlsplit(web.origins["one"]).netloc)
        assert (first.method, first.path, first.status) == ("GET", "/?page=2", 200)
        assert first.headers["user-agent"] == "a crawler"
        assert before <= first.time <= second.time <= time.monotonic()
        assert web.requests.of("one", "/nowhere") == (second,)
        assert web.requests.unforeseen() == (second,)
        web.requests.clear()
        assert len(web.requests) == 0


def test_what_crawlers_ask_for_anyhow_is_not_unforeseen(fetch):
    with DemoWeb.of([small("one")]) as web:
        assert [fetch(web.url("one", path)).status for path in ("/robots.txt", "/sitemap.xml")] == [404, 404]
        assert web.requests.unforeseen() == ()


def test_a_slow_site_blocks_no_other_and_ends_with_the_web(fetch):
    def ask():
        # What it is answered in the end, if anything, is a matter of luck.
        with contextlib.suppress(OSError, http.client.HTTPException):
            fetch(web.url("slow"))

    with DemoWeb.of([small("slow", delay=60), small("quick")]) as web:
        waiting = threading.Thread(target=ask)
        waiting.start()
        while not web.requests.of("slow"):
            time.sleep(0.001)
        assert fetch(web.url("quick")).status == 200
        assert waiting.is_alive()
    waiting.join(timeout=120)
    assert not waiting.is_alive()


def test_a_client_that_hangs_up_first_is_no_error(fetch, capfd):
    with DemoWeb.of([small("one", delay=0.01)]) as web:
        address = (urlsplit(web.origins["one"]).hostname, urlsplit(web.origins["one"]).port)
        with socket.create_connection(address) as client:
            # Closing with a linger of zero resets the connection.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(b"GET / HTTP/1.1\r\nHost: one\r\n\r\n")
            while not web.requests:
                time.sleep(0.001)
        assert fetch(web.url("one")).status == 200
    assert capfd.readouterr().err == ""


def test_connections_are_kept_alive_and_hung_up_on_at_the_end():
    with DemoWeb.of([small("one")]) as web:
        connection = http.client.HTTPConnection(urlsplit(web.origins["one"]).netloc, timeout=120)
        for _ in range(2):
            connection.request("GET", "/")
            connection.getresponse().read()
            assert connection.sock is not None
    # An empty read is the other side's end of the connection.
    assert connection.sock.recv(1) == b""
    connection.close()


def test_a_site_can_change_between_two_crawls(fetch):
    with DemoWeb.of([small("one", validators=True)]) as web:
        before = fetch(web.url("one"))
        web.replace(dataclasses.replace(web.site("one"), pages={"/": Document(b"new")}))
        after = fetch(web.url("one"), if_none_match=before.headers["ETag"])
        assert (after.status, after.body) == (200, b"new")
        web.replace(dataclasses.replace(web.site("one"), pages={}, otherwise=500))
        assert fetch(web.url("one")).status == 500


def test_a_known_address_that_moved_redirects_to_the_policy(web, fetch):
    site = next(s for s in web.sites if s.slug == "bramble-hill")
    moved = fetch(site.policy_url)
    assert (moved.status, moved.headers["Location"]) == (301, site.expected_policy_url)


def test_the_chain_from_the_home_page_ends_at_en(web, fetch):
    first = fetch(web.url("mount-ardagh"))
    second = fetch(web.url("mount-ardagh", first.headers["Location"]))
    assert (first.status, second.status) == (301, 301)
    assert second.headers["Location"] == web.url("mount-ardagh", "/en/")
    assert fetch(second.headers["Location"]).status == 200


def test_a_known_address_that_is_gone_is_404(web, fetch):
    site = next(s for s in web.sites if s.slug == "thistle-basin")
    assert fetch(site.policy_url).status == 404
    assert fetch(site.expected_policy_url).status == 200


def test_conditional_requests(web, fetch):
    url = web.url("larkspur-bowl", "/the-mountain/uphill-access/")
    first = fetch(url)
    assert fetch(url, if_none_match=first.headers["ETag"]).status == 304
    again = fetch(url, if_modified_since=first.headers["Last-Modified"])
    assert (again.status, again.body) == (304, b"")
    assert web.requests.of("larkspur-bowl")[-1].headers["if-modified-since"] == first.headers["Last-Modified"]


def test_the_failing_site_answers_503_but_shows_its_robots(web, fetch):
    failed = fetch(web.url("pintail-ridge"))
    assert (failed.status, failed.headers["Retry-After"]) == (503, "1")
    assert fetch(web.url("pintail-ridge", "/sitemap.xml")).status == 503
    assert fetch(web.url("pintail-ridge", "/robots.txt")).status == 200


def test_gzip_only_where_it_is_accepted(web, fetch):
    url = web.url("saltlick-mountain", "/mountain/policies/uphill")
    plain, packed = fetch(url), fetch(url, accept_encoding="gzip, deflate")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_latin_1_without_a_declared_charset(web, fetch):
    page = fetch(web.url("mont-chouette", "/uphill.html"))
    assert page.headers["Content-Type"] == "text/html"
    assert b"charset" not in page.body
    assert "Montée Évangéline".encode("latin-1") in page.body
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("utf-8")

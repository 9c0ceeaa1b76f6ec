"""Who asks too often has to wait, and is told how long."""

import multiprocessing

import pytest

from uphill.settings import Settings
from webapp import create_app
from webapp.counters import Counters
from webapp.limits import DOWNLOADS, PAGES, QUERIES, kind_of

RATES = {"limit_pages": "3/minute", "limit_queries": "2/minute"}


class Time:
    seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def site(engine, time):
    def make(**settings):
        return create_app(Settings(**RATES | settings), engine=engine, counters=Counters(time)).test_client()

    return make


def asked(client, path, times, **more):
    return [client.get(path, **more).status_code for _ in range(times)]


def of(address, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return {"environ_base": {"REMOTE_ADDR": address}, "headers": headers}


def test_pages_and_queries_have_their_own_rates(site, time):
    client = site()
    assert asked(client, "/about", 4) == [200, 200, 200, 429]
    assert asked(client, "/?text=x", 3) == [200, 200, 429]
    told = client.get("/api/v1/resorts")
    assert told.status_code == told.json["status"] == 429
    assert told.headers["Retry-After"] == "60"
    assert "60 seconds" in told.json["message"]
    time.seconds += 59
    page = client.get("/about")
    assert page.headers["Retry-After"] == "1"
    assert "1 second." in page.text
    time.seconds += 1
    assert asked(client, "/about", 1) == asked(client, "/api/v1/resorts", 1) == [200]


def test_what_is_free_is_never_refused(site):
    client = site(limit_pages="1/day")
    assert asked(client, "/about", 2) == [200, 429]
    for path in ("/healthz", "/static/css/base.css"):
        for _ in range(5):
            with client.get(path) as answer:
                assert answer.status_code == 200


def test_what_is_not_there_counts_too(site):
    assert asked(site(), "/nowhere", 4) == [404, 404, 404, 429]


def test_each_address_counts_for_itself_and_a_network_of_ipv6_as_one(site):
    client = site(limit_pages="1/minute")
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1", "::1"):
        assert asked(client, "/about", 2, **of(address)) == [200, 429], address
    assert asked(client, "/about", 1, **of("2001:db8::ffff:2%eth0")) == [429]
    assert asked(client, "/about", 1, **of("::ffff:192.0.2.1")) == [429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "codes"),
    [
        (0, ("198.51.100.1", "198.51.100.2"), [200, 429]),
        (1, ("198.51.100.1", "198.51.100.2"), [200, 200]),
        (1, ("198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9"), [200, 429]),
        (2, ("1.1.1.1, 198.51.100.1, 203.0.113.9", "2.2.2.2, 198.51.100.1, 203.0.113.8"), [200, 429]),
    ],
)
def test_only_the_proxies_named_are_believed(site, proxies, forwarded, codes):
    client = site(limit_pages="1/minute", trusted_proxies=proxies)
    assert [client.get("/about", **of("127.0.0.1", one)).status_code for one in forwarded] == codes


@pytest.mark.parametrize(("proxies", "secure"), [(0, False), (1, True)])
def test_https_is_what_a_trusted_proxy_says(site, proxies, secure):
    client = site(trusted_proxies=proxies)
    headers = client.get("/about", headers={"X-Forwarded-Proto": "https"}).headers
    assert ("Strict-Transport-Security" in headers) is secure


def test_it_can_be_switched_off(site):
    assert asked(site(rate_limits=False), "/about", 6) == [200] * 6
    assert asked(site(limit_pages=""), "/about", 6) == [200] * 6


def test_every_area_has_its_kind(app):
    kinds = {rule.endpoint: kind_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert [endpoint for endpoint, kind in kinds.items() if kind is None] == ["static", "health.healthz"]
    assert kinds["resort.show"] == kinds["report.wrong"] == PAGES
    for endpoint in ("search.index", "api.resorts", "asking.ask", "feeds.changes"):
        assert kinds[endpoint] == QUERIES
    assert kinds["downloads.table"] == DOWNLOADS
    assert kind_of(None) == PAGES


def _count(counters, key, times):
    for _ in range(times):
        counters.incr(key, 60)


def test_processes_that_were_forked_count_together(time):
    counters = Counters(time)
    fork = multiprocessing.get_context("fork")
    for _ in range(2):
        process = fork.Process(target=_count, args=(counters, "x", 5))
        process.start()
        process.join(20)
        assert process.exitcode == 0
    assert counters.get("x") == 10


def test_counts_end_are_cleared_and_take_no_more_room(time):
    counters = Counters(time)
    assert [counters.incr("x", 60) for _ in range(3)] == [1, 2, 3]
    assert counters.get_expiry("x") == 1060
    for number in range(20_000):
        counters.incr(f"other {number}", 30)
    assert counters.get("x") == 3
    counters.clear("x")
    assert (counters.get("x"), counters.get_expiry("x")) == (0, 1000)
    time.seconds += 60
    assert counters.get("other 7") == 0
    counters.incr("x", 60)
    counters.reset()
    assert counters.get("x") == 0
    assert counters.check()


def test_no_address_is_kept(time):
    counters = Counters(time)
    counters.incr("pages/192.0.2.1", 60)
    assert b"192.0.2.1" not in bytes(counters._memory)
    assert any(bytes(counters._memory))
    assert Counters(time)._place("192.0.2.1") != counters._place("192.0.2.1"), "the hash has a key of its own"

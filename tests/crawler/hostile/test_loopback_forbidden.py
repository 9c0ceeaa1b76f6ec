"""Without the setting nothing on this machine is asked for, by address or by any name; nor behind a proxy."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.crawler.hostile.conftest import HostileWorld
from uphill.db import make_engine
from uphill.db.upgrade import upgrade
from uphill.outcomes import Outcome

pytestmark = pytest.mark.slow


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A port of loopback, and the beginnings of what was sent to it; each gets a 502."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard


@pytest.fixture
def world(tmp_path) -> HostileWorld:
    database_url = f"sqlite:///{tmp_path / 'uphill.db'}"
    engine = make_engine(database_url)
    upgrade(engine)
    engine.dispose()
    settings = {
        "UPHILL_DELAY": "0",
        "UPHILL_TIMEOUT": "5",
        "UPHILL_RETRIES": "0",
        "UPHILL_ALLOW_LOOPBACK": "false",
    }
    return HostileWorld(
        None, (), database_url, settings,
        names={"public.example": "127.0.0.1", "far.example": "8.8.8.8"}, connections=tmp_path / "connections",
    )  # fmt: skip


def test_loopback_is_not_crawled_unless_it_is_allowed(world):
    with listening() as (port, heard):
        world.load({
            "by-address": f"http://127.0.0.1:{port}/",
            "by-localhost": f"http://localhost:{port}/",
            "by-number": f"http://2130706433:{port}/",
            "by-public-name": "http://public.example/",
            "at-a-port": f"http://public.example:{port}/",
        })  # fmt: skip
        ended = world.crawl()
    assert ended.summary["outcomes"] == {"unsafe": 5}, ended.stderr
    assert "leads to 127.0.0.1, port 80" in world.last_visits()["by-public-name"].detail
    assert world.connected() == set()
    assert heard == []


def test_a_proxy_may_be_anywhere_and_is_asked_for_public_urls_alone(world):
    with listening() as (port, heard):
        world.settings["http_proxy"] = f"http://127.0.0.1:{port}"
        world.load(
            {"far": "http://far.example/", "inside": "http://10.0.0.1/", "local": "http://printer.local/"}
        )
        ended = world.crawl()
    assert world.last_visits()["far"].outcome is Outcome.HTTP_STATUS, ended.stderr
    assert ended.summary["outcomes"]["unsafe"] == 2
    assert {line.partition(b"\r\n")[0] for line in heard} == {b"GET http://far.example/robots.txt HTTP/1.1"}
    assert world.connected() == {"127.0.0.1"}

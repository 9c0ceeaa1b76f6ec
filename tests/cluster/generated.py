"""A generated web of many resorts on loopback, the same for the same seed, and the log of what was asked of it.

Each site has an address of its own in 127.0.0.0/8; a few sites belong to several resorts, as those of one
operator do. One thread serves them all.
"""

import asyncio
import random
import socket
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from uphill.catalogue import CatalogueRow

_FIRST = (
    "Amber",
    "Birch",
    "Cedar",
    "Dusky",
    "Elder",
    "Fallow",
    "Gorse",
    "Hazel",
    "Ivory",
    "Juniper",
    "Larch",
)
_SECOND = ("Basin", "Bowl", "Crest", "Gap", "Hollow", "Knob", "Notch", "Pass", "Ridge", "Summit", "Valley")
_ACCESS = (
    "Uphill travel is allowed before {open} am and after {close} pm.",
    "Skinning is permitted from {close} pm until {open} am only.",
    "Uphill access is open daily before {open} am.",
)
_PASS = (
    "An uphill pass is required at all times.",
    "No pass is needed to go uphill.",
    "A season uphill pass costs ${price}.",
)
_MORE = (
    "Dogs are not allowed.",
    "Dogs must be on a leash.",
    "Headlamps are required in the dark.",
    "Every skinner must sign a waiver.",
    "Uphill travel is prohibited during lift operations.",
)


@dataclass(frozen=True)
class Resort:
    slug: str
    name: str
    host: str
    policy: str

    @property
    def path(self) -> str:
        return f"/{self.slug}/"


@dataclass(frozen=True)
class Asked:
    host: str
    path: str
    at: float


def resorts(count: int, seed: int = 1, *, shared: int = 0, together: int = 3) -> list[Resort]:
    """``count`` resorts; the first ``shared`` sites have ``together`` resorts each, all others one."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    made: list[Resort] = []
    site = 0
    while len(made) < count:
        for _ in range(min(together if site < shared else 1, count - len(made))):
            name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {len(made)}"
            host = f"127.{1 + site // 62500}.{site // 250 % 250}.{1 + site % 250}"
            made.append(Resort(name.lower().replace(" ", "-"), name, host, _policy(name, chance)))
        site += 1
    return made


def _policy(name: str, chance: random.Random) -> str:
    figures = {"open": chance.randint(6, 9), "close": chance.randint(3, 6), "price": chance.randint(20, 90)}
    said = [chance.choice(_ACCESS), chance.choice(_PASS), *chance.sample(_MORE, 2)]
    text = " ".join(sentence.format(**figures) for sentence in said)
    return (
        f'<!doctype html><html lang="en"><title>{name}: uphill policy</title>'
        f"<body><h1>Uphill policy</h1><p>{text}</p></body></html>"
    )


class GeneratedWeb:
    """Serves ``served`` while the ``with`` block runs, each answer after ``wait`` seconds."""

    def __init__(self, served: list[Resort], wait: float = 0.0) -> None:
        self.resorts = served
        self.asked: list[Asked] = []
        self._wait = wait
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="generated-web")
        self._pages = {
            (each.host, path): page
            for each in served
            for path, page in (
                (each.path, _home(each)),
                (f"{each.path}uphill-policy", each.policy),
                ("/robots.txt", "User-agent: *\nDisallow: /private/\n"),
            )
        }

    def __enter__(self) -> Self:
        first, *others = sorted({each.host for each in self.resorts})
        listening = [socket.create_server((first, 0), backlog=16)]
        self.port = listening[0].getsockname()[1]
        listening += [socket.create_server((host, self.port), backlog=16) for host in others]
        self._thread.start()
        self._servers = asyncio.run_coroutine_threadsafe(self._serve(listening), self._loop).result()
        return self

    def __exit__(self, *exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def url(self, resort: Resort, path: str = "") -> str:
        return f"http://{resort.host}:{self.port}{resort.path}{path}"

    def rows(self) -> list[CatalogueRow]:
        """The resorts for the catalogue; the policy page of every second one is known from the start."""
        return [
            CatalogueRow(
                slug=each.slug,
                name=each.name,
                country="US",
                region="US-CO",
                website=self.url(each),
                policy_url=self.url(each, "uphill-policy") if number % 2 else None,
            )
            for number, each in enumerate(self.resorts)
        ]

    def times(self) -> dict[str, list[float]]:
        """When each site was asked for something, in order."""
        times: dict[str, list[float]] = defaultdict(list)
        for asked in list(self.asked):
            times[asked.host].append(asked.at)
        return times

    async def _serve(self, listening: list[socket.socket]) -> list[asyncio.Server]:
        return [await asyncio.start_server(self._talk, sock=each) for each in listening]

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        talks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                self.asked.append(Asked(host, path, time.monotonic()))
                await asyncio.sleep(self._wait)
                writer.write(_answer(self._pages.get((host, path)), path))
                await writer.drain()
        # The crawler hangs up, or was killed, or the web ends.
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def _home(resort: Resort) -> str:
    return (
        f'<!doctype html><html lang="en"><title>{resort.name}</title><body><h1>{resort.name}</h1>'
        f'<ul><li><a href="{resort.path}lifts">Lifts</a></li>'
        f'<li><a href="{resort.path}uphill-policy">Uphill policy</a></li></ul></body></html>'
    )


def _answer(page: str | None, path: str) -> bytes:
    kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
    body = (page or "not here").encode()
    status = "200 OK" if page is not None else "404 Not Found"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body

"""A change log to tell of, and real servers on loopback that take the messages."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from tests.conftest import free_port
from uphill.causes import Cause
from uphill.db import LoggedChange, Resort, Source, writing
from uphill.vocabulary import SourceKind

PAGE = "https://{}.example/uphill"


@dataclass
class Sink:
    """What arrived over HTTP, and the statuses to answer with before it is 200."""

    port: int
    arrived: list[dict[str, str]] = field(default_factory=list)
    tried: int = 0
    answers: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"json://ops:hunter2@127.0.0.1:{self.port}/hook-5f2a"

    @property
    def subjects(self) -> list[str]:
        return [each["title"] for each in self.arrived]


@pytest.fixture
def sink() -> Iterator[Sink]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            here.tried += 1
            status = here.answers.pop(0) if here.answers else 200
            if status == 200:
                here.arrived.append(said)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Sink(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Mailbox:
    port: int
    arrived: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's own name
        self.arrived.append(envelope.content)
        return "250 taken"

    @property
    def url(self) -> str:
        return f"mailto://ops:hunter2@127.0.0.1:{self.port}?from=uphill@example.org&to=skier@example.org"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that wants a login."""
    box = Mailbox(free_port())
    server = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        auth_require_tls=False,
        authenticator=lambda *given: AuthResult(success=given[-1].password == b"hunter2", handled=False),
    )
    server.start()
    yield box
    server.stop()


@pytest.fixture
def log(sessions, stock, row):
    """Writes a line of the change log: ``log("larkspur-bowl", "dogs", "allowed", "prohibited", at=...)``."""
    known = set()

    def put(slug, name, old, new, *, at: datetime, cause=Cause.PAGE, quote=None, region="US-CO"):
        if slug not in known:
            stock(row(slug, region=region, country=region[:2]))
            known.add(slug)
        with writing(sessions) as session:
            resort = session.scalars(select(Resort).where(Resort.slug == slug)).one()
            url = PAGE.format(slug)
            source = session.scalars(select(Source).where(Source.url == url)).one_or_none() or Source(
                resort_id=resort.id, url=url, kind=SourceKind.POLICY, failures=0
            )
            session.add(source)
            session.flush()
            values = {
                key: None if value is None else json.dumps(value)
                for key, value in (("old", old), ("new", new))
            }
            session.add(
                LoggedChange(
                    resort_id=resort.id,
                    at=at,
                    field=name,
                    cause=cause,
                    source_id=source.id,
                    quote=quote,
                    **values,
                )
            )

    return put

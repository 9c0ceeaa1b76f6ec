"""Workers as processes, on a database of their own."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.cluster.schema import SCHEMA, prepare
from uphill.db import Resort, Visit, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade

HERE = Path(__file__).parent
PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


@contextmanager
def fresh_database(server_url: str, name: str, template: str = "template1") -> Iterator[str]:
    """URL of an empty database, or of one like the template; it is dropped at the end."""
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    drop = text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    with server.connect() as connection:
        connection.execute(drop)
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(drop)
        server.dispose()


@dataclass
class Cluster:
    """A database with resorts, and the workers on it. ``pace`` is what a test has to wait for, in seconds."""

    url: str
    engine: Engine
    settings: dict[str, str] = field(default_factory=dict)
    pace: dict[str, Any] = field(default_factory=dict)
    workers: list[Any] = field(default_factory=list)

    @property
    def sessions(self) -> sessionmaker[Session]:
        return session_factory(self.engine)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES}
        own = {f"UPHILL_{name.upper()}": value for name, value in self.settings.items()}
        return kept | {"UPHILL_DATABASE_URL": self.url, "UPHILL_ALLOW_LOOPBACK": "true"} | own

    def load(self, rows: list[CatalogueRow]) -> None:
        with writing(self.sessions) as session:
            load_resorts(session, rows, LoadReport())

    def start(self, name: str) -> Any:
        """A worker: ``uphill worker`` itself, or one in a hurry where ``pace`` says so."""
        pace = [f"{key}={value}" for key, value in self.pace.items()]
        usual = ["-m", "uphill", "worker", "--name", name]
        hurried = [str(HERE / "hurried.py"), *pace, "--", name]
        worker = subprocess.Popen([sys.executable, *(hurried if pace else usual)], env=self.environment)
        self.workers.append(worker)
        return worker

    def visits(self) -> Counter[str]:
        """How often each resort was visited."""
        with self.sessions() as session:
            query = select(Resort.slug).join(Visit, Visit.resort_id == Resort.id)
            return Counter(session.scalars(query))

    def jobs(self) -> list[Any]:
        """The jobs that crawl, oldest first."""
        with self.sessions() as session:
            session.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
            query = (
                "SELECT status::text, args FROM procrastinate_jobs WHERE queue_name = 'crawls' ORDER BY id"
            )
            return list(session.execute(text(query)))

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in self.workers:
            worker.wait(timeout=120)


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.1)


@contextmanager
def cluster_on(database_url: str, kind: type[Cluster] = Cluster) -> Iterator[Cluster]:
    """A cluster on a database, which is made ready; its workers are stopped at the end."""
    with ExitStack() as stack:
        engine = make_engine(database_url)
        stack.callback(engine.dispose)
        upgrade(engine)
        prepare(engine)
        made = kind(database_url, engine)
        stack.callback(made.stop)
        yield made

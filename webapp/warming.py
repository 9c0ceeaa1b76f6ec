"""What the first visitors would have to wait for, done as soon as a process serves."""

import gc
from threading import Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from uphill.search import Query, count, listings_of
from uphill.search.held import MOST_SHOWN
from webapp.database import CLOCK, Clock, reading_session_of

_NOBODY = {"REMOTE_ADDR": "0.0.0.0"}  # noqa: S104 - an address that no visitor has

_FOUND_NOWHERE = "qwqwqwqw"
"""Looked for among the names of places too, which are many."""


def begin_to_warm_up(app: Flask) -> None:
    """In a thread of its own: whoever asks meanwhile is answered, and waits for no more than is needed."""

    def prepare() -> None:
        warm_up(app)
        gc.collect()
        gc.freeze()  # a large directory is not gone through again and again for what may be thrown away

    Thread(target=prepare, name="warm-up", daemon=True).start()


def warm_up(app: Flask) -> None:
    """Reads what searches go by and, where they are not too many, each resort; makes a page of each kind."""
    clock: Clock = app.extensions[CLOCK]
    try:
        with reading_session_of(app) as session:
            total = count(session, Query(), clock.now())
            _, listings = listings_of(session, Query(), clock.now(), total if total <= MOST_SHOWN else 1)
    except SQLAlchemyError:
        app.logger.warning("The directory could not be read ahead; requests will read it.", exc_info=True)
        return
    client = app.test_client()
    resorts = (f"/resorts/{one.resort.slug}" for one in listings[:1])
    for path in ("/", f"/?text={_FOUND_NOWHERE}", "/api/v1/resorts", *resorts):
        client.get(path, environ_base=_NOBODY).close()

"""What a worker tells its operator: a line for what is foreseen, a traceback only for what is not."""

import asyncio
import logging

from procrastinate.exceptions import ConnectorException

from uphill.errors import UphillError

_TOLD_BY_US = (UphillError, asyncio.CancelledError)


def log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(in_short)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("uphill").setLevel(logging.INFO)
    logging.getLogger("psycopg.pool").setLevel(
        logging.ERROR
    )  # each try to reconnect; the worker says it once


def in_short(record: logging.LogRecord) -> bool:
    """Whether a record is shown: a job's foreseen end is told already; a database that is away, without its stack."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, ConnectorException):
        record.exc_info = record.exc_text = None
    return not isinstance(error, _TOLD_BY_US)

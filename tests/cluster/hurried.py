"""``hurried.py NAME=VALUE … -- WORKER``: a worker with another pace than the usual one, and its log on stderr."""

import asyncio
import sys

from uphill.cli.database import database
from uphill.cluster.log import log_to_stderr
from uphill.cluster.means import Means
from uphill.cluster.pace import Pace
from uphill.cluster.worker import work
from uphill.settings import load_settings


def hurry(*arguments: str) -> None:
    split = arguments.index("--")
    given = dict(argument.split("=", 1) for argument in arguments[:split])
    hurried = {name: value if name.startswith("look_for") else float(value) for name, value in given.items()}
    log_to_stderr()
    settings = load_settings()
    with database(settings) as sessions:
        means = Means(settings, sessions, Pace(**hurried))
        asyncio.run(work(means, name=arguments[split + 1], concurrency=1))


if __name__ == "__main__":
    hurry(*sys.argv[1:])

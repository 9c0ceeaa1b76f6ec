"""The process that :mod:`crawler.spider.readers` has pages read in: a page in, what it says out, until the input ends.

``python -m crawler.spider.reading`` speaks pickles on its standard input and output, with its own parent alone.
"""

import gc
import logging
import os
import pickle
import signal
import sys
from dataclasses import replace
from typing import BinaryIO

from crawler.spider.examine import examine


class _Told(logging.Handler):
    """Keeps what is logged while a page is read, for the crawl to tell."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._sentences.append(record.getMessage())

    def taken(self) -> list[str]:
        taken, self._sentences = self._sentences, []
        return taken


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there is no further page. The body stays with who sent it."""
    told = _Told()
    logging.getLogger().addHandler(told)
    while True:
        try:
            fetch, resort = pickle.load(asked)  # noqa: S301 - our own words
        except EOFError:
            return
        examined = examine(fetch, resort)
        page = examined.page
        answer = (replace(examined, page=replace(page, body=b"")), bool(page.body), told.taken())
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def main() -> None:
    # The crawl ends this process by ending its input, when it has no further use for it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever else is printed must not come between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.freeze()
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)  # who asked is gone; there is nothing to write the rest of an answer to


if __name__ == "__main__":
    main()

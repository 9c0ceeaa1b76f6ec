"""Processes forked from a server that has imported everything: they begin within milliseconds.

Each is a process of its own all the same, with its own interpreter state, environment, threads and connections.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.preloaded"])


class Forked:
    """A process that runs a module's function with ``environment``, its output in a file, its errors too or apart."""

    def __init__(
        self,
        environment: Mapping[str, str],
        out: Path,
        function: Any,
        *arguments: Any,
        errors: Path | None = None,
    ) -> None:
        self.out = out
        self.out.touch()
        self.began = time.monotonic()
        self._process = _CONTEXT.Process(
            target=_begin, args=(dict(environment), out, errors or out, function, arguments), daemon=True
        )
        self._process.start()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def end(self, seconds: float = 180.0) -> int:
        """Waits for it to end by itself; returns its exit code."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"it did not end: {self.said}"
        return self._process.exitcode

    @property
    def said(self) -> str:
        return self.out.read_text()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()


def _begin(
    environment: dict[str, str], out: Path, errors: Path, function: Any, arguments: Sequence[Any]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, errors)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the server leaves it ignored
    function(*arguments)


def uphill(*arguments: str) -> None:
    """The command, as its script runs it."""
    from uphill.cli import main

    main(args=list(arguments), prog_name="uphill")

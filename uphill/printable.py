"""Text of others made safe to print: nothing in it can steer a terminal or turn the reading direction."""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)"  # control characters, escape among them
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # direction of writing
    "|[\u2028\u2029\ud800-\udfff]"  # line ends of their own, and what no terminal can be sent
)
# What Rich and click draw with: colours, the line and the place of the progress bar, the cursor.
_OURS = re.compile("(\x1b\\[[0-9;]*[mAK]|\x1b\\[\\?25[lh]|\r)")


def printable(text: str) -> str:
    """The text with each character that would steer a terminal replaced by ``�``; line ends and tabs stay."""
    return _STEERING.sub("\ufffd", text)


class PrintableStream:
    """A text stream that takes nothing else. On a terminal our own colours and progress bar pass."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        if text.isprintable():
            return self._stream.write(text)
        if not self._stream.isatty():
            return self._stream.write(printable(text))
        parts = _OURS.split(text)
        parts[::2] = map(printable, parts[::2])
        return self._stream.write("".join(parts))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def printable_output() -> Iterator[None]:
    """While it runs, all that this process prints is printable, whoever prints it."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", PrintableStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before

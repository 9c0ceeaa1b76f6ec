"""Errors that a user or operator can act on; each is one sentence: what, where, what to do.

UphillError
├── BadInput          a value that was given is wrong (exit 2, HTTP 400)
│   └── BadFilter     a search filter is not known or has no such value
├── NotFound          what was asked for is not in the directory (exit 1, HTTP 404)
├── BadRow            a row of a catalogue or baseline file can't be used; carries its line
└── DatabaseNotReady  the database is missing, older or newer than the program
"""

from collections.abc import Sequence


class UphillError(Exception):
    """Base of all errors that are shown as one sentence, without a traceback."""


class BadInput(UphillError):
    pass


class BadFilter(BadInput):
    """``parameter`` is the filter's name, ``allowed`` the values it takes (empty: free text)."""

    def __init__(self, parameter: str, message: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.allowed = tuple(allowed)


class NotFound(UphillError):
    pass


class BadRow(UphillError):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


class DatabaseNotReady(UphillError):
    pass

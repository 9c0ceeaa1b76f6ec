"""Markup that costs a parser minutes, told before a tree is built of it: in one pass that keeps nothing. Pure.

libxml2 walks an element's attributes for each further one (80,000 of them take a minute), and every link is
weighed. No page for people comes near these bounds.
"""

from typing import Any

from lxml import etree

MAX_ATTRIBUTES = 1_000
"""Of one element."""
MAX_ELEMENTS = 150_000
MAX_LINKS = 10_000
MAX_TEXT = 1_500_000
"""Bytes of what is no markup at all."""
_CHUNK = 65_536


class _Costly(Exception):
    """The message says in what."""


class _Counter:
    def __init__(self) -> None:
        self._elements = self._links = 0

    def start(self, tag: str, attributes: object) -> None:
        self._elements += 1
        self._links += tag == "a"
        if len(attributes) > MAX_ATTRIBUTES:  # type: ignore[arg-type]
            raise _Costly(f"an element with more than {MAX_ATTRIBUTES} attributes")
        if self._links > MAX_LINKS:
            raise _Costly(f"more than {MAX_LINKS} links")
        if self._elements > MAX_ELEMENTS:
            raise _Costly(f"more than {MAX_ELEMENTS} elements")

    def close(self) -> None:
        """The parser's end."""


def costly(body: bytes) -> str | None:
    """In what a page costs more than it may, as words for a sentence; ``None`` for a page like any other."""
    if body.lstrip()[:1] != b"<":
        return f"more than {MAX_TEXT} bytes of text" if len(body) > MAX_TEXT else None
    counter: Any = _Counter()  # it takes less than lxml's stubs ask for, and so costs less
    parser = etree.HTMLParser(target=counter)
    try:
        for start in range(0, len(body), _CHUNK):
            parser.feed(body[start : start + _CHUNK])
        parser.close()
    except _Costly as error:
        return str(error)
    except etree.LxmlError:
        return None  # those who read it have their own ways with what is broken
    return None

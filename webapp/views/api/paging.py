"""From page to page: the address of what follows, in the answer and in its ``Link`` header."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request, url_for

from uphill.errors import BadFilter
from uphill.licence import LICENCE_URL
from uphill.search.parameters import whole_number

Parameters = Mapping[str, Sequence[str]]


def parameters(*allowed: str) -> dict[str, str]:
    """Those of the request that have a value, the last of each. Raises BadFilter for one that is not ``allowed``."""
    given: dict[str, str] = {}
    for name, raw in request.args.lists():
        if name not in allowed:
            told = f"Try one of: {', '.join(allowed)}." if allowed else "This address takes none."
            raise BadFilter(name, f"There is no parameter {name!r}. {told}", allowed)
        if word := raw[-1].strip():
            given[name] = word
    return given


def size_of(given: Mapping[str, str], usual: int, most: int) -> int:
    """The parameter ``size``. Raises BadFilter."""
    return whole_number("size", given["size"], most) if "size" in given else usual


def next_url(cursor: str | None) -> str | None:
    """The address of the page that begins at ``cursor``, all else as it was asked for."""
    if cursor is None:
        return None
    values: dict[str, Any] = {name: raw for name, raw in request.args.lists() if name != "page"}
    values |= {"cursor": cursor, **(request.view_args or {})}
    return url_for(request.endpoint or "", _external=True, **values)


def links(following: str | None) -> dict[str, str]:
    """The ``Link`` header: licence, and the next page where there is one."""
    told = f'<{LICENCE_URL}>; rel="license"'
    return {"Link": f'<{following}>; rel="next", {told}' if following else told}

"""What is asked of the change log: parsed once, for the site and the API."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from uphill.errors import BadFilter
from uphill.language import gettext
from uphill.search.parameters import MAX_SIZE, region_code, whole_number

CHANGE_PARAMETERS = ("since", "region", "resort", "size", "cursor")
_DEFAULT_SIZE = 50


class ChangesQuery(BaseModel):
    """Changes of a region (ISO 3166-2 or country code) or of a resort (by slug), not before ``since`` (aware).

    ``cursor`` is where the page before ended.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: datetime | None = None
    region: str | None = None
    resort: str | None = None
    size: int = _DEFAULT_SIZE
    cursor: str | None = None

    @classmethod
    def parse(cls, values: Mapping[str, Sequence[str]]) -> Self:
        """From parameters as a URL has them; of one that is given twice the last counts, an empty one not at all.

        Raises BadFilter for an unknown parameter or value.
        """
        given: dict[str, Any] = {}
        for name, raw in values.items():
            if name not in CHANGE_PARAMETERS:
                raise BadFilter(
                    name,
                    gettext(
                        "There is no parameter %(name)s. Try one of: %(allowed)s.",
                        name=repr(name),
                        allowed=", ".join(CHANGE_PARAMETERS),
                    ),
                    CHANGE_PARAMETERS,
                )
            word = raw[-1].strip() if raw else ""
            if word:
                given[name] = _READERS[name](word)
        return cls(**given)

    def parameters(self) -> dict[str, str]:
        """As URL parameters, defaults left out; :meth:`parse` reads them back."""
        found = {
            "since": self.since.isoformat().replace("+00:00", "Z") if self.since is not None else None,
            "region": self.region,
            "resort": self.resort,
            "size": str(self.size) if self.size != _DEFAULT_SIZE else None,
            "cursor": self.cursor,
        }
        return {name: value for name, value in found.items() if value is not None}

    def arguments(self) -> dict[str, Any]:
        """As :func:`uphill.recording.change_log.read` takes them."""
        return {
            "since": self.since,
            "region": self.region,
            "resort": self.resort,
            "limit": self.size,
            "cursor": self.cursor,
        }


def _since(word: str) -> datetime:
    """A day or a moment, in UTC where it names no zone; the plus of a zone may have come as a blank."""
    try:
        moment = datetime.fromisoformat(word.replace(" ", "+") if "T" in word else word)
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:  # the latter at the ends of the calendar
        raise BadFilter(
            "since",
            gettext(
                "since must be a day or a time such as 2026-01-15 or 2026-01-15T06:00Z, not %(word)s.",
                word=repr(word),
            ),
        ) from error


def cursor_id(word: str) -> str:
    """A cursor of what is told newest first: the id that the page before ended with. Raises BadFilter."""
    if not (word.isascii() and word.isdigit() and len(word) <= 18):
        raise BadFilter(
            "cursor",
            gettext("cursor %(word)s is none: take the one that the page before came with.", word=repr(word)),
        )
    return word


_READERS: dict[str, Any] = {
    "since": _since,
    "region": region_code,
    "resort": str,
    "size": lambda word: whole_number("size", word, MAX_SIZE),
    "cursor": cursor_id,
}

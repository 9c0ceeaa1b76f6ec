"""What was read from one page: its policy, and for every fact the words that state it."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from uphill.evidence import Evidence
from uphill.policy import Policy

_ONLY_WHERE_TOLD = frozenset({"problem", "resorts"})


class Reading(BaseModel):
    """The facts of one page.

    ``source`` is the path or URL as it was given, ``lang`` an ISO 639-1 code or ``None`` where the
    language is not one that is read. ``evidence`` maps each known fact of ``policy`` to its quotes;
    for a list fact there is one quote an element, in the list's order. Raises ``ValueError`` for a
    fact without evidence: such a fact does not exist.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    lang: str | None
    is_policy: bool
    policy: Policy = Policy()
    evidence: dict[str, tuple[Evidence, ...]] = {}
    problem: str | None = None
    """Why no facts were read, as a sentence: the page's language, or several resorts on it."""
    resorts: tuple[str, ...] = ()
    """The resorts of a list page, as the page names them."""

    @model_validator(mode="after")
    def _every_fact_has_evidence(self) -> Self:
        bare = set(self.policy.known()) - {name for name, quotes in self.evidence.items() if quotes}
        if bare:
            raise ValueError(f"facts without evidence: {', '.join(sorted(bare))}")
        return self

    def as_line(self) -> dict[str, Any]:
        """The reading as ``uphill extract --json`` prints it; ``problem`` and ``resorts`` only where there are any."""
        line = self.model_dump(mode="json")
        return {name: value for name, value in line.items() if value or name not in _ONLY_WHERE_TOLD}

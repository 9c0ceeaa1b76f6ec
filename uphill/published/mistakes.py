"""What is wrong in a document, as words for who wrote it."""

import copy
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from uphill.printable import printable

_MOST = 3
_MOST_WARNINGS = 60
_MOST_UNKNOWN = 10
_OURS = "Value error, "


def sentences(errors: Sequence[Any], place: str, *, skip: int = 0) -> list[str]:
    """The first few of ``errors`` (as ``ValidationError.errors()`` gives them), each without its full stop.

    ``place`` is where the value stands; the first ``skip`` parts of an error's own place are in it already.
    """
    return [_sentence(error, place, skip) for error in errors[:_MOST]]


def without_extras(value: dict[str, Any], errors: Sequence[Any]) -> dict[str, Any] | None:
    """``value`` less the parts that are not known; ``None`` where anything else is wrong with it."""
    if any(error["type"] != "extra_forbidden" for error in errors):
        return None
    pruned = copy.deepcopy(value)
    for error in errors:
        whole: Any = pruned
        for key in error["loc"][:-1]:
            whole = whole[key]
        del whole[error["loc"][-1]]
    return pruned


def _sentence(error: Any, place: str, skip: int) -> str:
    parts = error["loc"][skip:]
    shown = repr(error["input"])[:60]
    match error["type"]:
        case "enum" | "literal_error":
            said = f"can't be {shown}; it is one of {error['ctx']['expected']}"
        case "missing":
            parts, said = parts[:-1], f"lacks {error['loc'][-1]!r}"
        case "value_error":
            said = f"can't be {shown}: {error['msg'].removeprefix(_OURS)}"
        case _:
            said = f"can't be {shown}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return f"{place}{where} {said}"


@dataclass(slots=True)
class Warnings:
    said: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def full(self) -> bool:
        return len(self.said) >= _MOST_WARNINGS

    def say(self, sentence: str) -> None:
        if not self.full:
            self.said.append(printable(sentence))
        else:
            self.left_out += 1

    def all(self) -> tuple[str, ...]:
        more = (f"There are {self.left_out} more mistakes like these.",) if self.left_out else ()
        return (*self.said, *more)

    def tell_unknown(self, raw: Iterable[str], model: type[BaseModel], place: str) -> None:
        """Keys of an object that its model does not have."""
        known = [each.alias or name for name, each in model.model_fields.items()]
        self.tell_strange(raw, known, place or "The document")

    def tell_strange(self, raw: Iterable[str], known: Sequence[str], place: str) -> None:
        """Keys that say nothing to us, each with the one that may have been meant."""
        strange = [name for name in raw if name not in known]
        for name in strange[:_MOST_UNKNOWN]:
            # What is meant takes time to find, and is not looked for where nobody is told.
            near = [] if self.full else difflib.get_close_matches(name[:80], known, n=1, cutoff=0.75)
            meant = f" (did you mean {near[0]!r}?)" if near else ""
            self.say(f"{place} has {name[:80]!r}, which is not known{meant}; it is left out.")
        if len(strange) > _MOST_UNKNOWN:
            self.say(f"{place} has {len(strange) - _MOST_UNKNOWN} more keys that are not known.")

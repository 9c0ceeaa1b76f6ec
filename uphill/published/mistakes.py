"""What pydantic finds wrong, as words for who wrote it."""

import copy
from collections.abc import Sequence
from typing import Any

_MOST = 3
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

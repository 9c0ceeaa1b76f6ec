"""A published document read tolerantly: what is wrong in it is told in a sentence and left unknown, never guessed."""

import difflib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from uphill.errors import BadInput
from uphill.policy import FACTS, LIST_FACTS, Link, Policy
from uphill.printable import printable
from uphill.published.document import (
    MAX_RESORTS,
    MAX_STATEMENT,
    PublishedDocument,
    PublishedResort,
    PublishedStatus,
)
from uphill.published.mistakes import sentences, without_extras
from uphill.vocabulary import Status

MAX_BYTES = 256 * 1024
_MOST_ELEMENTS = 200
_MOST_PARTS = 5000
_MOST_WARNINGS = 60
_MOST_UNKNOWN = 10
_DEEPEST = 12
_LINK: TypeAdapter[str] = TypeAdapter(Link)
_T = TypeVar("_T")


class Twice:
    """The value of a key that stands twice in one object: nobody knows which one counts."""

    def __repr__(self) -> str:
        return "given twice"


TWICE = Twice()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document says of one resort. ``statements`` holds one sentence a fact, or one for each element."""

    name: str
    aliases: tuple[str, ...]
    policy: Policy
    statements: Mapping[str, tuple[str, ...]]
    website: str | None = None
    source: str | None = None
    updated: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    status_seen: datetime | None = None
    status_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Warnings:
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


def check(body: bytes) -> Checked:
    """What the document says of each of its resorts. Raises BadInput where it can't be read at all."""
    document = _parsed(body)
    warnings = _Warnings()
    _tell_unknown(document, PublishedDocument, "", warnings)
    listed = _resorts(document)
    entries = []
    for place, raw in listed:
        try:
            entries.append(_entry(raw, place, warnings))
        except BadInput as error:
            if len(listed) == 1:
                raise
            warnings.say(f"{error} All of this resort is left out.")
    return Checked(tuple(entries), warnings.all())


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise BadInput(f"The document has {len(body):,} bytes; at most {MAX_BYTES:,} are read.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"The document is not UTF-8: byte {error.start + 1} can't be read. Save it as UTF-8."
        ) from error
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"The document is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise BadInput("The document is nested too deeply.") from error
    except ValueError as error:  # a number of thousands of digits
        raise BadInput("The document holds a number that can't be read.") from error
    if _is_deep(document):
        raise BadInput("The document is nested too deeply.")
    if not isinstance(document, dict):
        raise BadInput('The document must be a JSON object: {"resort": {…}}.')
    return document


def _is_deep(value: Any) -> bool:
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for each in layer
            for inner in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
    return bool(layer)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = TWICE if name in found else value
    return found


def _no_number(word: str) -> Any:
    raise json.JSONDecodeError(f"{word} is no number of JSON", word, 0)


def _resorts(document: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    one, several = document.get("resort"), document.get("resorts")
    if (one is None) == (several is None):
        raise BadInput("The document must hold either 'resort', an object, or 'resorts', a list of them.")
    if several is None:
        return [("resort", _object(one, "resort"))]
    if not isinstance(several, list) or not several:
        raise BadInput("'resorts' must be a list of at least one resort.")
    if len(several) > MAX_RESORTS:
        raise BadInput(f"'resorts' holds {len(several)} resorts; at most {MAX_RESORTS} are read.")
    return [(f"resorts[{at}]", _object(raw, f"resorts[{at}]")) for at, raw in enumerate(several)]


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadInput(f"{place} must be an object such as {{'name': …, 'policy': {{…}}}}.")
    return raw


def _entry(raw: dict[str, Any], place: str, warnings: _Warnings) -> Entry:
    _tell_unknown(raw, PublishedResort, place, warnings)
    name = _words(raw.get("name"))
    if name is None or len(name) > 200:
        raise BadInput(f"{place}.name must be the resort's name, a text of at most 200 characters.")
    valid_from, valid_until = (_limit(raw, key, place) for key in ("valid_from", "valid_until"))
    if valid_from is not None and valid_until is not None and valid_until < valid_from:
        raise BadInput(f"{place}.valid_until is before valid_from, so that the rules never hold.")
    policy = _policy(raw.get("policy"), f"{place}.policy", warnings)
    policy, status = _with_status(policy, raw.get("status"), f"{place}.status", warnings)
    return Entry(
        name=name,
        aliases=_aliases(raw.get("aliases"), f"{place}.aliases", warnings),
        policy=policy,
        statements=_statements(raw.get("statements"), policy, f"{place}.statements", warnings),
        website=_read(raw, "website", place, _LINK.validate_python, "a web address", warnings),
        source=_read(raw, "source", place, _LINK.validate_python, "a web address", warnings),
        updated=_read(raw, "updated", place, _day, "a day such as 2026-11-20", warnings),
        valid_from=valid_from,
        valid_until=valid_until,
        status_seen=status.seen if status is not None else None,
        status_until=status.until if status is not None else None,
    )


def _policy(raw: Any, place: str, warnings: _Warnings) -> Policy:
    """Each fact by itself: what is wrong in one takes nothing from the others."""
    if not isinstance(raw, dict):
        raise BadInput(f"{place} must be an object of facts such as {{'access': 'allowed'}}.")
    _tell_unknown(raw, Policy, place, warnings)
    facts: dict[str, Any] = {}
    for name in FACTS:
        value = raw.get(name)
        if value is None or value == "unknown":
            continue
        if name == "status":
            warnings.say(f"{place}.status holds no longer than a day: write it into 'status' with its time.")
            continue
        where = f"{place}.{name}"
        problem = _not_taken(value)
        value, problem = (None, f"{where} {problem}") if problem else _fact(name, value, where, warnings)
        if problem:
            warnings.say(f"{problem}. It is taken as not stated.")
        else:
            facts[name] = value
    return Policy.model_validate(facts)


def _fact(name: str, value: Any, place: str, warnings: _Warnings) -> tuple[Any, str]:
    """The fact's value, or what is wrong with it."""
    for _ in range(2):
        try:
            policy = Policy.model_validate({name: value})
        except ValidationError as error:
            errors = error.errors(include_url=False)
            pruned = without_extras({name: value}, errors)
            if pruned is None:
                return None, "; ".join(sentences(errors, place, skip=1))
            for each in errors:
                warnings.say(
                    f"{place} has a part {str(each['loc'][-1])[:80]!r} that is not known; it is left out."
                )
            value = pruned[name]
        else:
            found = getattr(policy, name)
            if name != "routes":
                return found, ""
            if any(route.status is not Status.UNKNOWN for route in found):
                warnings.say(f"{place}: what is open for the moment belongs into 'status', with its time.")
            return tuple(route.model_copy(update={"status": Status.UNKNOWN}) for route in found), ""
    return None, f"{place} can't be read"


def _not_taken(value: Any) -> str:
    """What is wrong with a value whatever fact it is of."""
    if isinstance(value, list) and len(value) > _MOST_ELEMENTS:
        return f"has {len(value)} elements; at most {_MOST_ELEMENTS} are read"
    leaves = list(_leaves(value))
    if len(leaves) > _MOST_PARTS:
        return f"has {len(leaves):,} parts; at most {_MOST_PARTS:,} are read"
    if any(each is TWICE for each in leaves):
        return "is given twice"
    if any(isinstance(each, str) and printable(each) != each for each in leaves):
        return "has characters that can't be shown"
    if any(isinstance(each, bool) for each in leaves):
        return "is true or false, and must be a word of the vocabulary"
    return ""


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def _with_status(
    policy: Policy, raw: Any, place: str, warnings: _Warnings
) -> tuple[Policy, PublishedStatus | None]:
    if raw is None:
        return policy, None
    problem = (
        _not_taken(raw) if isinstance(raw, dict) else "must be an object such as {'value': 'open', 'seen': …}"
    )
    problem = f"{place} {problem}" if problem else ""
    status = None
    if not problem:
        _tell_unknown(raw, PublishedStatus, place, warnings)
        try:
            status = PublishedStatus.model_validate_json(json.dumps(raw), strict=True)
        except ValidationError as error:
            problem = "; ".join(sentences(error.errors(include_url=False), place))
    if status is None:
        warnings.say(f"{problem}. It is taken as not stated.")
        return policy, None
    named = {route.name: route for route in policy.routes}
    for name in status.routes:
        if name not in named:
            warnings.say(
                f"{place}.routes names {name[:80]!r}, which is no route of the policy; it is left out."
            )
    routes = tuple(
        route.model_copy(update={"status": Status(status.routes.get(route.name, Status.UNKNOWN))})
        for route in policy.routes
    )
    value = Status(status.value) if status.value is not None else Status.UNKNOWN
    return policy.model_copy(update={"status": value, "routes": routes}), status


def _statements(raw: Any, policy: Policy, place: str, warnings: _Warnings) -> dict[str, tuple[str, ...]]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        warnings.say(f"{place} must be an object of sentences by fact; it is left out.")
        return {}
    found: dict[str, tuple[str, ...]] = {}
    _tell_strange(raw, FACTS, place, warnings)
    for name, value in raw.items():
        elements = getattr(policy, name) if name in LIST_FACTS else None
        said = [_words(each) for each in (value if isinstance(value, list) else [value])]
        if name not in FACTS:
            continue
        if name not in policy.known():
            warnings.say(
                f"{place}.{name} is a sentence on a fact that the policy does not state; it is left out."
            )
        elif any(each is None or len(each) > MAX_STATEMENT for each in said):
            warnings.say(
                f"{place}.{name} must be a sentence of at most {MAX_STATEMENT} characters; it is left out."
            )
        elif len(said) not in {1, len(elements) if elements is not None else 1}:
            warnings.say(f"{place}.{name} needs one sentence, or one for each element; it is left out.")
        else:
            found[name] = tuple(each for each in said if each is not None)
    return found


def _aliases(raw: Any, place: str, warnings: _Warnings) -> tuple[str, ...]:
    names = [_words(each) for each in raw] if isinstance(raw, list) else [None] * (raw is not None)
    if any(each is None for each in names[:_MOST_ELEMENTS]):
        warnings.say(f"{place} must be a list of names; what is none is left out.")
    return tuple(each for each in names[:_MOST_ELEMENTS] if each is not None and len(each) <= 200)


def _read(
    raw: Mapping[str, Any],
    key: str,
    place: str,
    read: Callable[[Any], _T],
    kind: str,
    warnings: _Warnings,
) -> _T | None:
    value = raw.get(key)
    if value is None:
        return None
    try:
        read_value = read(_plain(value))
    except ValueError:
        warnings.say(f"{place}.{key} must be {kind}; it is left out.")
        return None
    return read_value


def _plain(value: Any) -> str:
    """Raises ValueError for what is no text that can be shown."""
    if isinstance(value, str) and printable(value) == value:
        return value
    raise ValueError(value)


def _limit(raw: Mapping[str, Any], key: str, place: str) -> date | None:
    """A day from which or until which the rules hold: where it can't be read, nobody knows whether they do."""
    value = raw.get(key)
    try:
        return None if value is None else _day(value)
    except ValueError as error:
        raise BadInput(
            f"{place}.{key} must be a day such as 2026-11-15, so that the rules' time is known."
        ) from error


def _day(value: Any) -> date:
    """A day, or the day of a time as it is written. Raises ValueError."""
    return datetime.fromisoformat(_plain(value)).date()


def _words(value: Any) -> str | None:
    """A text with its white space folded; ``None`` where it is none, empty, or can't be shown."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    return words if words and printable(words) == words else None


def _tell_unknown(raw: Mapping[str, Any], model: type[BaseModel], place: str, warnings: _Warnings) -> None:
    known = [each.alias or name for name, each in model.model_fields.items()]
    _tell_strange(raw, known, place or "The document", warnings)


def _tell_strange(raw: Iterable[str], known: Sequence[str], place: str, warnings: _Warnings) -> None:
    """Keys that say nothing to us, each with the one that may have been meant."""
    strange = [name for name in raw if name not in known]
    for name in strange[:_MOST_UNKNOWN]:
        # What is meant takes time to find, and is not looked for where nobody is told.
        near = [] if warnings.full else difflib.get_close_matches(name[:80], known, n=1, cutoff=0.75)
        meant = f" (did you mean {near[0]!r}?)" if near else ""
        warnings.say(f"{place} has {name[:80]!r}, which is not known{meant}; it is left out.")
    if len(strange) > _MOST_UNKNOWN:
        warnings.say(f"{place} has {len(strange) - _MOST_UNKNOWN} more keys that are not known.")

"""A published document read tolerantly: what is wrong in it is told in a sentence and left unknown, never guessed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from uphill.errors import BadInput
from uphill.policy import FACTS, LIST_FACTS, Link, Policy
from uphill.published.document import MAX_STATEMENT, PublishedDocument, PublishedResort, PublishedStatus
from uphill.published.mistakes import Warnings, sentences, without_extras
from uphill.published.parsing import parsed, resorts_in
from uphill.published.values import MOST_ELEMENTS, day_of, not_taken, plain, words_of
from uphill.vocabulary import Status

_LINK: TypeAdapter[str] = TypeAdapter(Link)
_T = TypeVar("_T")


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


def check(body: bytes) -> Checked:
    """What the document says of each of its resorts. Raises BadInput where it can't be read at all."""
    document = parsed(body)
    warnings = Warnings()
    warnings.tell_unknown(document, PublishedDocument, "")
    listed = resorts_in(document)
    entries = []
    for place, raw in listed:
        try:
            entries.append(_entry(raw, place, warnings))
        except BadInput as error:
            if len(listed) == 1:
                raise
            warnings.say(f"{error} All of this resort is left out.")
    return Checked(tuple(entries), warnings.all())


def _entry(raw: dict[str, Any], place: str, warnings: Warnings) -> Entry:
    warnings.tell_unknown(raw, PublishedResort, place)
    name = words_of(raw.get("name"))
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
        updated=_read(raw, "updated", place, day_of, "a day such as 2026-11-20", warnings),
        valid_from=valid_from,
        valid_until=valid_until,
        status_seen=status.seen if status is not None else None,
        status_until=status.until if status is not None else None,
    )


def _policy(raw: Any, place: str, warnings: Warnings) -> Policy:
    """Each fact by itself: what is wrong in one takes nothing from the others."""
    if not isinstance(raw, dict):
        raise BadInput(f"{place} must be an object of facts such as {{'access': 'allowed'}}.")
    warnings.tell_unknown(raw, Policy, place)
    facts: dict[str, Any] = {}
    for name in FACTS:
        value = raw.get(name)
        if value is None or value == "unknown":
            continue
        if name == "status":
            warnings.say(f"{place}.status holds no longer than a day: write it into 'status' with its time.")
            continue
        where = f"{place}.{name}"
        problem = not_taken(value)
        value, problem = (None, f"{where} {problem}") if problem else _fact(name, value, where, warnings)
        if problem:
            warnings.say(f"{problem}. It is taken as not stated.")
        else:
            facts[name] = value
    return Policy.model_validate(facts)


def _fact(name: str, value: Any, place: str, warnings: Warnings) -> tuple[Any, str]:
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


def _with_status(
    policy: Policy, raw: Any, place: str, warnings: Warnings
) -> tuple[Policy, PublishedStatus | None]:
    if raw is None:
        return policy, None
    problem = (
        not_taken(raw) if isinstance(raw, dict) else "must be an object such as {'value': 'open', 'seen': …}"
    )
    problem = f"{place} {problem}" if problem else ""
    status = None
    if not problem:
        warnings.tell_unknown(raw, PublishedStatus, place)
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


def _statements(raw: Any, policy: Policy, place: str, warnings: Warnings) -> dict[str, tuple[str, ...]]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        warnings.say(f"{place} must be an object of sentences by fact; it is left out.")
        return {}
    found: dict[str, tuple[str, ...]] = {}
    warnings.tell_strange(raw, FACTS, place)
    for name, value in raw.items():
        elements = getattr(policy, name) if name in LIST_FACTS else None
        said = [words_of(each) for each in (value if isinstance(value, list) else [value])]
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


def _aliases(raw: Any, place: str, warnings: Warnings) -> tuple[str, ...]:
    names = [words_of(each) for each in raw] if isinstance(raw, list) else [None] * (raw is not None)
    if any(each is None for each in names[:MOST_ELEMENTS]):
        warnings.say(f"{place} must be a list of names; what is none is left out.")
    return tuple(each for each in names[:MOST_ELEMENTS] if each is not None and len(each) <= 200)


def _read(
    raw: Mapping[str, Any],
    key: str,
    place: str,
    read: Callable[[Any], _T],
    kind: str,
    warnings: Warnings,
) -> _T | None:
    value = raw.get(key)
    if value is None:
        return None
    try:
        read_value = read(plain(value))
    except ValueError:
        warnings.say(f"{place}.{key} must be {kind}; it is left out.")
        return None
    return read_value


def _limit(raw: Mapping[str, Any], key: str, place: str) -> date | None:
    """A day from which or until which the rules hold: where it can't be read, nobody knows whether they do."""
    value = raw.get(key)
    try:
        return None if value is None else day_of(value)
    except ValueError as error:
        raise BadInput(
            f"{place}.{key} must be a day such as 2026-11-15, so that the rules' time is known."
        ) from error

"""Page → Reading: language, document, claims, facts, and whether the page is a policy at all."""

from dataclasses import dataclass, field
from typing import Any

from crawler.extract.claims import UNSTATED, Claim, Settled, each_once
from crawler.extract.detection import Detected, detected, languages_in
from crawler.extract.document import Document
from crawler.extract.facts import facts
from crawler.extract.kind import is_policy, status_only
from crawler.extract.languages import LANGUAGES
from crawler.extract.pages.dismissal import dismissed, is_silent
from crawler.extract.pages.page import Page, parse_page
from crawler.extract.resorts.listing import passage_of, resorts_on
from crawler.extract.sections.aimed import aimed_section
from crawler.extract.settling import settle_all
from uphill.evidence import Evidence
from uphill.policy import LIST_FACTS, Policy
from uphill.reading import Reading

_MOST_NAMED = 8


@dataclass(frozen=True)
class Explained:
    """A reading with all that was claimed, per field, and what became of it."""

    reading: Reading
    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)


def read(
    body: bytes | str,
    *,
    source: str,
    content_type: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    resort: str | None = None,
) -> Reading:
    """What the page with these bytes says; never raises for any bytes."""
    if (told := dismissed(body, content_type)) is not None:
        return Reading(source=source, lang=lang if lang in LANGUAGES else told.lang, is_policy=False)
    page = parse_page(body, content_type=content_type, url=url)
    return read_page(page, source=source, lang=lang, resort=resort)


def read_page(page: Page, *, source: str, lang: str | None = None, resort: str | None = None) -> Reading:
    """What the page says. ``lang`` overrides what is detected; a language not read gives no facts.

    ``resort`` is the one whose rules are wanted where the page holds those of several; without it such a page
    gives no facts, since they would be nobody's.
    """
    return explain_page(page, source=source, lang=lang, resort=resort).reading


def explain_page(page: Page, *, source: str, lang: str | None = None, resort: str | None = None) -> Explained:
    found = detected(page) if lang not in LANGUAGES else Detected(lang, lang)
    if found.lang is None or not page.text:
        problem = _unread(found) if page.text else "the page has no text"
        return Explained(Reading(source=source, lang=found.lang, is_policy=False, problem=problem))
    chosen = found.lang
    if is_silent(page):
        nothing = Reading(source=source, lang=chosen, is_policy=False)
        fields = [fact.FIELD for fact in facts()]
        return Explained(nothing, dict.fromkeys(fields, ()), dict.fromkeys(fields, UNSTATED))
    langs = languages_in(page, chosen) if lang not in LANGUAGES else {}
    document = Document(page, chosen, langs)
    listed = resorts_on(document)
    passage = passage_of(document, resort) if resort else None
    if passage is not None:
        document = Document(page, chosen, langs, passage.blocks)
    elif (section := aimed_section(document)) is not None:
        document = Document(page, chosen, langs, section, aimed=True)
    elif listed:
        names = tuple(entry.name for entry in listed)
        problem = _of_several(names, resort)
        return Explained(Reading(source=source, lang=chosen, is_policy=False, problem=problem, resorts=names))
    claims = {fact.FIELD: each_once(fact.claims(document), page.text) for fact in facts()}
    settled = settle_all(claims)
    policy = is_policy(document, settled)
    told = settled if policy else {} if document.elsewhere else status_only(settled)
    return Explained(_reading(page, source, chosen, told, is_policy=policy), claims, settled)


def _of_several(names: tuple[str, ...], resort: str | None) -> str:
    told = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    asked = f", and {resort} is none of them" if resort else "; name one of them"
    return f"the page holds the rules of {len(names)} resorts ({told}){asked}"


def _unread(found: Detected) -> str:
    return f"language '{found.name}' is not read" if found.name else "the page's language is not read"


def _reading(page: Page, source: str, lang: str, told: dict[str, Settled], *, is_policy: bool) -> Reading:
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for name in Policy.model_fields:
        found = told.get(name)
        if found is None or found.value in (None, ()) or not found.claims:
            continue
        values[name] = found.value
        proof = found.claims if name in LIST_FACTS else found.claims[:3]
        evidence[name] = tuple(Evidence.of(page.text, claim.start, claim.end) for claim in proof)
    return Reading(source=source, lang=lang, is_policy=is_policy, policy=Policy(**values), evidence=evidence)

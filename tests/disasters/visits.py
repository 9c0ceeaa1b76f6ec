"""A finished visit with a policy and its proofs, without a web."""

from datetime import datetime

from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import Policy, Price
from uphill.reading import Reading
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

_TEXT = "Uphill travel is allowed. Dogs are not allowed. The season uphill pass costs ${0}."


def visit_of(slug: str, *, price: int, now: datetime) -> ResortVisit:
    """The resort's page states that going up is allowed, no dogs, and a price."""
    text = _TEXT.format(price)
    url = f"https://{slug}.example/uphill"

    def said(words: str) -> tuple[Evidence, ...]:
        start = text.index(words)
        return (Evidence.of(text, start, start + len(words)),)

    reading = Reading(
        source=url,
        lang="en",
        is_policy=True,
        policy=Policy(
            access="allowed",
            dogs="prohibited",
            prices=(Price(amount=price, currency="USD", period="season"),),
        ),
        evidence={
            "access": said("Uphill travel is allowed"),
            "dogs": said("Dogs are not allowed"),
            "prices": said(f"The season uphill pass costs ${price}"),
        },
    )
    page = FetchedPage(
        requested_url=url,
        url=url,
        kind=SourceKind.POLICY,
        outcome=Outcome.POLICY,
        fetched_at=now,
        http_status=200,
        body=text.encode(),
        text=text,
        reading=reading,
    )
    return ResortVisit(slug, now, now, Outcome.POLICY, (page,))

"""What a page turned out to be, once it is read."""

from dataclasses import dataclass, replace

from crawler.discovery.links import Link
from uphill.outcomes import Outcome
from uphill.reading import Reading
from uphill.recording.visit import FetchedPage
from uphill.vocabulary import SourceKind, Status


@dataclass(frozen=True, slots=True)
class Examined:
    """``page`` is ready to hand over; ``links`` lead towards a policy, ``status_links`` to today's status."""

    page: FetchedPage
    links: tuple[Link, ...] = ()
    status_links: tuple[Link, ...] = ()

    @property
    def is_policy(self) -> bool:
        return self.page.reading is not None and self.page.reading.is_policy

    def without_facts(self, kind: SourceKind) -> "Examined":
        """The same page, looked at for its links alone."""
        return replace(
            self,
            page=replace(self.page, kind=kind, outcome=Outcome.NO_POLICY, body=b"", text="", reading=None),
        )

    def as_second(self) -> "Examined":
        """The page beside another that is the policy: a status page where it tells a status."""
        reading = self.page.reading
        if reading is None or not tells_status(reading):
            return self.without_facts(SourceKind.CANDIDATE)
        told = reading.model_copy(update={"is_policy": False})
        return replace(self, page=replace(self.page, kind=SourceKind.STATUS, reading=told))


def tells_status(reading: Reading) -> bool:
    told = reading.policy
    return told.status is not Status.UNKNOWN or any(r.status is not Status.UNKNOWN for r in told.routes)

"""How often workers look around, and how long they wait: one table, in seconds and in cron's words."""

from dataclasses import dataclass

from uphill.lease import HEARTBEAT, LEASE


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds; a cron has a sixth field for them.

    ========================  =============================================================
    ``look_for_due``          when what is due is deferred; empty: as the settings say
    ``look_for_stalled``      when jobs of dead workers are looked for
    ``heartbeat``             between two signs of life of a worker
    ``stalled``               without one until it counts as dead
    ``lease_heartbeat``       between two renewals of the leases of a job's sites
    ``lease``                 without one until a site is free for others
    ``rest``                  that a site stays leased after a crawl, where the least delay
                              between requests is no longer: the crawl may have kept a
                              ``Crawl-delay`` of so long
    ``busy``                  until the next look, where another worker had a resort's site
    ``child_died``            until a job is tried again whose crawl was killed
    ``drain``                 given to a crawl to finish its pages in flight
    ``patience``              until a database that does not answer counts as away
    ``reconnect``             until the database is tried again
    ========================  =============================================================
    """

    look_for_due: str = ""
    look_for_stalled: str = "* * * * * */15"
    heartbeat: float = 10
    stalled: float = 30
    lease_heartbeat: float = HEARTBEAT.total_seconds()
    lease: float = LEASE.total_seconds()
    rest: float = 30
    busy: float = 30
    child_died: float = 60
    drain: float = 17
    patience: float = 5
    reconnect: float = 5

    @property
    def until_leases_end(self) -> float:
        """How long the sites of a worker may stay leased once it counts as dead."""
        return max(0.0, self.lease - self.stalled)

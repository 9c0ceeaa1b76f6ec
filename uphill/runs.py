"""What began a crawl run, and how it ended."""

from enum import StrEnum


class Trigger(StrEnum):
    MANUAL = "manual"
    SCHEDULE = "schedule"
    WORKER = "worker"


class Ending(StrEnum):
    """A run without one is under way, or its process was killed."""

    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

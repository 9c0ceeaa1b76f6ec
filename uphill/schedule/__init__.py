"""What runs by itself: crawls of what is due, and what depends on the day. ``uphill schedule`` runs it."""

from uphill.schedule.service import Service

__all__ = ["Service"]

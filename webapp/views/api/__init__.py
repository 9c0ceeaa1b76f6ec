"""The same answers as JSON; every document names its source and licence."""

from webapp.views.api import changes, checking, keeping, regions, resorts
from webapp.views.api.blueprint import endpoints
from webapp.views.api.keeping import health

__all__ = ["changes", "checking", "endpoints", "health", "keeping", "regions", "resorts"]

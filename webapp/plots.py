"""The answers to maps: which resorts lie where, as compact JSON, kept while nothing changes."""

import json
from collections import OrderedDict
from threading import Lock

from flask import Flask, current_app

from uphill.licence import ATTRIBUTION, LICENCE_NAME
from uphill.search import Query
from uphill.search.held import held_of
from uphill.search.index import Index
from uphill.search.known import Known
from uphill.search.matching import match
from uphill.search.plotting import Area, Cluster, Plot, Spots, plot
from webapp.database import database_session, now
from webapp.marks import Mark, mark_of_known

_KEPT = "uphill.plots"
_MOST_KEPT = 64
_MARKS = [mark.key for mark in Mark]


class KeptPlots:
    """The answers that were given last; they hold as long as the index that they were made of does."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._spots: Spots | None = None
        self._bodies: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, index: Index, key: str) -> str | None:
        with self._lock:
            return self._bodies.get(key) if index is self._index else None

    def spots(self, index: Index) -> Spots:
        with self._lock:
            if self._spots is None or self._spots.resorts is not index.resorts:
                self._spots = Spots(index.resorts, _kind_of, self._spots)
            return self._spots

    def keep(self, index: Index, key: str, body: str) -> None:
        with self._lock:
            if index is not self._index:
                self._index = index
                self._bodies.clear()
            self._bodies[key] = body
            if len(self._bodies) > _MOST_KEPT:
                self._bodies.popitem(last=False)


def attach(app: Flask) -> None:
    app.extensions[_KEPT] = KeptPlots()


def plotted(query: Query, area: Area | None, zoom: int) -> str:
    """What ``query`` shows of ``area`` at ``zoom``, as :func:`webapp.views.mapping.points` tells."""
    session = database_session()
    index = held_of(session, now()).index
    kept: KeptPlots = current_app.extensions[_KEPT]
    key = repr((query.parameters(), area, zoom))
    # Who is open hinges on more than the index: the clock, and hours that are drawn each night.
    keeps = query.at is None and not query.opening
    body = kept.get(index, key) if keeps else None
    if body is None:
        body = _written(plot(match(session, index, query, now()), area, zoom, lambda: kept.spots(index)))
        if keeps:
            kept.keep(index, key, body)
    return body


def _kind_of(resort: Known) -> str:
    return mark_of_known(resort).key


def _written(shown: Plot) -> str:
    document = {
        "total": shown.total,
        "unplaced": shown.unplaced,
        "extent": shown.extent,
        "whole": shown.whole,
        "marks": _MARKS,
        "points": [_point(resort) for resort in shown.points],
        "clusters": [_cluster(each) for each in shown.clusters],
        "licence": f"{ATTRIBUTION}, {LICENCE_NAME}",
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _point(resort: Known) -> list[object]:
    latitude, longitude = round(resort.latitude or 0.0, 4), round(resort.longitude or 0.0, 4)
    return [resort.slug, resort.name, latitude, longitude, _MARKS.index(_kind_of(resort))]


def _cluster(cluster: Cluster) -> list[object]:
    counts = [cluster.kinds[mark] for mark in _MARKS]
    extent = [round(degrees, 4) for degrees in cluster.extent]
    return [round(cluster.latitude, 4), round(cluster.longitude, 4), counts, *extent]

"""Maps on pages: of a search, of a region, and of a resort with its neighbours."""

import json
from dataclasses import dataclass

from flask import Flask, url_for
from markupsafe import Markup

from uphill.language import N_
from uphill.language import gettext as _
from uphill.search import Query
from uphill.search.answers import ResortFacts
from uphill.search.bits import positions
from uphill.search.held import held_of
from uphill.search.known import Known
from uphill.search.matching import match
from uphill.search.places import MAX_KM, Near
from uphill.search.plotting import neighbours
from uphill.settings import Settings
from uphill.words.units import distance_words
from webapp import ground, outlines, plots
from webapp.assets import asset_url
from webapp.database import database_session, now
from webapp.leaflet import SCRIPT, STYLES, leaflet_url
from webapp.marks import Mark, mark_of_known
from webapp.params import search_url
from webapp.picture import HEIGHT, WIDTH, Drawn, draw, frame_of, frame_of_regions

NEIGHBOURS_KM = 100
_NEIGHBOURS = 8
_ELSEWHERE = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=13/{0}/{1}"
_LINK = Markup('<a href="{}" rel="noopener nofollow">{}</a>')
_SLUG = "-slug-"
"""Stands where a script puts a resort's slug into an address; no slug begins or ends like that."""

_SIDES = (
    (
        N_("%(resort)s lies in the north-west of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the north of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the north-east of %(region)s, at %(place)s."),
    ),
    (
        N_("%(resort)s lies in the west of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the middle of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the east of %(region)s, at %(place)s."),
    ),
    (
        N_("%(resort)s lies in the south-west of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the south of %(region)s, at %(place)s."),
        N_("%(resort)s lies in the south-east of %(region)s, at %(place)s."),
    ),
)


@dataclass(frozen=True, slots=True)
class MapView:
    """The addresses that a map in the browser needs. ``here`` is the slug of the resort that it is about, if of one.

    ``area_url`` is the search without its place and region, to which the one shown can be added.
    """

    points_url: str
    popup_url: str
    area_url: str = ""
    here: str = ""

    placeholder = _SLUG
    max_km = MAX_KM

    @property
    def marks_url(self) -> str:
        return asset_url("js/map-marks.js")

    @property
    def ground_url(self) -> str:
        return asset_url("js/map-ground.js")

    @property
    def outlines_url(self) -> str:
        return asset_url(outlines.ASSET)

    @property
    def towns_url(self) -> str:
        return asset_url(outlines.TOWNS)

    @property
    def script_url(self) -> str:
        return leaflet_url(SCRIPT)

    @property
    def styles_url(self) -> str:
        return leaflet_url(STYLES)

    @property
    def tiles(self) -> str:
        return ground.ground().tiles

    @property
    def attribution(self) -> Markup:
        """Whose the ground is."""
        return ground.ground().attribution if self.tiles else _outlines_by()


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    mark: Mark
    here: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Outlines and dots, of which ``words`` tell the same."""

    words: str
    outlines: tuple[Drawn, ...]
    dots: tuple[Dot, ...]

    width = WIDTH
    height = HEIGHT


@dataclass(frozen=True, slots=True)
class Neighbour:
    slug: str
    name: str
    mark: Mark
    far: float
    """Kilometres."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a resort is. Without a ``picture`` where no outline of its region is known.

    ``elsewhere_url`` is a map of the world that shows it, ``around_url`` a search around it.
    """

    view: MapView
    picture: Picture | None
    place: str
    elsewhere_url: str
    around_url: str
    neighbours: tuple[Neighbour, ...]


def attach(app: Flask, settings: Settings) -> None:
    ground.attach(app, settings)
    plots.attach(app)
    app.add_template_filter(distance_words)
    app.add_template_global(map_words)
    app.add_template_global(search_map)
    app.add_template_global(region_map)
    app.add_template_global(region_picture)
    app.add_template_global(locator_of)


def search_map(query: Query) -> MapView:
    """All that ``query`` finds, whichever page of it is shown."""
    whole = query.model_copy(update={"page": 1, "size": Query.model_fields["size"].default})
    return _view(whole, area_url=search_url(whole.without("near").without("region")))


def region_map(code: str) -> MapView:
    """A country's or a region's resorts."""
    return _view(Query(region=(code,)))


def region_picture(code: str, name: str) -> Picture | None:
    """All resorts of a country or region, where its outline is known."""
    frame = frame_of_regions((code,))
    if frame is None:
        return None
    index = held_of(database_session(), now()).index
    matched = match(database_session(), index, Query(region=(code,)), now())
    dots = tuple(
        Dot(*_rounded(frame.at((resort.longitude, resort.latitude))), mark_of_known(resort))
        for resort in map(index.resorts.__getitem__, positions(matched.found))
        if resort.latitude is not None and resort.longitude is not None
    )
    return Picture(_("Outline of %(region)s with its resorts.", region=name), draw(frame, code), dots)


def locator_of(resort: ResortFacts) -> Locator | None:
    """None where nobody knows where the resort is."""
    if resort.latitude is None or resort.longitude is None:
        return None
    around = Near(round(resort.latitude, 2), round(resort.longitude, 2), NEIGHBOURS_KM, resort.name)
    index = held_of(database_session(), now()).index
    close = neighbours(index, resort.slug, around.distances(index), _NEIGHBOURS)
    return Locator(
        view=_view(Query(near=around), here=resort.slug),
        picture=_picture_of(resort, resort.latitude, resort.longitude),
        place=_place(resort.latitude, resort.longitude),
        elsewhere_url=_ELSEWHERE.format(resort.latitude, resort.longitude),
        around_url=search_url(Query(near=around)),
        neighbours=tuple(_neighbour(other, far) for other, far in close),
    )


def _picture_of(resort: ResortFacts, latitude: float, longitude: float) -> Picture | None:
    outline = outlines.outlines().get(resort.region)
    if outline is None:
        return None
    west, south, east, north = outline.extent
    frame = frame_of(((west, south), (east, north), (longitude, latitude)))
    row = _third((north - latitude) / (north - south))
    column = _third((longitude - west) / (east - west))
    words = _(
        _SIDES[row][column],
        resort=resort.name,
        region=resort.region_name,
        place=_place(latitude, longitude),
    )
    dot = Dot(*_rounded(frame.at((longitude, latitude))), Mark.UNKNOWN, here=True)
    return Picture(words, draw(frame, resort.region), (dot,))


def _third(share: float) -> int:
    return max(0, min(2, int(share * 3)))


def _place(latitude: float, longitude: float) -> str:
    """``39.48° N, 106.16° W``."""
    north = (
        _("%(degrees)s° N", degrees=f"{latitude:.2f}")
        if latitude >= 0
        else _("%(degrees)s° S", degrees=f"{-latitude:.2f}")
    )
    east = (
        _("%(degrees)s° E", degrees=f"{longitude:.2f}")
        if longitude >= 0
        else _("%(degrees)s° W", degrees=f"{-longitude:.2f}")
    )
    return f"{north}, {east}"


def _neighbour(resort: Known, far: float) -> Neighbour:
    return Neighbour(resort.slug, resort.name, mark_of_known(resort), far)


def _rounded(at: tuple[float, float]) -> tuple[float, float]:
    return round(at[0], 1), round(at[1], 1)


def map_words() -> str:
    """What the script says, as JSON; it fills in what stands in braces."""
    return json.dumps(
        {
            "map": _("Map: the arrow keys move it, plus and minus bring it closer and farther"),
            "zoomIn": _("Closer"),
            "zoomOut": _("Farther"),
            "close": _("Close"),
            "shown": _("Resorts on the map: {placed}"),
            "partly": _("Resorts on the map: {placed}; of {unplaced} more nobody has told where they are"),
            "cluster": _("Resorts here: {count}. Going up is allowed, or allowed with limits, at {open}"),
            "area": _("Search this area"),
            "failed": _("The map could not be loaded. Try again later."),
            "marks": {mark.key: mark.word for mark in Mark},
        },
        ensure_ascii=False,
    )


def _view(query: Query, *, area_url: str = "", here: str = "") -> MapView:
    return MapView(
        points_url=search_url(query, "mapping.points"),
        popup_url=url_for("mapping.popup", slug=_SLUG),
        area_url=area_url,
        here=here,
    )


def _outlines_by() -> Markup:
    return Markup(_("Outlines: %(outlines)s, towns: %(towns)s")) % {  # noqa: S704 - our own words, translated
        "outlines": _LINK.format(outlines.SOURCE_URL, outlines.SOURCE),
        "towns": _LINK.format(outlines.TOWNS_SOURCE_URL, outlines.TOWNS_SOURCE),
    }

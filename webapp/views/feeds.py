"""What programs follow rather than people: the feed of changes, the sitemap, robots.txt."""

from collections.abc import Iterator
from datetime import datetime

from apiflask import APIBlueprint
from flask import Response, get_template_attribute, request, url_for
from sqlalchemy import func, select

from uphill.db import PolicyVersion, Resort
from uphill.errors import NotFound
from uphill.language import LANGUAGES, gettext
from uphill.recording import change_log
from uphill.recording.change_log import ChangeEntry
from uphill.regions import country_of
from uphill.search import regions
from uphill.search.changes import ChangesQuery
from webapp import sitemap
from webapp.database import database_session
from webapp.feed import MIMETYPE, atom
from webapp.guide import chapters
from webapp.history import Moment, moments
from webapp.views.changes import place_of

endpoints = APIBlueprint("feeds", __name__, enable_openapi=False)

_PAGES = (
    "search.index", "tonight.index", "changes.index", "guide.index", "region.index", "coverage.covered",
    "coverage.healthy", "about.data", "about.endpoints", "publish.page",
)  # fmt: skip


@endpoints.get("/changes.atom")
def changes() -> Response:
    """The change log as Atom, with the parameters of its page. Raises BadFilter, NotFound."""
    query = ChangesQuery.parse(request.args.to_dict(flat=False))
    found = change_log.read(database_session(), **query.arguments())
    links = {"self": _external("feeds.changes", query), "alternate": _external("changes.index", query)}
    kept = found.changes
    if found.cursor is not None:
        kept = _whole_moments(kept)
        links["next"] = _external("feeds.changes", query.model_copy(update={"cursor": str(kept[-1].id)}))
    told = moments(kept)
    place = place_of(query, told[0].resort_name if told else "")
    body = atom(
        told,
        title=_title(query, place),
        about=" ".join(filter(None, (query.region, query.resort))),
        links=links,
        page_of=lambda moment: url_for("resort.show", slug=moment.resort, _external=True),
        content_of=_content,
    )
    return Response(body, content_type=f"{MIMETYPE}; charset=utf-8")


@endpoints.get("/sitemap.xml")
def site() -> Response:
    """All pages; where they are too many for one file, an index of the files."""
    count = database_session().scalar(select(func.count(Resort.id))) or 0
    files = -(-count // sitemap.MOST)
    if files > 1:
        named = (url_for("feeds.site_part", number=number + 1, _external=True) for number in range(files))
        return _xml(sitemap.index(named))
    return _xml(sitemap.urlset([*_standing_pages(), *_resort_pages(0)]))


@endpoints.get("/sitemap-<int:number>.xml")
def site_part(number: int) -> Response:
    """One file of a large sitemap. Raises NotFound."""
    pages = list(_resort_pages(number - 1)) if 0 < number < 10_000 else []
    if not pages:
        raise NotFound(f"There is no part {number} of the sitemap.")
    return _xml(sitemap.urlset([*(_standing_pages() if number == 1 else ()), *pages]))


@endpoints.get("/robots.txt")
def robots() -> Response:
    """Every page may be read; of searches only those that a page leads to by name, not each of their filters.

    What readers put together for themselves is left out too: there is no end of such pages.
    """
    prefixes = ("", *(f"/{language}" for language in LANGUAGES))
    lines = (
        "User-agent: *",
        *(f"Disallow: {prefix}/{made}" for prefix in prefixes for made in ("?", "compare?", "starred?")),
        "Allow: /",
        f"Sitemap: {url_for('feeds.site', _external=True)}",
        "",
    )
    return Response("\n".join(lines), mimetype="text/plain")


def _title(query: ChangesQuery, place: str) -> str:
    if not place:
        return gettext("Uphill access: what changed")
    if query.resort:
        return gettext("Uphill access: what changed at %(resort)s", resort=place)
    return gettext("Uphill access: what changed in %(region)s", region=place)


def _external(endpoint: str, query: ChangesQuery) -> str:
    values: dict[str, str] = query.parameters()
    return url_for(endpoint, _external=True, **values)


def _whole_moments(entries: tuple[ChangeEntry, ...]) -> tuple[ChangeEntry, ...]:
    """Without the last moment, which may go on behind the end of the page; unless there is no other."""
    last = entries[-1]
    moment = (last.at, last.resort, last.cause)
    return tuple(one for one in entries if (one.at, one.resort, one.cause) != moment) or entries


def _content(moment: Moment) -> str:
    """As the page of changes tells it, without what is told by the entry itself."""
    template = get_template_attribute("parts/changes.html", "moment")
    return str(template(moment, None)).strip()


def _standing_pages() -> Iterator[tuple[str, None]]:
    for endpoint in _PAGES:
        yield url_for(endpoint, _external=True), None
    for chapter in chapters():
        yield url_for("guide.show", name=chapter.name, _external=True), None
    codes = [region.code for region in regions(database_session())]
    for code in sorted({*codes, *map(country_of, codes)}):
        yield url_for("region.show", code=code, _external=True), None


def _resort_pages(part: int) -> Iterator[tuple[str, datetime | None]]:
    rows = database_session().execute(
        select(Resort.slug, PolicyVersion.first_seen)
        .outerjoin(
            PolicyVersion, (PolicyVersion.resort_id == Resort.id) & PolicyVersion.superseded_at.is_(None)
        )
        .order_by(Resort.slug)
        .limit(sitemap.MOST)
        .offset(part * sitemap.MOST)
    )
    for slug, changed in rows:
        yield url_for("resort.show", slug=slug, _external=True), changed


def _xml(body: bytes) -> Response:
    return Response(body, content_type="application/xml; charset=utf-8")

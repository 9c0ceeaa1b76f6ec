"""Compare: up to four resorts side by side."""

from collections.abc import Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Flask, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from uphill.errors import BadFilter, BadInput, NotFound
from uphill.language import gettext as _
from uphill.search import Query, find, search
from uphill.search.answers import Listing, ResortPage
from webapp.compare import MOST, column_of, questions
from webapp.database import database_session, now

pages = APIBlueprint("comparing", __name__, enable_openapi=False)

_ONLY = ("differences",)
_LONGEST_NAME = 120
_CANDIDATES = 8


def attach(app: Flask) -> None:
    app.add_template_global(compare_url)
    app.jinja_env.globals["MOST_COMPARED"] = MOST


@pages.get("/compare")
def index() -> str | Response:
    """``?resort=a&resort=b``; ``only=differences`` leaves out what is the same; ``add`` is a name to look for.

    Raises BadInput, BadFilter, NotFound.
    """
    asked = [slug.strip() for slug in request.args.getlist("resort") if slug.strip()]
    found = _resorts(database_session(), asked)
    slugs = [page.resort.slug for page in found]
    only = request.args.get("only", "")
    if only not in ("", *_ONLY):
        raise BadFilter("only", _("“only” takes differences, or nothing."), _ONLY)
    adding = request.args.get("add", "").strip()
    added = _named(database_session(), adding) if adding and len(slugs) < MOST else ()
    if len(added) == 1:
        slugs = list(dict.fromkeys([*slugs, added[0].resort.slug]))
    if slugs != asked or len(added) == 1 or (adding == "" and "add" in request.args):
        return redirect(compare_url(slugs, only))
    asked_rows = questions(found, now())
    return render_template(
        "compare.html",
        columns=[column_of(page, now()) for page in found],
        rows=[row for row in asked_rows if row.differs or not only],
        same=sum(not row.differs for row in asked_rows),
        slugs=slugs,
        only=only,
        adding=adding,
        candidates=[one for one in added if one.resort.slug not in slugs],
        most=MOST,
    )


def compare_url(slugs: Sequence[str], only: str = "", **more: Any) -> str:
    """The address at which these resorts are compared."""
    return url_for("comparing.index", resort=list(slugs), only=only or None, **more)


def _resorts(session: Session, names: Sequence[str]) -> list[ResortPage]:
    """Each once, in their order. Raises BadInput for too many, NotFound for one that is not known."""
    names = list(dict.fromkeys(names))
    if len(names) > MOST:
        raise BadInput(
            _(
                "%(count)s resorts can’t be compared at once: leave out all but %(most)s.",
                count=len(names),
                most=MOST,
            )
        )
    found = (find(session, _bounded(name), now()) for name in names)
    return list({page.resort.slug: page for page in found}.values())


def _bounded(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        raise NotFound(_("There is no resort with a name of %(length)s characters.", length=len(name)))
    return name


def _named(session: Session, name: str) -> tuple[Listing, ...]:
    """The resort that has this name, else those that a search finds. Raises BadFilter for what can't be searched."""
    query = Query.parse({"text": [name], "size": [str(_CANDIDATES)]})
    try:
        return (find(session, _bounded(name), now()),)
    except NotFound:
        return search(session, query, now()).listings

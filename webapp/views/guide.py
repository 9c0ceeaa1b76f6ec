"""The guide for newcomers, chapter by chapter, and the search that finds a hill for a first try."""

from apiflask import APIBlueprint
from flask import render_template, url_for
from markupsafe import Markup

from uphill.errors import NotFound
from uphill.search import Query
from webapp.guide import chapters, rendered
from webapp.params import search_url

pages = APIBlueprint("guide", __name__, enable_openapi=False)

FIRST_TRY: dict[str, list[str]] = {
    "during_operations": ["allowed"],
    "routes": ["stated"],
    "sort": ["price"],
}
"""What makes a hill easy for a first time, as a search: by day, on named routes, the cheapest first."""


@pages.get("/guide")
def index() -> str:
    return render_template("guide.html", chapters=chapters(), **_first_try())


@pages.get("/guide/<name>")
def show(name: str) -> str:
    """A chapter. Raises NotFound."""
    told = chapters()
    at = next((at for at, one in enumerate(told) if one.name == name), None)
    if at is None:
        raise NotFound(f"The guide has no chapter {name!r}. It has: {', '.join(one.name for one in told)}.")
    text = rendered(told[at], lambda target: url_for("guide.show", name=target))
    return render_template(
        "guide_chapter.html",
        chapter=told[at],
        number=at + 1,
        count=len(told),
        text=Markup(text),  # noqa: S704 - our own Markdown, rendered with HTML off
        before=told[at - 1] if at else None,
        after=told[at + 1] if at + 1 < len(told) else None,
        **_first_try(),
    )


def _first_try() -> dict[str, object]:
    """Address and rules of the search for a first try; the rules in words."""
    query = Query.parse(FIRST_TRY)
    return {"first_try_url": search_url(query), "first_try_rules": query.sentences()}

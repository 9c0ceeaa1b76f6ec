"""The guide for newcomers, chapter by chapter, with races and the search that finds a hill for a first try."""

from apiflask import APIBlueprint
from flask import render_template, url_for
from markupsafe import Markup

from uphill.errors import NotFound
from uphill.language import gettext
from uphill.races import races
from webapp.database import database_session, now
from webapp.first_try import first_tries
from webapp.guide import chapters, rendered
from webapp.races import RACE_KINDS, shown

pages = APIBlueprint("guide", __name__, enable_openapi=False)


@pages.get("/guide")
def index() -> str:
    return render_template(
        "guide.html",
        chapters=chapters(),
        first_tries=first_tries(database_session(), now()),
        races=shown(races()),
        race_kinds=RACE_KINDS,
    )


@pages.get("/guide/<name>")
def show(name: str) -> str:
    """A chapter. Raises NotFound."""
    told = chapters()
    at = next((at for at, one in enumerate(told) if one.name == name), None)
    if at is None:
        raise NotFound(
            gettext(
                "The guide has no chapter %(name)s. It has: %(names)s.",
                name=repr(name),
                names=", ".join(one.name for one in told),
            )
        )
    text = rendered(told[at], lambda target: url_for("guide.show", name=target))
    return render_template(
        "guide_chapter.html",
        chapter=told[at],
        number=at + 1,
        count=len(told),
        text=Markup(text),  # noqa: S704 - our own Markdown, rendered with HTML off
        before=told[at - 1] if at else None,
        after=told[at + 1] if at + 1 < len(told) else None,
        first_tries=first_tries(database_session(), now()),
    )

"""The resort page: may I, when, with what; and why we say so."""

from apiflask import APIBlueprint
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from uphill.search import find
from uphill.vocabulary import Origin
from uphill.wording import age
from webapp.database import database_session, now
from webapp.facts import fact_groups, is_old, now_of
from webapp.marks import mark_of
from webapp.strip import strip_of

pages = APIBlueprint("resort", __name__, enable_openapi=False)


@pages.get("/resorts/<slug>")
def show(slug: str) -> str | Response:
    """By its slug; a resort asked for by another name is at its own address. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.show", slug=page.resort.slug), 301)
    provenance = page.provenance
    return render_template(
        "resort.html",
        page=page,
        mark=mark_of(page.policy),
        now=now_of(page, now(), page.evidence.get("status", ())),
        age=age(provenance, now()),
        old=is_old(page),
        listed=provenance is not None and provenance.origin is Origin.BASELINE,
        groups=fact_groups(page),
        strip=strip_of(page.policy.windows, page.resort, now()),
    )

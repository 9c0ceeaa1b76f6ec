"""The site: pages for people and the same answers as JSON, made by :func:`create_app`.

Nothing happens at import. The engine is made with the first request, so a server may fork after
``create_app``; each request has one session, closed when it ends.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from apiflask import APIFlask
from jinja2 import StrictUndefined
from sqlalchemy import Engine

from uphill.settings import Settings
from webapp import (
    address,
    assets,
    bounds,
    compression,
    cors,
    errors,
    formats,
    kept_answers,
    kept_cards,
    languages,
    leaflet,
    limits,
    maps,
    names,
    openapi,
    params,
    security,
)
from webapp.counters import Counters
from webapp.database import CLOCK, Clock, Database
from webapp.views import (
    about,
    api,
    asking,
    changes,
    comparing,
    coverage,
    downloads,
    feeds,
    following,
    guide,
    installing,
    mapping,
    metrics,
    publish,
    region,
    reporting,
    resort,
    schemas,
    search,
    starring,
    tonight,
)

__all__ = ["create_app"]

_TITLE = "Uphill access of ski resorts"
_BLUEPRINTS = (
    search.pages,
    downloads.endpoints,
    following.endpoints,
    asking.pages,
    resort.pages,
    reporting.pages,
    region.pages,
    tonight.pages,
    mapping.pages,
    leaflet.files,
    comparing.pages,
    starring.pages,
    installing.pages,
    changes.pages,
    feeds.endpoints,
    guide.pages,
    coverage.pages,
    about.pages,
    publish.pages,
    api.endpoints,
    api.health,
    schemas.endpoints,
)


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    clock: Callable[[], datetime] | None = None,
    counters: Counters | None = None,
) -> APIFlask:
    """The application on the database of ``settings``, or on ``engine``; ``clock`` gives aware times.

    Processes that serve together share ``counters``, which were made before they forked.
    """
    app = languages.Site(
        "webapp",
        title=_TITLE,
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[CLOCK] = Clock(clock or (lambda: datetime.now(UTC)))
    database = Database(settings.sqlalchemy_url, engine)
    database.attach(app)
    kept_answers.attach(app, database)
    compression.attach(app)  # the first to be attached is the last to see an answer
    cors.attach(app)
    address.attach(app, settings)
    security.attach(app, settings)
    maps.attach(app, settings)
    bounds.attach(app)
    limits.attach(app, settings, counters)
    reporting.attach(app, settings)
    for area in (languages, assets, kept_cards, formats, params, errors, openapi, names, comparing, starring):
        area.attach(app)
    for blueprint in (*_BLUEPRINTS, *((metrics.endpoints,) if settings.metrics else ())):
        app.register_blueprint(blueprint)
    return app

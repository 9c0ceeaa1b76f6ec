"""Whether what is known is kept fresh, and whether the site answers at all."""

from apiflask import APIBlueprint

from uphill.health import RULES, Finding, sources
from uphill.health import health as state_of_all
from uphill.search import regions
from uphill.search.cursors import page_of
from uphill.search.parameters import MAX_SIZE
from webapp.database import database_session, now
from webapp.views.api.blueprint import endpoints
from webapp.views.api.documents import HealthDocument, SourcesDocument
from webapp.views.api.paging import links, next_url, parameters, size_of
from webapp.views.coverage import TOLD_WITHOUT_DETAIL

health = APIBlueprint("health", __name__, enable_openapi=False)

USUAL_SIZE = 50


@endpoints.get("/health")
@endpoints.output(HealthDocument)
@endpoints.doc(summary="Whether it is kept fresh", operation_id="showHealth")
def state() -> tuple[HealthDocument, int, dict[str, str]]:
    """The rules that are broken, if any, with what the newest crawls did."""
    parameters()
    told = state_of_all(database_session(), now())
    meanings = {rule.name: rule.meaning for rule in RULES}
    findings = tuple(
        Finding(rule=each.rule, sentence=meanings[each.rule]) if each.rule in TOLD_WITHOUT_DETAIL else each
        for each in told.findings
    )
    runs = tuple(run.model_copy(update={"detail": None}) for run in told.runs)
    document = HealthDocument(healthy=told.healthy, findings=findings, totals=told.totals, runs=runs)
    return document, 200, links(None)


@endpoints.get("/health/sources")
@endpoints.output(SourcesDocument)
@endpoints.doc(summary="Pages that fail", operation_id="listFailingSources")
def failing() -> tuple[SourcesDocument, int, dict[str, str]]:
    """Pages of resorts that are asked again and again, and do not answer as they should."""
    given = parameters("size", "cursor")
    found = sources(database_session(), now(), failing_only=True)
    size = size_of(given, USUAL_SIZE, MAX_SIZE)
    here, cursor = page_of([each.url for each in found], size, given.get("cursor"), "sources")
    following = next_url(cursor)
    return SourcesDocument(sources=found[here], cursor=cursor, next=following), 200, links(following)


@health.get("/healthz")
def healthz() -> dict[str, object]:
    """Answers while the database does; for a supervisor or a load balancer."""
    counts = regions(database_session())
    return {"status": "ok", "resorts": sum(region.resorts for region in counts)}

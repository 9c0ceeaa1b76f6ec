"""The same answers as JSON; every document names its source and licence."""

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, ConfigDict, Field

from uphill import change_log
from uphill.change_log import ChangeList
from uphill.licence import ATTRIBUTION, CAUTION, LICENCE_NAME, LICENCE_URL
from uphill.search import find, regions, search
from uphill.search.answers import RegionCount, ResortPage, Results
from uphill.search.changes import ChangesQuery
from webapp.database import database_session, now
from webapp.params import query_from

endpoints = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Uphill access")
health = APIBlueprint("health", __name__, enable_openapi=False)


class Licence(BaseModel):
    """Under which terms the data may be used."""

    model_config = ConfigDict(frozen=True)

    attribution: str = ATTRIBUTION
    name: str = LICENCE_NAME
    url: str = LICENCE_URL
    caution: str = CAUTION


class ResultsDocument(Results):
    """One page of a search, with the number of resorts under every value of every filter."""

    licence: Licence = Field(default_factory=Licence)


class ResortDocument(ResortPage):
    """Everything known of one resort: its facts, why each is believed, and their history."""

    licence: Licence = Field(default_factory=Licence)


class ChangesDocument(ChangeList):
    """One page of the change log."""

    licence: Licence = Field(default_factory=Licence)


class RegionsDocument(BaseModel):
    """Every region that has resorts."""

    regions: tuple[RegionCount, ...]
    licence: Licence = Field(default_factory=Licence)


@endpoints.get("/resorts")
@endpoints.output(ResultsDocument)
@endpoints.doc(summary="Search resorts", operation_id="searchResorts", responses={400: "A wrong filter"})
def resorts() -> ResultsDocument:
    """The same filters as the site's search; a wrong one is answered with 400 and the values allowed."""
    results = search(database_session(), query_from(request.args), now())
    return ResultsDocument(**dict(results))


@endpoints.get("/resorts/<slug>")
@endpoints.output(ResortDocument)
@endpoints.doc(summary="One resort", operation_id="showResort", responses={404: "No such resort"})
def resort(slug: str) -> ResortDocument:
    """Facts that no source states are ``unknown`` or empty; that never means "no"."""
    return ResortDocument(**dict(find(database_session(), slug, now())))


@endpoints.get("/changes")
@endpoints.output(ChangesDocument)
@endpoints.doc(
    summary="What changed",
    operation_id="listChanges",
    responses={400: "A wrong parameter", 404: "No such resort"},
)
def changes() -> ChangesDocument:
    """Facts that changed, newest first; ``cursor`` leads to those before."""
    query = ChangesQuery.parse(request.args.to_dict(flat=False))
    return ChangesDocument(**dict(change_log.read(database_session(), **query.arguments())))


@endpoints.get("/regions")
@endpoints.output(RegionsDocument)
@endpoints.doc(summary="Regions", operation_id="listRegions")
def region_counts() -> RegionsDocument:
    """Regions by ISO 3166-2 code, with their number of resorts and of known policies."""
    return RegionsDocument(regions=regions(database_session()))


@health.get("/healthz")
def healthz() -> dict[str, object]:
    """Answers while the database does; for a supervisor or a load balancer."""
    counts = regions(database_session())
    return {"status": "ok", "resorts": sum(region.resorts for region in counts)}

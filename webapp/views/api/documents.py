"""What the API answers with, each with the terms under which it may be used."""

from pydantic import BaseModel, ConfigDict, Field

from uphill.coverage import Coverage, Covered
from uphill.health import Finding, RunNote, SourceHealth, Totals
from uphill.licence import ATTRIBUTION, CAUTION, LICENCE_NAME, LICENCE_URL
from uphill.policy import Policy
from uphill.recording.change_log import ChangeList
from uphill.search.answers import RegionCount, ResortPage, Results
from uphill.search.history import History


class Licence(BaseModel):
    """Under which terms the data may be used."""

    model_config = ConfigDict(frozen=True)

    attribution: str = ATTRIBUTION
    name: str = LICENCE_NAME
    url: str = LICENCE_URL
    caution: str = CAUTION


class _Document(BaseModel):
    licence: Licence = Field(default_factory=Licence)


class _Paged(_Document):
    next: str | None = Field(None, description="the address of the next page, null on the last one")


class ResultsDocument(Results, _Paged):
    """One page of a search, with the number of resorts under every value of every filter."""

    cursor: str | None = Field(None, description="where this page ends, null on the last one")


class ResortDocument(ResortPage, _Document):
    """Everything known of one resort: its facts, why each is believed, and their history."""


class HistoryDocument(History, _Paged):
    """One page of a policy's versions."""


class ChangesDocument(ChangeList, _Paged):
    """One page of the change log."""


class RegionsDocument(_Paged):
    """One page of the regions that have resorts, by country and name."""

    regions: tuple[RegionCount, ...]
    cursor: str | None = Field(None, description="where this page ends, null on the last one")


class RegionDocument(_Document):
    """A country or a state: how many resorts it has, and where their policies stand."""

    code: str
    name: str
    country: str
    country_name: str
    covered: Covered
    regions: tuple[RegionCount, ...] = Field(description="of a country its states, of a state itself")
    resorts: str = Field(description="the address of its resorts in this API")


class CoverageDocument(Coverage, _Document):
    """Of all lift-served areas by region: of how many the policy is known, and of how many it is not."""


class HealthDocument(_Document):
    """Whether the directory is kept as it should be; it is healthy where nothing was found."""

    healthy: bool
    findings: tuple[Finding, ...] = Field(description="rules that are broken")
    totals: Totals
    runs: tuple[RunNote, ...] = Field(description="the newest crawls")


class SourcesDocument(_Paged):
    """One page of the pages that are asked again and fail, those that failed most often first."""

    sources: tuple[SourceHealth, ...]
    cursor: str | None = Field(None, description="where this page ends, null on the last one")


class CheckedResort(BaseModel):
    """What a published document was understood to say of one resort; what it does not state is unknown."""

    name: str
    policy: Policy


class CheckDocument(BaseModel):
    """What a published document was understood to say, and a sentence for each mistake in it."""

    valid: bool = Field(description="whether nothing in it was wrong or unknown")
    resorts: tuple[CheckedResort, ...]
    warnings: tuple[str, ...]


DOCUMENTS: tuple[type[BaseModel], ...] = (
    ResultsDocument,
    ResortDocument,
    HistoryDocument,
    ChangesDocument,
    RegionsDocument,
    RegionDocument,
    CoverageDocument,
    HealthDocument,
    SourcesDocument,
    CheckDocument,
)

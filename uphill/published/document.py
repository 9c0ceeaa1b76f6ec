"""The format: what a resort may write. It is described strictly here, and read tolerantly by :mod:`entries`."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from uphill.policy import FACTS, Link, Policy

WELL_KNOWN = "/.well-known/uphill-policy.json"
MAX_RESORTS = 200
MAX_STATEMENT = 1000

Name = Annotated[str, Field(min_length=1, max_length=200)]
Statement = Annotated[str, Field(min_length=1, max_length=MAX_STATEMENT)]
Announcement = Literal["open", "closed"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class PublishedStatus(_Part):
    """What holds for the moment. It is shown until ``until``, and never longer than to the end of the day."""

    value: Announcement | None = Field(
        None,
        title="Open or closed",
        description="Whether going up is open at this moment.",
        examples=["open"],
    )
    seen: AwareDatetime = Field(
        title="Since when",
        description="When somebody at the resort last said so: date, time and zone.",
        examples=["2026-12-05T06:10:00-07:00"],
    )
    until: AwareDatetime | None = Field(
        None,
        title="Until when",
        description="From then on it is not known any more. Without it: the end of the day.",
        examples=["2026-12-05T16:00:00-07:00"],
    )
    routes: dict[str, Announcement] = Field(
        default_factory=dict,
        title="Status of the routes",
        description="By the names that the routes have in `policy`.",
        examples=[{"Quarry Road": "closed"}],
    )


class PublishedResort(_Part):
    """One resort and its rules."""

    name: Name = Field(
        title="Name", description="The resort's name, as on its website.", examples=["Larch Hill"]
    )
    aliases: tuple[Name, ...] = Field(
        (),
        title="Other names",
        description="Names under which directories may know the resort.",
        examples=[["Larch Hill Ski Area"]],
    )
    website: Link | None = Field(
        None, title="Website", description="The resort's home page.", examples=["https://larch-hill.example"]
    )
    source: Link | None = Field(
        None,
        title="Page for people",
        description="The page on which the same rules can be read.",
        examples=["https://larch-hill.example/uphill"],
    )
    updated: date | None = Field(
        None,
        title="Updated",
        description="The day on which somebody last made sure that all of this is right.",
        examples=["2026-11-20"],
    )
    valid_from: date | None = Field(
        None, title="Valid from", description="The first day of these rules.", examples=["2026-11-15"]
    )
    valid_until: date | None = Field(
        None,
        title="Valid until",
        description="The last day of these rules. After it nothing of this is told as in force.",
        examples=["2027-04-18"],
    )
    policy: Policy = Field(
        title="Policy",
        description="The rules, in the words of the policy's schema. What is left out is not stated; "
        "it never means no. What holds for the moment belongs into `status`.",
    )
    statements: dict[str, Statement | tuple[Statement, ...]] = Field(
        default_factory=dict,
        title="Sentences",
        description="By the name of a fact, the sentence that states it; readers are shown it as the proof. "
        "For a list one sentence for all, or one for each element.",
        examples=[{"dogs": "Please leave dogs at home."}],
        json_schema_extra={"propertyNames": {"enum": list(FACTS)}},
    )
    status: PublishedStatus | None = Field(
        None, title="For the moment", description="What is announced now, with the time of it."
    )


class PublishedDocument(_Part):
    """What a resort publishes at ``/.well-known/uphill-policy.json``: itself, or its several resorts."""

    schema_: str | None = Field(
        None, alias="$schema", title="Schema", description="The address of this schema."
    )
    resort: PublishedResort | None = Field(
        None, title="The resort", description="Where the website is of one resort."
    )
    resorts: tuple[PublishedResort, ...] = Field(
        (),
        max_length=MAX_RESORTS,
        title="The resorts",
        description="Where the website is of several.",
    )

    @model_validator(mode="after")
    def _is_of_someone(self) -> "PublishedDocument":
        if (self.resort is None) == (not self.resorts):
            raise ValueError("a document holds either 'resort' or 'resorts'")
        return self


MINIMAL: dict[str, Any] = {
    "resort": {
        "name": "Larch Hill",
        "updated": "2026-11-20",
        "policy": {"access": "allowed", "windows": ["05:00-08:30"], "pass_required": "always"},
    }
}

EXAMPLE: dict[str, Any] = {
    "resort": {
        "name": "Larch Hill",
        "aliases": ["Larch Hill Ski Area"],
        "website": "https://larch-hill.example",
        "source": "https://larch-hill.example/uphill",
        "updated": "2026-11-20",
        "valid_from": "2026-11-15",
        "valid_until": "2027-04-18",
        "policy": {
            "access": "allowed",
            "during_operations": "prohibited",
            "outside_operations": "allowed",
            "windows": ["05:00-lift_open", "Tu,Th 17:00-21:00"],
            "pass_required": "always",
            "pass_accepts": ["uphill_pass", "season_pass"],
            "pass_cost": "paid",
            "prices": [
                {"amount": 15, "currency": "USD", "period": "day"},
                {"amount": 79.50, "currency": "USD", "period": "season"},
            ],
            "waiver": "required",
            "designated_routes_only": "yes",
            "routes": [
                {
                    "name": "Quarry Road",
                    "serves": "up",
                    "length_m": 2400,
                    "ascent_m": 420,
                    "difficulty": "easy",
                },
                {"name": "Old Ridge", "serves": "both", "windows": ["05:00-08:00"]},
            ],
            "dogs": "prohibited",
            "lights": "required",
            "hotline": "+1 970 555 0142",
            "parking": {"place": "Lot C", "cost": "free", "until": "08:30"},
            "waiver_url": "https://larch-hill.example/waiver",
        },
        "statements": {
            "dogs": "Please leave dogs at home.",
            "windows": [
                "You may skin up from five until the lifts open.",
                "On Tuesdays and Thursdays also from 5 to 9 pm.",
            ],
        },
        "status": {
            "value": "open",
            "seen": "2026-11-20T06:10:00-07:00",
            "until": "2026-11-20T21:00:00-07:00",
            "routes": {"Old Ridge": "closed"},
        },
    }
}

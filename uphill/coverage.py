"""How much of the catalogue is known: of every lift-served area, by region, where its policy stands.

Each resort counts once, so that the parts of a region always make up the whole of it.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from uphill.db import PolicyVersion, Region, Resort, Visit
from uphill.outcomes import Outcome
from uphill.regions import country_order, country_words
from uphill.vocabulary import Access, Origin


class Standing(StrEnum):
    """Where a resort's policy stands.

    ``READ`` allows going up, or leaves it open, by its own page as we read it; ``LISTED`` by a list alone.
    ``PROHIBITED`` by either. ``NONE_PUBLISHED``: its site was read, and no policy found. ``NOT_REACHED``: the last
    visit failed, or there was none.
    """

    READ = "read"
    LISTED = "listed"
    PROHIBITED = "prohibited"
    NONE_PUBLISHED = "none_published"
    NOT_REACHED = "not_reached"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Covered(_Told):
    """How many resorts of a place are in each standing; of all ``never_visited`` nothing was tried yet."""

    counts: dict[Standing, int]
    never_visited: int

    @property
    def resorts(self) -> int:
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        return sum(self.counts[each] for each in (Standing.READ, Standing.LISTED, Standing.PROHIBITED))


class CoveredRegion(_Told):
    code: str
    name: str
    covered: Covered


class CoveredCountry(_Told):
    code: str
    name: str
    covered: Covered
    regions: tuple[CoveredRegion, ...]


class Coverage(_Told):
    """Countries by name, their regions by name."""

    covered: Covered
    countries: tuple[CoveredCountry, ...]


def covered_in(session: Session, code: str) -> Covered:
    """How far a country (ISO 3166-1) or a region (ISO 3166-2) is covered; nothing of a place without resorts."""
    rows = session.execute(_grouped().where(or_(Region.code == code, Region.country == code)))
    counted: Counter[tuple[bool, Standing]] = Counter()
    for _, _, _, origin, access, visited, failed, resorts in rows:
        counted[visited, _standing(origin, access, visited=visited, failed=failed)] += resorts
    return _covered([counted])


def coverage(session: Session) -> Coverage:
    counted: dict[tuple[str, str, str], Counter[tuple[bool, Standing]]] = {}
    for country, name, code, origin, access, visited, failed, resorts in session.execute(_grouped()):
        standing = _standing(origin, access, visited=visited, failed=failed)
        counted.setdefault((country, name, code), Counter())[visited, standing] += resorts
    countries = []
    for code in sorted({country for country, _, _ in counted}, key=country_order):
        inside = [
            (name, region, found) for (country, name, region), found in counted.items() if country == code
        ]
        countries.append(
            CoveredCountry(
                code=code,
                name=country_words(code),
                covered=_covered(found for _, _, found in inside),
                regions=tuple(
                    CoveredRegion(code=region, name=name, covered=_covered([found]))
                    for name, region, found in sorted(inside, key=lambda each: each[:2])
                ),
            )
        )
    return Coverage(covered=_covered(counted.values()), countries=tuple(countries))


def _grouped() -> Select[*tuple[Any, ...]]:
    """Resorts by region, the origin and access of their policy, whether they were visited and how that ended."""
    newest = select(func.max(Visit.id)).group_by(Visit.resort_id)
    failed = case((Visit.outcome.in_([each for each in Outcome if each.failed]), True), else_=False)
    columns = (Region.country, Region.name, Region.code, PolicyVersion.origin, PolicyVersion.access)
    visited = Visit.id.is_not(None)
    return (
        select(*columns, visited.label("visited"), failed.label("failed"), func.count(Resort.id))
        .select_from(Resort)
        .join(Region, Region.code == Resort.region_code)
        .outerjoin(
            PolicyVersion, (PolicyVersion.resort_id == Resort.id) & PolicyVersion.superseded_at.is_(None)
        )
        .outerjoin(Visit, (Visit.resort_id == Resort.id) & Visit.id.in_(newest))
        # By name: PostgreSQL would take the same words with other bound values for another column.
        .group_by(*columns, "visited", "failed")
    )


def _standing(origin: Origin | None, access: Access | None, *, visited: bool, failed: bool) -> Standing:
    if access is Access.PROHIBITED:
        return Standing.PROHIBITED
    if origin is not None:
        return Standing.READ if origin is Origin.CRAWL else Standing.LISTED
    return Standing.NONE_PUBLISHED if visited and not failed else Standing.NOT_REACHED


def _covered(found: Iterable[Counter[tuple[bool, Standing]]]) -> Covered:
    total: Counter[tuple[bool, Standing]] = Counter()
    for each in found:
        total.update(each)
    counts = {standing: total[False, standing] + total[True, standing] for standing in Standing}
    never = sum(count for (visited, _), count in total.items() if not visited)
    return Covered(counts=counts, never_visited=never)

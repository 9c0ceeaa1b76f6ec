"""Rows into the database: idempotent, so that a second load of the same files writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload, sessionmaker

from uphill.catalogue.baseline import load_baseline, read_baseline
from uphill.catalogue.openskimap import SkiArea, read_ski_areas
from uphill.catalogue.rows import AliasRow, CatalogueRow, read_aliases, read_resorts
from uphill.db import Alias, Region, Resort, Source, writing
from uphill.errors import BadRow
from uphill.regions import country_of, names_to_search, region_name
from uphill.search.text import fold, slugify
from uphill.sites import site_of
from uphill.vocabulary import SourceKind

_LONGEST_SLUG_OF_NAME = 50
_COLUMNS = (
    "name", "locality", "latitude", "longitude", "timezone", "base_m", "summit_m", "website",
    "openskimap_id", "pass_network",
)  # fmt: skip


@dataclass(slots=True)
class LoadReport:
    """How many rows were new, differed from what was there, or were the same; and those left out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    aliases: int = 0
    policies: int = 0
    bad: tuple[tuple[str, BadRow], ...] = ()

    def add_bad(self, file: str, rows: Iterable[BadRow]) -> None:
        self.bad += tuple((file, row) for row in rows)


def load_shipped(sessions: sessionmaker[Session], now: datetime) -> LoadReport:
    """The catalogue, its aliases and the baseline that come with the program, in one transaction."""
    report = LoadReport()
    data = resources.files("uphill") / "data"
    with writing(sessions) as session, resources.as_file(data) as folder:
        load_resorts(session, read_resorts(folder / "resorts.csv"), report, "resorts.csv")
        load_aliases(session, read_aliases(folder / "aliases.csv"), report, "aliases.csv")
        stored, bad = load_baseline(session, read_baseline(folder / "baseline.jsonl"), now)
        report.policies = stored
        report.add_bad("baseline.jsonl", bad)
    return report


def load_resorts(
    session: Session, rows: Iterable[CatalogueRow | BadRow], report: LoadReport, file: str = "resorts"
) -> None:
    """Add or bring up to date each resort by its slug, and make its home and policy pages known."""
    resorts = _resorts_by_slug(session)
    known = {(owner, url) for owner, url in session.execute(select(Source.resort_id, Source.url))}
    regions = set(session.scalars(select(Region.code)))
    pages: list[tuple[Resort, CatalogueRow]] = []
    for row in rows:
        if isinstance(row, BadRow):
            report.add_bad(file, [row])
            continue
        _know_region(session, regions, row.region)
        resort = resorts.get(row.slug)
        if resort is None:
            resort = resorts[row.slug] = _new_resort(session, row)
            report.new += 1
        elif _bring_up_to_date(resort, row):
            _retire_old_home(session, resort)
            report.changed += 1
        else:
            report.unchanged += 1
        pages.append((resort, row))
    session.flush()  # of all new resorts at once, which have their ids now
    for resort, row in pages:
        for url, kind in ((resort.website, SourceKind.HOME), (row.policy_url, SourceKind.POLICY)):
            if url and (resort.id, url) not in known:
                known.add((resort.id, url))
                session.add(Source(resort_id=resort.id, url=url, kind=kind, failures=0, site=site_of(url)))
    session.flush()


def _resorts_by_slug(session: Session) -> dict[str, Resort]:
    query = select(Resort).options(selectinload(Resort.aliases))
    return {resort.slug: resort for resort in session.scalars(query)}


def _know_region(session: Session, known: set[str], code: str) -> None:
    if code not in known:
        known.add(code)
        session.add(Region(code=code, name=region_name(code), country=country_of(code)))
        session.flush()


def _new_resort(session: Session, row: CatalogueRow) -> Resort:
    resort = Resort(slug=row.slug, region_code=row.region, aliases=[], search_text="")
    for column in _COLUMNS:
        setattr(resort, column, getattr(row, column))
    resort.search_text = _search_text(resort)
    session.add(resort)
    return resort


def _bring_up_to_date(resort: Resort, row: CatalogueRow) -> bool:
    differing = [column for column in _COLUMNS if getattr(resort, column) != getattr(row, column)]
    if not differing and resort.region_code == row.region:
        return False
    for column in differing:
        setattr(resort, column, getattr(row, column))
    resort.region_code = row.region
    resort.search_text = _search_text(resort)
    return True


def _retire_old_home(session: Session, resort: Resort) -> None:
    """A home page that is not the resort's website any more is not visited, so it must not stay due."""
    session.flush()  # what a file has twice may be new
    old = Source.url != resort.website if resort.website else Source.url.is_not(None)
    session.execute(
        update(Source)
        .where(Source.resort_id == resort.id, Source.kind == SourceKind.HOME, old)
        .values(kind=SourceKind.CANDIDATE, next_due=None)
    )


def _search_text(resort: Resort) -> str:
    names = (resort.name, *(alias.name for alias in resort.aliases), resort.locality or "")
    return fold(" ".join((*names, names_to_search(resort.region_code))))


def load_aliases(
    session: Session, rows: Iterable[tuple[int, AliasRow] | BadRow], report: LoadReport, file: str = "aliases"
) -> None:
    """Add other names to the resorts that bear them."""
    resorts = _resorts_by_slug(session)
    for line in rows:
        if isinstance(line, BadRow):
            report.add_bad(file, [line])
            continue
        number, row = line
        if (resort := resorts.get(row.slug)) is None or resort.region_code != row.region:
            report.add_bad(file, [BadRow(number, f"no resort {row.slug!r} in region {row.region}")])
        elif row.alias not in {alias.name for alias in resort.aliases}:
            resort.aliases.append(Alias(name=row.alias))
            resort.search_text = _search_text(resort)
            report.aliases += 1
    session.flush()


def load_openskimap(sessions: sessionmaker[Session], path: Path) -> LoadReport:
    """Widen the catalogue by an OpenSkiMap export of ski areas, GeoJSON or CSV.

    An area that is known by its OpenSkiMap id keeps what the catalogue says of it. Raises BadInput for a
    file that is neither.
    """
    report = LoadReport()
    with writing(sessions) as session:
        known = set(session.scalars(select(Resort.openskimap_id)))
        slugs = set(session.scalars(select(Resort.slug)))
        fresh: list[CatalogueRow | BadRow] = []
        for area in read_ski_areas(path):
            if isinstance(area, BadRow):
                fresh.append(area)
            elif area.openskimap_id in known:
                report.unchanged += 1
            else:
                known.add(area.openskimap_id)
                fresh.append(area.row(_free_slug(area, slugs)))
        load_resorts(session, fresh, report, path.name)
    return report


def _free_slug(area: SkiArea, taken: set[str]) -> str:
    base = slugify(area.name)[:_LONGEST_SLUG_OF_NAME].strip("-") or "ski-area"
    key = slugify(area.openskimap_id)
    choices = (base, f"{base}-{slugify(area.region)}", f"{base}-{key[:8]}".strip("-"))
    slug = next((choice for choice in choices if choice not in taken), f"{base}-{key}")
    taken.add(slug)
    return slug

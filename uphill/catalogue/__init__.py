"""The catalogue of resorts, and the baseline of policies reported for them, into the database."""

from uphill.catalogue.baseline import BaselineLine, load_baseline, read_baseline
from uphill.catalogue.load import LoadReport, load_aliases, load_openskimap, load_resorts, load_shipped
from uphill.catalogue.rows import AliasRow, CatalogueRow, read_aliases, read_resorts

__all__ = [
    "AliasRow",
    "BaselineLine",
    "CatalogueRow",
    "LoadReport",
    "load_aliases",
    "load_baseline",
    "load_openskimap",
    "load_resorts",
    "load_shipped",
    "read_aliases",
    "read_baseline",
    "read_resorts",
]

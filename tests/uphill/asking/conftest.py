"""Invented resorts whose names are made of words that mean something in a question, and a Friday morning in Denver."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from uphill.asking import Named, Names

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("America/Denver"))
RESORTS = (
    Named("Sunday Brook", 44.30, -72.80, "US-VT", "Tamarack Falls"),
    Named("Winter Dog Park Resort", 39.85, -105.70, "US-CO", "Quartz Creek"),
    Named("Free Ridge", 39.60, -105.90, "US-CO", "Quartz Creek"),
    Named("Mount Vermont", 43.70, -110.80, "US-WY", "Jackson"),
    Named("Indy Bowl Ski Area", 43.60, -79.90, "CA-ON", "Elmhollow"),
    Named("Mont-Gratuit", 45.95, 6.40, "FR-ARA", "La Fontaine-Basse"),
    Named("Les Chiens Blancs", 45.90, 6.70, "FR-ARA", "La Fontaine-Basse"),
    Named("Offenkogel", 47.20, 11.35, "AT-7", "Unterkogl"),
    Named("Hundsalm Skigebiet", 47.10, 11.60, "AT-7", "Hundsdorf"),
    Named("Passo Gratis", 46.55, 11.30, "IT-32", "Valbruna di Sopra"),
    Named("St. Anselm", 46.20, 7.40, "CH-VS", "Anselm"),
    Named("Snowshoe Hollow", 45.35, -121.60, "US-OR", "Alder Camp"),
)


@pytest.fixture(scope="session")
def names() -> Names:
    return Names(RESORTS)


@pytest.fixture
def now() -> datetime:
    return FRIDAY

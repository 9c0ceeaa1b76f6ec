"""``/metrics`` is there only where it is wanted, and tells what ``uphill health`` tells."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from uphill.settings import Settings
from webapp import create_app

NOT_SET = "sqlite://"


@pytest.fixture
def scraped(engine):
    """Metric names with labels to values, as Prometheus reads them."""

    def scrape(at):
        site = create_app(Settings(metrics=True, database_url=NOT_SET), engine=engine, clock=lambda: at)
        answer = site.test_client().get("/metrics")
        assert answer.status_code == 200
        assert answer.content_type.startswith("text/plain; version=1.0.0")
        families = text_string_to_metric_families(answer.text)
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }

    return scrape


def test_off_by_default(client):
    assert client.get("/metrics").status_code == 404


def test_what_prometheus_reads(scraped, now):
    told = scraped(now)
    assert told["uphill_healthy",] == 0
    assert told["uphill_rule_broken", "silent"] == 1
    assert told["uphill_rule_broken", "far_fewer"] == 0
    assert told["uphill_resorts", "checked"] == 1
    assert told["uphill_resorts", "listed"] > 200
    assert told["uphill_pending_changes",] == 0

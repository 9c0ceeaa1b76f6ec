"""``/metrics`` in Prometheus' text format: the directory's health as numbers. Off unless it is set."""

from collections.abc import Iterable, Iterator

from apiflask import APIBlueprint
from flask import Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from prometheus_client.registry import Collector

from uphill.health import RULES, Health, health
from webapp.database import database_session, now

endpoints = APIBlueprint("metrics", __name__, enable_openapi=False)


@endpoints.get("/metrics")
def metrics() -> Response:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(HealthCollector(health(database_session(), now(), all_sources=True)))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_1_0_0)


class HealthCollector(Collector):
    """The state of one moment; nothing is kept between two scrapes, so that all workers tell the same."""

    def __init__(self, told: Health) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        told, totals = self._told, self._told.totals
        broken = {finding.rule for finding in told.findings}
        yield _gauge("uphill_healthy", "1 where no rule of health is broken", told.healthy)
        yield _labelled(
            "uphill_rule_broken",
            "1 where the rule is broken",
            "rule",
            ((rule.name, rule.name in broken) for rule in RULES),
        )
        without = totals.resorts - totals.checked - totals.listed
        resorts = (("checked", totals.checked), ("listed", totals.listed), ("none", without))
        yield _labelled("uphill_resorts", "Resorts by where their policy is from", "policy", resorts)
        yield _gauge("uphill_pending_changes", "Changes that wait to be verified", totals.pending)
        yield _gauge("uphill_sources", "Pages that are asked again", totals.sources)
        yield _gauge("uphill_sources_failing", "Pages whose last fetch failed", totals.failing)
        yield _gauge("uphill_sources_overdue", "Pages more than two days overdue", totals.overdue)
        yield _gauge("uphill_messages_given_up", "Messages of a day not delivered", totals.given_up_messages)
        yield from self._last_run()

    def _last_run(self) -> Iterator[Metric]:
        run = next((run for run in self._told.runs if run.finished_at is not None), None)
        if run is None or run.finished_at is None:
            return
        ended, took = run.finished_at.timestamp(), (run.finished_at - run.started_at).total_seconds()
        yield _gauge("uphill_last_run_ended_timestamp_seconds", "When the last crawl ended", ended)
        yield _gauge("uphill_last_run_duration_seconds", "How long the last crawl took", took)
        yield _gauge("uphill_last_run_pages", "Pages fetched by the last crawl", run.pages)
        yield _labelled(
            "uphill_last_run_visits",
            "Visits of the last crawl by how they ended",
            "outcome",
            ((str(outcome), count) for outcome, count in run.outcomes.items()),
        )


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _labelled(name: str, meaning: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for word, value in values:
        family.add_metric([word], float(value))
    return family

"""Metrics for Prometheus at ``/metrics``: how long requests took, and the state of each database.

They are on if ``PROMETHEUS_MULTIPROC_DIR`` names a directory, in which the worker processes keep their
counts together. Needs the extra package ``prometheus_client``.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsdb.databases import health, routing

PATH = "/metrics"
#: Upper bounds in seconds: a cached response, a page, a search, a request that is cut off.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@cache
def are_on() -> bool:
    """Whether this server keeps metrics."""
    return bool(settings.METRICS_DIRECTORY)


def observe(request: HttpRequest, status: int, seconds: float) -> None:
    """Count a response: by method, name of the route, and status, never by anything that a client chose."""
    match = request.resolver_match
    method = request.method if request.method in _METHODS else "OTHER"
    _requests().labels(method, match.view_name if match else "", str(status)).observe(seconds)


def metrics_response() -> HttpResponse:
    """What was counted by all worker processes, and what this one knows of the databases."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    if routing.replica_aliases():
        registry.register(DatabaseCollector())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


@cache
def _requests() -> Any:
    from prometheus_client import Histogram

    return Histogram(
        "newsdb_request_seconds",
        "Seconds that requests took to be answered; a status of 400 or above is a refusal.",
        ("method", "route", "status"),
        buckets=BUCKETS,
    )


class DatabaseCollector:
    """The state of each database, as ``/readyz`` has it."""

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        up = GaugeMetricFamily("newsdb_database_up", "Whether it answers and is used.", labels=["database"])
        version = GaugeMetricFamily(
            "newsdb_database_version", "The version of the dataset that it has.", labels=["database"]
        )
        lag = GaugeMetricFamily(
            "newsdb_database_lag_seconds", "How far it is behind the primary.", labels=["database"]
        )
        for alias, state in health.describe().items():
            up.add_metric([alias], state["status"] == "ok")
            if "version" in state:
                version.add_metric([alias], state["version"])
            if "lag" in state:
                lag.add_metric([alias], state["lag"])
        yield from (up, version, lag)

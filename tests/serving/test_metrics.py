"""What Prometheus reads: counts of all worker processes together, and nothing that a client chose."""

from pathlib import Path

import pytest
import urllib3
from django.test import Client

from tests.serving.server import Server, serving


def test_requests_are_counted_by_route_and_status(store: str, directory: Path) -> None:
    kept = directory / "metrics"
    kept.mkdir()
    server = Server(directory, store, PROMETHEUS_MULTIPROC_DIR=str(kept), WEB_CONCURRENCY="2")
    with serving(server):
        for path in (*["statements/?q=secret"] * 20, "statements/?nonsense=1", "outlets/nobody/"):
            urllib3.request("GET", f"{server.address}/api/v1/{path}")
        answer = urllib3.request("GET", f"{server.address}/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    said = answer.data.decode()
    assert 'newsdb_request_seconds_count{method="GET",route="statement-list",status="200"} 20.0' in said
    assert 'newsdb_request_seconds_count{method="GET",route="statement-list",status="400"} 1.0' in said
    assert 'newsdb_request_seconds_count{method="GET",route="outlet-detail",status="404"} 1.0' in said
    assert "secret" not in said
    assert "nobody" not in said


@pytest.mark.django_db
def test_without_a_directory_there_are_none(client: Client) -> None:
    assert client.get("/metrics", follow=True).status_code == 404

"""What the metrics say of replicas."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from newsdb.databases import health
from newsdb.metrics import DatabaseCollector


def test_each_database_has_its_state_version_and_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    states = {
        "default": {"status": "ok", "version": 33},
        "replica1": {"status": "It lags.", "version": 31, "lag": 12.5},
        "replica2": {"status": "unknown"},
    }
    monkeypatch.setattr(health, "describe", lambda: states)
    registry = CollectorRegistry()
    registry.register(DatabaseCollector())
    said = generate_latest(registry).decode().splitlines()
    assert [line for line in said if not line.startswith("#")] == [
        'newsdb_database_up{database="default"} 1.0',
        'newsdb_database_up{database="replica1"} 0.0',
        'newsdb_database_up{database="replica2"} 0.0',
        'newsdb_database_version{database="default"} 33.0',
        'newsdb_database_version{database="replica1"} 31.0',
        'newsdb_database_lag_seconds{database="replica1"} 12.5',
    ]

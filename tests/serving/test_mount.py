"""No header changes an address that others are given, whoever sends it and however early."""

from pathlib import Path

import orjson
import pytest
import urllib3
from django.test import Client

from newsdb.api.links import path_parts
from tests.factories import ActorFactory
from tests.serving.server import HOST, Server, serving

PREFIXES = (
    {"SCRIPT_NAME": "/api"},
    {"SCRIPT_NAME": "/evil"},
    {"SCRIPT-NAME": "/api"},
    {"PATH_INFO": "/evil"},
)


def test_a_header_does_not_mount_it_elsewhere(store: str, directory: Path) -> None:
    """Behind a proxy on the same machine, whose headers gunicorn believes."""
    actor = ActorFactory()
    server = Server(directory, store)
    with serving(server):
        for headers in ({}, *PREFIXES, {}):
            answer = urllib3.request("GET", f"{server.address}/api/v1/actors/?limit=1", headers=headers)
            assert answer.status == 200, headers
            (row,) = orjson.loads(answer.data)["results"]
            assert row["url"] == f"http://{HOST}/api/v1/actors/{row['slug']}/", headers
    actor.delete()


@pytest.mark.django_db
def test_nor_does_the_server(client: Client) -> None:
    path_parts.__globals__["_path_parts"].cache_clear()
    actor = ActorFactory()
    for prefix in ("/evil", ""):
        answer = client.get(f"/api/v1/actors/{actor.slug}/", SCRIPT_NAME=prefix)
        assert answer.json()["url"] == f"http://127.0.0.1:8000/api/v1/actors/{actor.slug}/"
    assert client.get("/admin/", SCRIPT_NAME="/evil").headers["Location"].startswith("/admin/login/")

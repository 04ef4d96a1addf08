"""What a shared cache may keep: anonymous answers, for as long as the setting says."""

from typing import Any

import pytest
from django.test import Client

from newsdb.api.response.cache import response_cache
from tests.clients import make_editor, token_for
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

SHARED = "public, max-age=0, s-maxage=1, stale-while-revalidate=8"


@pytest.fixture
def paths(settings: Any) -> list[str]:
    settings.SHARED_CACHE_SECONDS = 10
    response_cache.clear()
    statement = StatementFactory()
    detail = f"statements/{statement.uid}/"
    api = ["statements/", detail, "statements/facets/?by=kind", "dataset/", "changes/"]
    return [*(f"/api/v1/{path}" for path in api), "/statements/", f"/{detail}"]


def test_anonymous_answers_are_shared(client: Client, paths: list[str]) -> None:
    for path in paths:
        for _ in range(2):  # the second comes from the process's own cache
            answer = client.get(path)
            assert (answer.status_code, answer["Cache-Control"]) == (200, SHARED), path
            assert "RateLimit" not in answer.headers
        vary = {name.strip().lower() for name in answer["Vary"].split(",")}
        assert vary >= {"authorization", "if-dataset-version"}
        assert ("cookie" in vary) == (not path.startswith("/api/"))
        unchanged = client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert (unchanged.status_code, unchanged["Cache-Control"]) == (304, SHARED), path


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "If-Dataset-Version"])
def test_no_others_are(client: Client, paths: list[str], name: str) -> None:
    value = {"Authorization": f"Bearer {token_for(make_editor(), 'read')}", "Cookie": "sessionid=x"}
    for path in paths:
        client.get(path)
        answer = client.get(path, headers={name: value.get(name, "1")})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache"), path


def test_nor_are_exports_and_errors(client: Client, paths: list[str]) -> None:
    for path in ("/api/v1/statements/export/", "/api/v1/statements/0/", "/statements/?kind=x", "/check/"):
        assert "s-maxage" not in client.get(path).get("Cache-Control", "")


def test_by_default_nothing_is_shared(client: Client, db: None) -> None:
    assert client.get("/api/v1/statements/")["Cache-Control"] == "no-cache"

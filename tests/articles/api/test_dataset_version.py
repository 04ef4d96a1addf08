"""What was written is asked for by its version, and a version is a number."""

import pytest
from django.test import Client

from tests.clients import make_editor, token_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("named", ["", "-1", "1.5", "newest", "9" * 19, "١"])
def test_what_is_no_version_is_refused(client: Client, named: str) -> None:
    answer = client.get("/api/v1/statements/", headers={"If-Dataset-Version": named})
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "If-Dataset-Version is not a version: a whole number.",
    )


@pytest.mark.django_db(transaction=True)  # a version is given at commit
def test_a_write_tells_the_version(client: Client) -> None:
    headers = {"Authorization": f"Bearer {token_for(make_editor())}"}
    actor = {"name": "Ada Second", "slug": "ada-second"}
    answer = client.post("/api/v1/actors/", actor, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content
    version = answer.headers["Dataset-Version"]
    assert version == str(client.get("/api/v1/dataset/").json()["version"])
    again = client.get(answer.headers["Location"], headers={"If-Dataset-Version": version})
    assert (again.status_code, again.json()["name"]) == (200, "Ada Second")

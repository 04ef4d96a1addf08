"""Clients of the API, by what their tokens allow."""

from typing import Any

from django.contrib.auth.models import Group, User
from rest_framework.test import APIClient

from newsdb.models import Token
from newsdb.models.token import EDITORS, Scope


def token_for(user: User, scope: str = Scope.WRITE, **facts: Any) -> str:
    """A new token of ``user``, as a client sends it."""
    token = Token(name=f"of {user.username}", user=user, scope=scope, **facts)
    secret = token.make_secret()
    token.save()
    return secret


def client_with(secret: str) -> APIClient:
    """A client that sends this token."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def make_editor(username: str = "ines") -> User:
    """A user in the group of editors."""
    user, _ = User.objects.get_or_create(username=username)
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return user


def editor(username: str = "ines") -> APIClient:
    """A client with an editor's token for writing."""
    return client_with(token_for(make_editor(username)))


def write(client: APIClient, method: str, path: str, body: Any = None, etag: str | None = "") -> Any:
    """What a write at ``/api/v1/<path>`` answers; ``etag=""`` gets the present one first, None sends none."""
    address = f"/api/v1/{path}"
    if etag == "":
        read = client.get("/api/v1/" + "/".join(path.split("/")[:2]) + "/")
        if read.status_code == 308:
            read = client.get(read.headers["Location"])
        etag = read.headers.get("ETag", '"none"')
    headers = {} if etag is None else {"If-Match": etag}
    return getattr(client, method)(address, {} if body is None else body, format="json", headers=headers)


def errors(answer: Any, status: int = 400) -> dict[str, str]:
    """The codes of what is wrong with a body, by pointer, of an answer with this status."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}

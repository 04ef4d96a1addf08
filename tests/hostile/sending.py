"""Hostile bodies, as an editor sends them, and the reasons for what they get."""

import json
from typing import Any

from tests.hostile.case import Case
from tests.hostile.dataset import TOKEN

EDITOR = ("Authorization", f"Bearer {TOKEN}")
JSON = ("Content-Type", "application/json")
ANY = ("If-Match", "*")

SYNTAX = "a body is one JSON text in UTF-8, or nothing is done"
FORM = "how a body is sent is settled before it is read"
TEXT = "text that a store or JSON could not give back is refused at its place"
NUMBER = "numbers are what JSON and 64 bits can hold"
SHAPE = "a member has its type, and is known"
RULE = "the rules of the dataset are the same by every door"
VERSION = "nobody overwrites what they have not seen"
KEPT = "what is accepted comes back to the letter"
ODD = (
    '=1+1 "<script>" \u202eevil\u202c e\u0301\u00e9 \U0001f419 \ufeff\u200b \uffff \x01\x7f\t\r\n\u2028'
    " {{7*7}} %s $(id)"
)


def send(
    name: str, why: str, method: str, path: str, body: Any, status: int, code: str = "", *headers: Any
) -> Case:
    """A request by an editor: ``headers`` instead of its type and version, if any are given."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = (EDITOR, *(headers or (JSON, ANY)))
    return Case(name, why, f"/api/v1/{path}", status, code, method, sent, content)


def actor(name: str, why: str, body: Any, status: int = 400, code: str = "", *headers: Any) -> Case:
    """A new actor with this body."""
    return send(name, why, "POST", "actors/", body, status, code, *headers)


def ada(slug: str, **members: Any) -> dict[str, Any]:
    """The members of an actor that is valid but for ``members``."""
    return {"name": "Ada", "slug": slug, **members}

"""What a model is told by each tool."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from mcp import Client

from newsdb.mcp import server
from newsdb.mcp.asking import ApiError
from tests.factories import ActorFactory, ActorNameFactory, ClaimReviewFactory, StatementFactory

WORDS = "We will not close the old pier before May"


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """A request ends its connection where a transaction is left open, as that of a test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def statement(db: None, connection_of_the_test: None) -> Any:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    ActorNameFactory(actor=ada, name="Adelaide Pier")
    return StatementFactory(speaker=ada, text=WORDS, said_on="2024-03-05", said_precision="day")


def test_find_actor() -> None:
    (found,) = server.find_actor("adelaide")["actors"]
    assert (found["slug"], found["names"]) == ("ada", ["Adelaide Pier"])
    assert server.find_actor("Nobody") == {"actors": [], "note": server.NOTHING_FOUND}


def test_search_statements(statement: Any) -> None:
    (found,) = server.search_statements("pier", speaker="Ada", date_after="2024")["statements"]
    assert found["url"].endswith(f"/api/v1/statements/{statement.uid}/")
    assert {"text", "anchors", "capture", "article"} <= set(found)
    nothing = server.search_statements("lighthouse", speaker="Ada")
    assert (nothing["statements"], nothing["note"]) == ([], server.NOTHING_FOUND)
    assert nothing["coverage"]["speakers"][0]["statements"] == 1


def test_pages_follow_each_other() -> None:
    for number in range(server.MOST):
        StatementFactory(text=f"Statement number {number}")
    first = server.search_statements()
    second = server.search_statements(cursor=first["cursor"])
    assert [len(page["statements"]) for page in (first, second)] == [server.MOST, 1]
    assert second["cursor"] is None


def test_get_statement(statement: Any) -> None:
    ClaimReviewFactory(statement=statement, rating="Mostly true")
    found = server.get_statement(statement.uid)
    assert found["text"] == WORDS
    (review,) = found["claim_reviews"]
    assert (review["publisher"], review["rating"]) == ("Example Checks", "Mostly true")
    with pytest.raises(ApiError, match="There is no statement"):
        server.get_statement(uuid4())


def test_a_retracted_statement_says_when_and_why() -> None:
    gone = StatementFactory(
        status="retracted", retracted_at="2025-01-01T00:00:00Z", retraction_reason="She never said it."
    )
    with pytest.raises(ApiError, match=r"^Retracted on 2025-01-01: She never said it\."):
        server.get_statement(gone.uid)


def test_check_quotations() -> None:
    answer = server.check_quotations([{"words": WORDS.replace("not ", ""), "speaker": "Ada"}])
    (finding,) = answer["quotations"]
    assert (finding["words"], finding["matches"][0]["changes"]) == ("altered", ["negation"])
    assert "note" not in answer
    answer = server.check_quotations(text="“Nobody has ever seen it there,” Ada Pier said.")
    assert (answer["quotations"][0]["words"], answer["note"]) == ("not_found", server.NOTHING_FOUND)


def test_a_refusal_names_the_candidates() -> None:
    ActorFactory(name="Zoe Pier", slug="zoe")
    with pytest.raises(ApiError, match=r"Candidates: Ada Pier \(ada\), Zoe Pier \(zoe\)\."):
        server.search_statements(speaker="Pier")
    with pytest.raises(ApiError, match="Send either `text` or `quotations`"):
        server.check_quotations([], text="")


def test_dataset() -> None:
    assert server.dataset()["counts"]["statements"] == 1


def test_every_tool_only_reads_and_says_what_each_argument_is() -> None:
    tools = asyncio.run(server.make_server().list_tools())
    assert [tool.name for tool in tools] == [tool.__name__ for tool in server.TOOLS]
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), f"{tool.name}: {name}"


def test_a_failure_is_logged_without_what_was_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: Any, **facts: Any) -> Any:
        raise ValueError(f"{arguments} {facts}")

    monkeypatch.setattr(server, "ask", fail)

    async def called() -> Any:
        async with Client(server.make_server()) as client:
            return await client.call_tool("check_quotations", {"text": f"“{WORDS},” Ada Pier said."})

    answer = asyncio.run(called())
    assert answer.is_error
    assert answer.content[0].text.endswith("The server failed.")
    assert "check_quotations failed: ValueError" in caplog.text
    assert "pier" not in caplog.text.lower()

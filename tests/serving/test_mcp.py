"""The Model Context Protocol by the SDK's own client, over both of its transports."""

import asyncio
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.bench.options import ROOT
from tests.factories import ActorFactory, StatementFactory

WORDS = "We will not close the old pier before May"


@pytest.fixture(scope="module")
def environment(store: str) -> dict[str, str]:
    StatementFactory(text=WORDS, speaker=ActorFactory(name="Ada Pier", slug="ada"))
    return {"DATABASE_URL": store, "DEBUG": "true"}


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    """Where it is served over HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    command = [sys.executable, "manage.py", "mcp", "--http", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


async def called(transport: Any) -> dict[str, Any]:
    """What each tool answers, by name."""
    async with Client(transport) as client:

        async def call(tool: str, **arguments: Any) -> Any:
            result = await client.call_tool(tool, arguments)
            assert not result.is_error, result.content
            return result.structured_content

        refused = await client.call_tool("search_statements", {"speaker": "Nobody Known"})
        assert refused.is_error
        found = await call("search_statements", words="pier", speaker="Ada Pier")
        (statement,) = found["statements"]
        quotation = {"words": WORDS.replace("old", "new"), "speaker": "Ada Pier"}
        answers = {
            "find_actor": await call("find_actor", name="Ada"),
            "search_statements": found,
            "get_statement": await call("get_statement", uid=statement["uid"]),
            "check_quotations": await call("check_quotations", quotations=[quotation]),
            "dataset": await call("dataset"),
        }
        assert answers.keys() == {tool.name for tool in (await client.list_tools()).tools}
        return answers


def expect_evidence(answers: dict[str, Any]) -> None:
    (actor,) = answers["find_actor"]["actors"]
    statement = answers["get_statement"]
    (finding,) = answers["check_quotations"]["quotations"]
    assert (actor["slug"], statement["text"]) == ("ada", WORDS)
    assert statement["url"] == answers["search_statements"]["statements"][0]["url"]
    assert (finding["words"], finding["speaker"]) == ("altered", "same")
    assert finding["matches"][0]["statement"]["url"] == statement["url"]
    assert answers["dataset"]["counts"]["statements"] == 1


def test_every_tool_over_standard_input_and_output(environment: dict[str, str]) -> None:
    parameters = StdioServerParameters(
        command=sys.executable, args=["manage.py", "mcp"], env=environment, cwd=str(ROOT)
    )
    expect_evidence(asyncio.run(called(stdio_client(parameters))))


def test_every_tool_over_http(port: int) -> None:
    expect_evidence(asyncio.run(called(streamable_http_client(f"http://127.0.0.1:{port}/mcp"))))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
def test_no_page_gets_there_by_rebinding_a_name(port: int, headers: dict[str, str], status: int) -> None:
    ping = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    address = f"http://127.0.0.1:{port}/mcp"
    request = urllib.request.Request(address, ping, {**accepted, **headers})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == status

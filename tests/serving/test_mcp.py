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


async def checked(transport: Any) -> dict[str, Any]:
    async with Client(transport) as client:
        tools = await client.list_tools()
        assert "check_quotations" in [tool.name for tool in tools.tools]
        refused = await client.call_tool("search_statements", {"speaker": "Nobody Known"})
        assert refused.is_error
        quotation = {"words": WORDS.replace("old", "new"), "speaker": "Ada Pier"}
        result = await client.call_tool("check_quotations", {"quotations": [quotation]})
        assert not result.is_error
        (finding,) = result.structured_content["quotations"]
        found: dict[str, Any] = finding
        return found


def test_over_standard_input_and_output(environment: dict[str, str]) -> None:
    parameters = StdioServerParameters(
        command=sys.executable, args=["manage.py", "mcp"], env=environment, cwd=str(ROOT)
    )
    finding = asyncio.run(checked(stdio_client(parameters)))
    assert (finding["words"], finding["speaker"]) == ("altered", "same")


def test_over_http(port: int) -> None:
    finding = asyncio.run(checked(streamable_http_client(f"http://127.0.0.1:{port}/mcp")))
    assert (finding["words"], finding["speaker"]) == ("altered", "same")


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

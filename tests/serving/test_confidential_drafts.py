"""A draft that is checked is in no log of PostgreSQL's, although the search for its words is cut short."""

import json
import socket
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.serving.clusters import PROGRAMS, copied, running_cluster
from tests.serving.server import Server, serving
from tests.stores import NO_SERVER

SECRET = "xylophone quagmire zeppelin marmalade"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.skipif(PROGRAMS is None, reason=NO_SERVER)
def test_words_and_names_are_not_in_the_log(store: str, directory: Path) -> None:
    quotation = {"words": SECRET, "speaker": "Zanzibar Quux", "outlet": "Mumblecore"}
    locks = ("articles_statement", "actors_actorname", "articles_outletdomain")
    with running_cluster() as cluster:
        copied(store, cluster)
        server = Server(directory, cluster.url, STATEMENT_TIMEOUT="200")
        with serving(server), psycopg.connect(cluster.url) as other:
            for locked in locks:
                other.execute(f"LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE")
                request = urllib.request.Request(
                    f"{server.address}/api/v1/checks/",
                    json.dumps({"quotations": [quotation]}).encode(),
                    {"Content-Type": "application/json"},
                )
                with urllib.request.urlopen(request) as answer:
                    assert json.load(answer)["not_read"][0]["reason"] == "time"
                other.rollback()
        log = cluster.log.read_text(errors="replace")
        log += "".join(file.read_text(errors="replace") for file in directory.glob("*log*"))
    assert log.count("canceling statement due to statement timeout") >= len(locks)
    for locked in locks:
        assert locked in log
    for word in (*SECRET.split(), "zanzibar", "mumblecore"):
        assert word not in log.lower()


def test_what_is_beyond_a_bodys_length_is_not_in_the_log(store: str, directory: Path) -> None:
    """A client that counts characters sends more bytes than it says: the rest looks like another request."""
    server = Server(directory, store)
    body = json.dumps({"text": f"“{SECRET},” Zanzibar Quux said."}, ensure_ascii=False).encode()
    head = "POST /api/v1/checks/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with serving(server), socket.create_connection(server.listeners[0].getsockname()) as client:
        client.sendall(
            f"{head}Content-Length: {body.index(SECRET.encode())}\r\n\r\n".encode() + body + b"\r\n\r\n"
        )
        with client.makefile("rb") as answers:
            assert b"400 Bad Request" in answers.read()
    log = server.log.read_text()
    assert "Invalid request from ip=127.0.0.1" in log
    for word in (*SECRET.split(), "Zanzibar"):
        assert word not in log

"""A draft that is checked is in no log of PostgreSQL's, although the search for its words is cut short."""

import json
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

"""An erasure that was interrupted before the files were clean is finished by the next run."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from articles.management.commands import erase as command
from newsdb.models import Erasure
from newsdb.postgresql import cleaning
from tests.articles.services.erasure.files import holding
from tests.articles.services.erasure.world import TRACES, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    """The output of the command."""
    out = StringIO()
    call_command("erase", *arguments, stdout=out, no_color=True)
    return out.getvalue()


@pytest.mark.parametrize("again", [True, False])
def test_an_interrupted_run_is_finished(monkeypatch: pytest.MonkeyPatch, again: bool) -> None:
    world = make_world()
    call = ("statement", str(world.statement.uid), "--reason-code", "court", "--yes")

    def killed() -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "finish_cleaning", killed)
        with pytest.raises(KeyboardInterrupt):
            run(*call)
    assert Erasure.objects.unclean().exists()
    assert holding(*TRACES)
    said = run(*(call if again else ()))
    assert "files were cleaned of 2 erased records" in said
    assert ("Nothing to erase: statement" in said) is again
    assert not Erasure.objects.unclean().exists()
    assert holding(*TRACES) == []


def test_a_reader_in_the_way_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    other: Any = connections.create_connection("default")
    try:
        if connection.vendor == "sqlite":
            monkeypatch.setattr(connection, "patience", 0)
            other.cursor().execute("BEGIN")
        else:
            other.set_autocommit(False)
            other.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reading = other.cursor()
        reading.execute("SELECT count(*) FROM articles_statement")
        reading.fetchone()
        with monkeypatch.context() as patch:
            patch.setattr(cleaning, "PATIENCE", 0)
            with pytest.raises(CommandError, match=r"run manage\.py erase again"):
                run("statement", str(world.statement.uid), "--reason-code", "court", "--yes")
        assert not connection.in_atomic_block
        assert Erasure.objects.unclean().exists()
    finally:
        other.close()
    assert "were cleaned" in run()
    assert holding(*TRACES) == []

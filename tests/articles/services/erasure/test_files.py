"""Erased words are in no file of the store."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Statement
from articles.services.retraction import retract_statement
from tests.articles.services.erasure.files import holding
from tests.articles.services.erasure.world import NAME_TRACES, SECOND, TRACES, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    """The output of the command."""
    out = StringIO()
    call_command("erase", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_the_search_sees_what_is_there() -> None:
    make_world()
    found = holding(*TRACES, *NAME_TRACES)
    assert {text for name, text in found if name != "dump"} == {*TRACES, *NAME_TRACES}
    if connection.vendor == "postgresql":
        assert {name for name, _ in found} >= {"dump", "newsdb_change", "pg_statistic"}


def test_a_statements_words_are_in_no_file() -> None:
    world = make_world()
    run("statement", str(world.statement.uid), "--reason-code", "court", "--yes")
    assert holding(*TRACES) == []


def test_an_actors_names_and_words_are_in_no_file() -> None:
    world = make_world()
    run("actor", str(world.actor.uid), "--reason-code", "personal_data", "--yes")
    assert holding(*TRACES, *NAME_TRACES) == []


def test_an_articles_words_are_in_no_file() -> None:
    world = make_world()
    run("article", str(world.article.uid), "--reason-code", "other", "--yes")
    assert holding(*TRACES, world.article.headline) == []
    assert Statement.objects.filter(article=world.article).count() == 0


def test_what_was_retracted_is_in_no_file_either() -> None:
    world = make_world()
    retract_statement(statement=world.statement, reason=f"Never said {SECOND}.", by="ines")
    run("statement", str(world.statement.pk), "--reason-code", "court", "--yes")
    assert holding(*TRACES) == []

"""Each migration keeps what there was."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import Statement
from articles.search.query import parse_query

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = ("articles", "0001_squashed_0024_plainer_errors")


def test_what_there_was_at_the_first_is_there_after_the_last() -> None:
    call_command("migrate", *FIRST, verbosity=0)
    first = MigrationExecutor(connection).loader.project_state(FIRST).apps
    outlet = first.get_model("articles", "outlet").objects.create(name="The Strait", slug="the-strait")
    article = first.get_model("articles", "article").objects.create(headline="At sea", outlet=outlet)
    first.get_model("articles", "statement").objects.create(
        article=article, speaker_label="A skipper", kind="direct", text="One ferry is enough."
    )
    call_command("migrate", verbosity=0)
    Statement.objects.update(text="One ferry is enough for us.")  # by triggers, search finds what changed
    assert [statement.speaker_label for statement in Statement.objects.search(parse_query("us"))] == [
        "A skipper"
    ]

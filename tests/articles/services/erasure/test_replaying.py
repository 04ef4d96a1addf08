"""After restoring a backup, the erasures are repeated from a file."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Statement
from newsdb.models import ErasedDigest, Erasure
from tests.articles.services.erasure.files import holding
from tests.articles.services.erasure.world import NAME_TRACES, TRACES, make_world
from tests.factories import ErasedDigestFactory, ErasureFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


GOOD = '"record_type": "statement", "uid": "4f1d1f6a-6f5c-4a3a-9d55-16a9cf0e7e0e", "erased_on": "2026-01-02"'


def run(*arguments: str) -> str:
    """The output of the command."""
    out = StringIO()
    call_command("erase", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_the_list_says_what_stays_and_no_more() -> None:
    world = make_world()
    run("actor", str(world.actor.uid), "--reason-code", "court", "--yes")
    written = run("--list")
    rows = [json.loads(line) for line in written.splitlines()]
    assert {row["uid"] for row in rows} == {str(each.uid) for each in Erasure.objects.all()}
    assert {row["reason_code"] for row in rows} == {"court"}
    assert not any(trace in written for trace in (*TRACES, *NAME_TRACES))


def test_what_is_there_again_is_erased_again(tmp_path: Path) -> None:
    """Written down in one database, replayed in another, which is as the first was before."""
    world = make_world()
    digest = ErasedDigestFactory.build().digest
    absent = ErasureFactory.build()
    rows = [
        {
            "record_type": "actor",
            "uid": str(world.actor.uid),
            "record_id": world.actor.pk,
            "erased_on": "2026-01-02",
            "reason_code": "personal_data",
            "digests": [["name", digest]],
        },
        {
            "record_type": "article",
            "uid": str(absent.uid),
            "record_id": 77,
            "erased_on": "2025-12-31",
            "reason_code": "court",
            "digests": [["page", "0" * 64]],
        },
    ]
    path = tmp_path / "erasures.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert "1 erased again, 1 not found and noted as erased, 0 already erased" in run("--replay", str(path))
    assert holding(*TRACES, *NAME_TRACES) == []
    assert not Statement.objects.filter(pk=world.statement.pk).exists()
    actor = Erasure.objects.of("actor", world.actor.uid).get()
    assert (actor.erased_on.isoformat(), actor.reason_code) == ("2026-01-02", "personal_data")
    assert ErasedDigest.objects.filter(erasure=actor, digest=digest, kind="name").exists()
    article = Erasure.objects.of("article", absent.uid).get()
    assert (article.erased_on.isoformat(), article.record_id) == ("2025-12-31", 77)
    assert "0 erased again, 0 not found and noted as erased, 2 already erased" in run("--replay", str(path))
    assert run("--list").count("\n") == Erasure.objects.count()


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        "{}",
        '{"record_type": "outlet", "uid": "4f1d1f6a-6f5c-4a3a-9d55-16a9cf0e7e0e"}',
        '{"record_type": "statement", "uid": "x", "erased_on": "2026-01-02", "reason_code": "court"}',
        f'{{{GOOD}, "reason_code": "because"}}',
        f'{{{GOOD}, "reason_code": "court", "note": "He said it."}}',
    ],
)
def test_a_bad_line_is_named_and_nothing_is_erased(tmp_path: Path, line: str) -> None:
    statement = StatementFactory()
    good = {
        "record_type": "statement",
        "uid": str(statement.uid),
        "erased_on": "2026-01-02",
        "reason_code": "court",
    }
    path = tmp_path / "erasures.jsonl"
    path.write_text(f"{json.dumps(good)}\n{line}\n")
    with pytest.raises(CommandError, match="line 2 is not an erasure"):
        run("--replay", str(path))
    assert Statement.objects.filter(pk=statement.pk).exists()

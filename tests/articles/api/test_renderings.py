"""A list says the same, and at once, whether its statements were written out before or not."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from rest_framework.test import APIClient

from actors.models import Actor
from articles.api import renderings
from articles.api.renderings import render
from articles.api.serializers import AnchorSerializer, StatementSerializer
from articles.models import Anchor, Article, Capture, Outlet, Rendering, Statement
from newsdb.api import freshness
from newsdb.api.kept import KeptAnswers
from newsdb.api.renderers import JSONRenderer
from newsdb.ledger import attributed
from newsdb.ledger.records import reference_of, table_of
from tests.clients import editor
from tests.factories import ActorFactory, AnchorFactory, StatementFactory, erase

# On PostgreSQL every change of a transaction is of one moment.
pytestmark = pytest.mark.django_db(transaction=True)


def given(query: str = "", client: APIClient | None = None) -> Any:
    answer = (client or APIClient()).get(f"/api/v1/statements/{query}")
    assert answer.status_code == 200, answer.content
    return answer.content


def page(query: str = "", client: APIClient | None = None) -> Any:
    """As it is given when no answer is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freshness, "kept_answers", KeptAnswers(0))
        return given(query, client)


def written_out() -> int:
    return sum(len(batch) for batch in render())


@pytest.fixture
def statements() -> list[Statement]:
    """Of two speakers and nobody, one of them with anchors."""
    ida, ole = ActorFactory.create_batch(2)
    rows: list[Statement] = [
        StatementFactory(speaker=speaker, date_basis="") for speaker in (ida, ole, ida, None)
    ]
    AnchorFactory.create_batch(2, statement=rows[0], capture__article=rows[0].article)
    return rows


@pytest.mark.parametrize(
    "query",
    [
        *("", "?limit=2", "?speaker={slug}", "?undated=only", "?q={word}", "?q={word}&ordering=relevance"),
        *("?format=csv", "?format=jsonl", "?format=jsonld", "?omit=anchors", "?fields=id,text"),
    ],
)
def test_a_list_is_the_same(statements: list[Statement], query: str) -> None:
    query = query.format(slug=statements[0].speaker.slug, word=statements[0].text.split()[0].strip("“”.,"))
    built = page(query)
    assert written_out() == 4
    assert page(query) == built


def test_what_was_written_out_is_what_is_sent(statements: list[Statement]) -> None:
    written_out()
    Rendering.objects.filter(statement=statements[1]).update(text='{"id":0}')
    assert page().count(b'{"id":0}') == 1
    for query in ("?format=jsonl", "?fields=id"):
        assert b'{"id":0}' not in page(query)


def test_what_is_searched_is_sent_so_too_with_its_snippet(statements: list[Statement]) -> None:
    Statement.objects.filter(pk=statements[2].pk).update(text='A pilot, {"snippet":null} and so on')
    queries = ("?q=ferry", "?q=ferry&ordering=relevance", "?q=pilot&kind=direct", "?q=ferry&limit=1")
    built = [page(query) for query in queries]
    assert [json.loads(found)["results"] == [] for found in built] == [False] * 4
    written_out()
    assert [page(query) for query in queries] == built
    Rendering.objects.update(text='{"snippet":null,"id":0}')
    assert b'{"snippet":{"text":"A pilot, ' in page("?q=pilot")


def test_the_pages_after_it_too(statements: list[Statement]) -> None:
    first = APIClient().get("/api/v1/statements/?limit=2").json()
    second = page(first["next"].partition("/statements/")[2])
    written_out()
    assert page(first["next"].partition("/statements/")[2]) == second


def _set(model: Any, pk: Any, **values: Any) -> None:
    model.objects.filter(pk=pk).update(**values)


def _spoken_by(statement: Statement, speaker: Actor | None) -> None:
    with attributed(by="ines", reason="It was somebody else."):
        _set(Statement, statement.pk, speaker=speaker)


CHANGES: dict[str, Callable[[Statement], Any]] = {
    "a column": lambda s: _set(Statement, s.pk, audience="the harbour"),
    "another speaker": lambda s: _spoken_by(s, ActorFactory()),
    "no speaker": lambda s: _spoken_by(s, None),
    "retracted": lambda s: _set(
        Statement, s.pk, status="retracted", retracted_at="2025-01-01T00:00:00Z", retraction_reason="Wrong."
    ),
    "the speaker's name": lambda s: _set(Actor, s.speaker_id, name="Another Name"),
    "the speaker's slug": lambda s: _set(Actor, s.speaker_id, slug="another-slug"),
    "an anchor more": lambda s: AnchorFactory(statement=s, capture=s.anchors.first().capture, position=7),
    "an anchor less": lambda s: s.anchors.last().delete(),
    "an anchor's words": lambda s: Anchor.objects.filter(statement=s).update(prefix="otherwise"),
    "the headline": lambda s: _set(Article, s.article_id, headline="Another", deck=""),
    "the day": lambda s: _set(Article, s.article_id, published_on="2020-02-02", published_precision="day"),
    "another outlet": lambda s: _set(
        Article, s.article_id, outlet=Outlet.objects.exclude(slug=s.outlet.slug).first()
    ),
    "the outlet's name": lambda s: _set(Outlet, s.outlet_id, name="Another Gazette"),
    "the capture": lambda s: Capture.objects.filter(article=s.article_id).update(
        source_url="https://archive.example/1"
    ),
}


@pytest.mark.parametrize("path", StatementSerializer.columns())
def test_the_ledger_knows_all_that_is_shown(path: str) -> None:
    """So that a change of it, be it of another record, is a change of the statement."""
    noted, model = {"id", "updated_at", *(f.attname for f in table_of(Statement).fields)}, Statement
    *relations, column = path.split("__")
    for name in relations:
        field: Any = model._meta.get_field(name)
        assert field.attname in noted, path
        model = field.related_model
        noted = {"id", *(f.attname for f in reference_of(model))}
    assert model._meta.get_field(column).attname in noted, path


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(statements: list[Statement], change: str) -> None:
    written_out()
    before = given()
    assert given() == before
    CHANGES[change](Statement.objects.get(pk=statements[0].pk))
    after = given()
    Rendering.objects.all().delete()
    assert after == page()
    assert after != before
    written_out()
    assert page() == after


def test_a_change_while_it_is_written_out_is_seen(
    statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(JSONRenderer):
        def render(self, *args: Any, **kwargs: Any) -> bytes:
            _set(Statement, statements[1].pk, audience="the harbour")
            return super().render(*args, **kwargs)

    monkeypatch.setattr(renderings, "JSONRenderer", Slow)
    written_out()
    assert Rendering.objects.count() == 4
    assert b'"audience":"the harbour"' in page()


def test_one_made_on_another_address_is_not_used(statements: list[Statement]) -> None:
    with override_settings(PUBLIC_URL="https://elsewhere.example"):
        written_out()
        assert page().count(b"https://elsewhere.example/api/v1/statements/") == 4
    assert b"elsewhere" not in page()


def test_one_in_another_shape_is_not_used(statements: list[Statement]) -> None:
    written_out()
    Rendering.objects.update(shape="0" * 16, text='{"id":0}')
    assert b'{"id":0}' not in page()


def test_a_shape_is_its_members_and_where_they_are_from(monkeypatch: pytest.MonkeyPatch) -> None:
    def forms() -> str:
        renderings.form.cache_clear()
        return renderings.form("http://a.example")

    known = {forms(), renderings.form("http://b.example")}
    monkeypatch.setattr(renderings, "__version__", "0")
    known.add(forms())
    monkeypatch.setattr(renderings, "StatementSerializer", AnchorSerializer)
    known.add(forms())
    monkeypatch.undo()
    assert len(known) == 4
    assert forms() in known


def test_only_what_changed_is_written_out_again(statements: list[Statement]) -> None:
    written_out()
    Rendering.objects.update(text="kept")
    _set(Statement, statements[2].pk, audience="the harbour")
    assert written_out() == 4
    texts = dict(Rendering.objects.values_list("statement_id", "text"))
    assert [pk for pk, text in texts.items() if text != "kept"] == [statements[2].pk]


def test_two_may_write_out_at_once(statements: list[Statement]) -> None:
    def run() -> None:
        try:
            for _ in range(20):
                Rendering.objects.all().delete()
                written_out()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(run) for _ in range(4)]:
            done.result()
    written_out()
    assert Rendering.objects.count() == 4


def test_many_are_written_out_by_and_by(statements: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderings, "BATCH", 3)
    assert [len(batch) for batch in render()] == [3, 1]
    assert Rendering.objects.count() == 4


def test_what_is_not_public_is_not_written_out_and_listed_all_the_same() -> None:
    proposed = StatementFactory(status="proposed")
    assert written_out() == 0
    assert proposed.text.encode() in page("?status=proposed", editor())


def test_one_that_goes_while_it_is_listed_is_left_out(
    statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    written_out()
    gone = Statement.objects.order_by("-sort_date", "-id")[0]
    Rendering.objects.filter(statement=gone).delete()
    build = renderings._built

    def built(ids: list[int]) -> dict[int, Any]:
        erase(Statement.objects.filter(pk=gone.pk))
        return build(ids)

    monkeypatch.setattr(renderings, "_built", built)
    found = json.loads(page("?limit=2"))
    assert len(found["results"]) == 2
    found["results"] += json.loads(page(found["next"].partition("/statements/")[2]))["results"]
    assert {row["id"] for row in found["results"]} == {row.pk for row in statements} - {gone.pk}


def test_what_is_gone_leaves_nothing(statements: list[Statement]) -> None:
    written_out()
    erase(statements[3])
    assert Rendering.objects.count() == 4
    written_out()
    assert {pk for (pk,) in Rendering.objects.values_list("pk")} == {row.pk for row in statements[:3]}


def test_the_store_knows_how_many_there_are(statements: list[Statement]) -> None:
    written_out()
    table, counts = Rendering._meta.db_table, "SELECT reltuples::int FROM pg_class WHERE relname = %s"
    if connection.vendor == "sqlite":
        counts = "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s"
    with connection.cursor() as cursor:
        cursor.execute(counts, [table])
        assert (4,) in cursor.fetchall()


def test_the_command_says_how_many(statements: list[Statement], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("render", verbosity=1)
    assert capsys.readouterr().out == "The 4 public statements are written out for lists.\n"
    assert Rendering.objects.count() == 4
    call_command("render", verbosity=0)
    assert capsys.readouterr().out == ""

"""Documents that are kept say what they would if they were made anew, whatever changed."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from rest_framework.test import APIClient

from actors.models import Actor
from articles.api.serializers import StatementSerializer
from articles.models import Anchor, Article, Capture, Document, Outlet, Statement
from newsdb.api.response import conditional
from newsdb.api.response.cache import ResponseCache
from newsdb.api.rows.reading import read_rows
from newsdb.ledger import attributed
from newsdb.ledger.install import install
from tests.clients import editor
from tests.factories import ActorFactory, AnchorFactory, StatementFactory, erase

# Documents are written at the end of a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def page(query: str = "", client: APIClient | None = None) -> bytes:
    """As it is rendered without the response cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conditional, "response_cache", ResponseCache(0))
        answer: Any = (client or APIClient()).get(f"/api/v1/statements/{query}")
    assert answer.status_code == 200, answer.content
    return bytes(answer.content)


def kept() -> dict[int, str]:
    return dict(Document.objects.values_list("statement_id", "text"))


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
        *("?format=jsonld", "?omit=anchors", "?fields=id,text"),
    ],
)
def test_a_list_is_the_same_without_them(statements: list[Statement], query: str) -> None:
    query = query.format(slug=statements[0].speaker.slug, word=statements[0].text.split()[0].strip("“”.,"))
    assert len(kept()) == 4
    given = page(query)
    Document.objects.all().delete()
    assert page(query) == given


@pytest.mark.parametrize("name", [*StatementSerializer.Meta.fields, "snippet,id"])
def test_any_part_is_json(statements: list[Statement], name: str) -> None:
    whole = json.loads(page())["results"]
    parts = json.loads(page(f"?fields={name}"))["results"]
    assert parts == [{each: row[each] for each in name.split(",")} for row in whole]


def test_what_is_kept_is_what_is_sent(statements: list[Statement]) -> None:
    Document.objects.filter(statement=statements[1]).update(text='{"id":0}')
    assert page().count(b'{"id":0,"snippet":null}') == 1
    assert b'"id":0' not in page("?fields=id")


def test_a_document_is_what_a_list_shows(statements: list[Statement]) -> None:
    shown = {row["uid"]: row for row in json.loads(page())["results"]}
    for text in kept().values():
        document = json.loads(text)
        row = shown[document["uid"]]
        assert document == {name: row[name] for name in row if name not in ("url", "snippet")} | {
            "url": f"/api/v1/statements/{row['url'].split('/')[-2]}/"
        }


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


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(statements: list[Statement], change: str) -> None:
    before, written = page(), kept()
    CHANGES[change](Statement.objects.get(pk=statements[0].pk))
    after = page()
    assert kept() != written
    Document.objects.all().delete()
    assert page() == after
    assert after != before


def test_one_in_another_shape_is_not_used(statements: list[Statement]) -> None:
    Document.objects.update(shape=1, text='{"id":0}')
    assert b'"id":0' not in page()


def test_those_missing_or_in_another_shape_are_made_after_migrating(statements: list[Statement]) -> None:
    written = kept()
    Document.objects.filter(statement=statements[0]).delete()
    Document.objects.filter(statement=statements[1]).update(shape=1, text="{}")
    Document.objects.filter(statement=statements[2]).update(text="as it is")
    install(connection)
    assert kept() == written | {statements[2].pk: "as it is"}


def test_the_address_is_that_of_the_moment(statements: list[Statement]) -> None:
    with override_settings(PUBLIC_URL="https://elsewhere.example"):
        assert page().count(b'"url":"https://elsewhere.example/api/v1/statements/') == 4
    assert b"elsewhere" not in page()


def test_words_that_look_like_an_address_stay(statements: list[Statement]) -> None:
    words = 'It said {"url":"/"} and no more'
    Statement.objects.filter(pk=statements[1].pk).update(text=words)
    assert words in [row["text"] for row in json.loads(page())["results"]]


@pytest.mark.parametrize("where", range(0, 0x2100, 0x100))
def test_any_character_is_written_as_json_has_it(where: int) -> None:
    surrogates = range(0xD800, 0xE000)
    text = "".join(chr(each) for each in range(max(where, 1), where + 0x100) if each not in surrogates)
    statement = StatementFactory(text=f"x{text}x", kind="direct")
    assert json.loads(page())["results"][0]["text"] == Statement.objects.get(pk=statement.pk).text


def test_what_is_not_public_is_listed_for_editors(statements: list[Statement]) -> None:
    proposed = StatementFactory(status="proposed")
    assert proposed.text.encode() in page("?status=proposed", editor())


def test_a_change_is_seen_within_its_transaction(statements: list[Statement]) -> None:
    from django.db import transaction

    with transaction.atomic():
        _set(Statement, statements[1].pk, audience="the harbour")
        rows = read_rows(StatementSerializer, Statement.objects.filter(pk=statements[1].pk))
    assert rows[0]["audience"] == "the harbour"


def test_what_is_gone_leaves_nothing(statements: list[Statement]) -> None:
    erase(statements[3])
    assert set(kept()) == {row.pk for row in statements[:3]}

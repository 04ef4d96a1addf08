"""A statement and an article have one address, with the uid; the integer id redirects to it."""

import json
from typing import Any

import pytest
from django.conf import settings

from articles.services.retraction import retract_statement
from tests.articles.api.routes import settle
from tests.articles.api.test_erased import erased
from tests.clients import editor, write
from tests.factories import ActorFactory, ArticleFactory, RelatedLinkFactory, StatementFactory
from tests.reader import Reader

FACTORIES = {"statements": StatementFactory, "articles": ArticleFactory}


def address(path: str, record: Any, below: str = "") -> str:
    return f"{settings.PUBLIC_URL}/api/v1/{path}/{record.uid}/{below}"


@pytest.mark.parametrize("path", FACTORIES)
def test_every_other_way_to_write_it_leads_there(reader: Reader, path: str) -> None:
    record = FACTORIES[path]()
    assert reader.one(f"{path}/{record.uid}/")["url"] == address(path, record)
    for written in (record.pk, str(record.uid).upper(), record.uid.hex):
        answer = reader.get(f"{path}/{written}/")
        assert (answer.status_code, answer.headers["Location"]) == (308, address(path, record))
        assert answer.content == b""


def test_the_query_string_and_what_is_below_go_along(reader: Reader) -> None:
    statement = StatementFactory()
    answer = reader.get(f"statements/{statement.pk}/", fields="id,text", format="json")
    assert answer.headers["Location"] == address("statements", statement) + "?fields=id%2Ctext&format=json"
    answer = reader.get(f"statements/{statement.pk}/history/", limit="1")
    assert answer.headers["Location"] == address("statements", statement, "history/?limit=1")


def test_a_former_slug_redirects_likewise(reader: Reader) -> None:
    actor = ActorFactory(slug="ada")
    actor.slug = "ada-example"
    actor.save()
    there = f"{settings.PUBLIC_URL}/api/v1/actors/ada-example/"
    assert reader.get("actors/ada/", fields="name").headers["Location"] == f"{there}?fields=name"
    assert reader.get("actors/ada/history/").headers["Location"] == f"{there}history/"


@pytest.mark.parametrize("path", FACTORIES)
@pytest.mark.parametrize("written", ["7", "0", "01", "9223372036854775808", "-1", "1.0", "x", "0" * 32])
def test_what_is_nobodys_is_not_found(reader: Reader, path: str, written: str) -> None:
    reader.problem(404, f"{path}/{written}/")
    reader.problem(404, f"{path}/{written}/history/")


def test_what_was_never_public_stays_hidden_except_from_editors(reader: Reader) -> None:
    statement = StatementFactory(status="proposed")
    reader.problem(404, f"statements/{statement.pk}/")
    answer = editor().get(f"/api/v1/statements/{statement.pk}/")
    assert answer.headers["Location"] == address("statements", statement)


def test_a_retracted_statement_says_so_at_its_uid(reader: Reader) -> None:
    statement = StatementFactory()
    retract_statement(statement=statement, reason="Hers.", by="ines")
    answer = reader.get(f"statements/{statement.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (308, address("statements", statement))
    assert reader.problem(410, f"statements/{statement.uid}/")["reason"] == "Hers."
    assert reader.get(f"statements/{statement.pk}/history/").status_code == 308


def test_an_erased_statement_says_so_at_its_uid(reader: Reader) -> None:
    erasure = erased(StatementFactory())
    assert reader.problem(410, f"statements/{erasure.uid}/")["code"] == "erased"


def test_a_write_is_redirected_too(db: None) -> None:
    ines, statement = editor(), StatementFactory()
    etag = ines.get(f"/api/v1/statements/{statement.uid}/").headers["ETag"]
    answer = write(ines, "post", f"statements/{statement.pk}/retract/", {"reason": "Hers."}, etag)
    assert (answer.status_code, answer.headers["Location"]) == (
        308,
        address("statements", statement, "retract/"),
    )
    statement.refresh_from_db()
    assert statement.status == "published"


def test_articles_are_named_by_uid(reader: Reader) -> None:
    statement, _ = StatementFactory.create_batch(2)
    link = RelatedLinkFactory(related_list__article=statement.article, target=ArticleFactory())
    for path, row in (("statements", statement), ("related-links", link)):
        (found,) = reader.rows(f"{path}/", article=str(statement.article.uid))
        assert (found["id"], found["article"]["uid"]) == (row.pk, str(statement.article.uid))
        fault = reader.fault(f"{path}/", article=str(statement.article.pk))
        assert (fault["parameter"], fault["code"]) == ("article", "invalid")
        assert "give the record's uid" in fault["detail"]
        unknown = reader.fault(f"{path}/", article=str(statement.uid))
        assert unknown["code"] == "unknown"
    (found,) = reader.rows("related-links/")
    assert found["target"]["uid"] == str(link.target.uid)


def test_a_body_names_its_article_by_uid(db: None) -> None:
    answer = write(editor(), "post", "statements/", {"article": ArticleFactory().pk, "kind": "direct"})
    assert answer.json()["errors"][0] == {
        "pointer": "/article",
        "code": "invalid",
        "detail": "Give the article's uid, as text.",
    }


def test_linked_data_and_conflicts_use_it_too(reader: Reader) -> None:
    statement = StatementFactory()
    node = json.loads(reader.get(f"statements/{statement.uid}/", format="jsonld").content)
    assert node["@id"] == address("statements", statement)
    assert node["isBasedOn"]["@id"] == address("articles", statement.article)
    assert node["isBasedOn"]["identifier"] == f"urn:uuid:{statement.article.uid}"
    cited = reader.get(f"statements/{statement.uid}/", cite="text").content.decode()
    assert address("statements", statement).replace("/api/v1", "") in cited  # its page
    body = {"uid": str(statement.article.uid), "headline": "Ferry", "outlet": statement.article.outlet.slug}
    taken = write(editor(), "post", "articles/", body)
    assert (taken.status_code, taken.json()["url"]) == (409, address("articles", statement.article))
    settle()
    (change,) = reader.rows("changes/", record_type="statement")
    assert change["record"]["url"] == address("statements", statement)

"""What anyone may see: what is published. What was retracted says when and why."""

import pytest

from articles.models import Article, Statement
from articles.services.retraction import restore_article, retract_article, retract_statement
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)
from tests.reader import Reader, utc

REASON = "The page quotes somebody else."


def retract(record: Article | Statement) -> str:
    """Retract it; the time of that as the API writes it."""
    if isinstance(record, Statement):
        retract_statement(statement=record, reason=REASON, by="ines")
    else:
        retract_article(article=record, reason=REASON, by="ines")
    return utc(record.retracted_at)


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_is_not_published_is_not_there(reader: Reader, status: str) -> None:
    statement = StatementFactory(status=status)
    assert reader.rows("statements/") == []
    assert reader.rows("speakers/") == []
    assert "no statement" in reader.problem(404, f"statements/{statement.uid}/")["detail"]


def test_a_retracted_statement_says_when_and_why(reader: Reader) -> None:
    statement, other = StatementFactory.create_batch(2)
    at = retract(statement)
    assert reader.found("statements/") == [other.pk]
    assert [row["slug"] for row in reader.rows("speakers/")] == [other.speaker.slug]
    assert reader.problem(410, f"statements/{statement.uid}/") == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": f"Retracted on {at[:10]}: {REASON}",
        "instance": f"/api/v1/statements/{statement.uid}/",
        "retracted_at": at,
        "reason": REASON,
    }


def test_a_retracted_article_takes_its_statements_and_links_along(reader: Reader) -> None:
    article = BylineFactory().article
    statement = StatementFactory(article=article)
    RelatedLinkFactory(related_list__article=article)
    at = retract(article)
    for path in ("articles/", "statements/", "related-links/", "authors/", "speakers/"):
        assert reader.rows(path) == [], path
    for path in (f"articles/{article.uid}/", f"statements/{statement.uid}/"):
        problem = reader.problem(410, path)
        assert (problem["retracted_at"], problem["reason"]) == (at, REASON)


def test_what_was_restored_is_there_again(reader: Reader) -> None:
    article = StatementFactory().article
    retract(article)
    restore_article(article=article, reason="It did say so.", by="ines")
    assert reader.found("articles/") == [article.pk]
    assert len(reader.rows("statements/")) == 1


def test_links_to_a_retracted_article_lead_nowhere(reader: Reader) -> None:
    target = ArticleFactory()
    link = RelatedLinkFactory(target=target)
    assert reader.rows("related-links/")[0]["target"]["id"] == target.pk
    retract(target)
    article = reader.one(f"articles/{link.related_list.article.uid}/")
    for row in (*reader.rows("related-links/"), *article["related_lists"][0]["links"]):
        assert row["title"] == link.title
        assert row["target"] is None


def test_a_retracted_article_cannot_be_filtered_by(reader: Reader) -> None:
    article = ArticleFactory(source_url="https://gazette.example/ferry")
    retract(article)
    for path in ("statements/", "related-links/"):
        assert reader.fault(path, article=article.uid)["code"] == "unknown"
    assert reader.rows("articles/", source_url=article.source_url) == []


@pytest.mark.parametrize("status", ["proposed", "rejected", "retracted"])
def test_values_that_only_hidden_records_have_are_not_offered(reader: Reader, status: str) -> None:
    seen = StatementFactory(language="en", article__section="Politics", article__language="en")
    facts = {"language": "tlh", "article__section": "Secrets", "article__language": "tlh"}
    if status == "retracted":
        retract(StatementFactory(**facts).article)
    else:
        StatementFactory(status=status, **facts)
    faults = [reader.fault("statements/", language="tlh")]
    if status == "retracted":
        faults += [reader.fault("articles/", language="tlh"), reader.fault("articles/", section="Secrets")]
    offered = [seen.language, seen.article.language, seen.article.section]
    assert [fault["allowed"] for fault in faults] == [[each] for each in offered[: len(faults)]]


def test_sections_of_hidden_links_are_not_offered(reader: Reader) -> None:
    RelatedLinkFactory(section="Politics")
    retract(RelatedLinkFactory(section="Secrets").related_list.article)
    assert reader.fault("related-links/", section="Secrets")["allowed"] == ["Politics"]


def test_speakers_count_their_public_statements(reader: Reader) -> None:
    zoe, ada = ActorFactory(name="Zoë Quay"), ActorFactory(name="Ada Quay")
    StatementFactory.create_batch(2, speaker=zoe)
    StatementFactory(speaker=zoe, status="proposed")
    StatementFactory(speaker=zoe, status="rejected")
    StatementFactory(speaker=ada)
    retract(StatementFactory(speaker=ada))
    ActorFactory(name="Never Quoted")
    BylineFactory()
    counts = [(row["name"], row["statement_count"]) for row in reader.rows("speakers/")]
    assert counts == [("Ada Quay", 1), ("Zoë Quay", 2)]


def test_actors_in_the_order_of_their_counts(reader: Reader) -> None:
    for count in (1, 3, 2, 2):
        articles = ArticleFactory.create_batch(count)
        speaker = ActorFactory()
        for article in articles:
            StatementFactory(speaker=speaker, article=article)
            BylineFactory(author=speaker, article=article)
    for path, name in (("speakers/", "statement_count"), ("authors/", "article_count")):
        pages = reader.pages(path, ordering=f"-{name}", limit=1)
        assert [row[name] for page in pages for row in page] == [3, 2, 2, 1]
        assert len({row["slug"] for page in pages for row in page}) == 4
        assert reader.fault(path, ordering=name)["allowed"] == [f"-{name}"]


def test_authors_count_their_public_articles(reader: Reader) -> None:
    zoe, ada = ActorFactory(name="Zoë Quay"), ActorFactory(name="Ada Quay")
    for article in ArticleFactory.create_batch(2):
        BylineFactory(author=zoe, article=article)
    BylineFactory(author=ada)
    retract(BylineFactory(author=ada).article)
    retract(BylineFactory().article)
    StatementFactory()
    counts = [(row["name"], row["article_count"]) for row in reader.rows("authors/")]
    assert counts == [("Ada Quay", 1), ("Zoë Quay", 2)]


def test_outlets_stay_without_articles(reader: Reader) -> None:
    outlet = OutletFactory()
    retract(ArticleFactory(outlet=outlet))
    assert [row["slug"] for row in reader.rows("outlets/")] == [outlet.slug]
    assert Article.objects.public().count() == 0

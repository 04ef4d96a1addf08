"""The other filters, their combinations, and what no list takes."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from articles.models import Statement
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
    anchored_statement,
)
from tests.reader import Reader


def test_kind(reader: Reader) -> None:
    direct, partial, indirect = (StatementFactory(kind=kind).pk for kind in ("direct", "partial", "indirect"))
    assert reader.found("statements/", kind="direct") == [direct]
    assert reader.found("statements/", kind=["indirect", "partial"]) == [indirect, partial]
    assert reader.fault("statements/", kind="loud")["allowed"] == ["direct", "partial", "indirect"]


def test_section(reader: Reader) -> None:
    harbour, town = ArticleFactory(section="Harbour"), ArticleFactory(section="Town & Country")
    statements = [StatementFactory(article=article) for article in (harbour, town, ArticleFactory())]
    link = RelatedLinkFactory(section="Town & Country", related_list__article=harbour)
    RelatedLinkFactory(section="Harbour", related_list__article=town)
    assert reader.found("articles/", section="Harbour") == [harbour.pk]
    assert reader.found("articles/", section=["Harbour", "Town & Country"]) == [town.pk, harbour.pk]
    assert reader.found("statements/", section="Town & Country") == [statements[1].pk]
    assert reader.found("related-links/", section="Town & Country") == [link.pk]
    for path in ("articles/", "statements/", "related-links/"):
        fault = reader.fault(path, section="Weather")
        assert (fault["code"], fault["allowed"]) == ("unknown", ["Harbour", "Town & Country"])


def test_language_is_that_of_the_words(reader: Reader) -> None:
    article = ArticleFactory(language="fr")
    english, french = (StatementFactory(article=article, language=code) for code in ("en", "fr"))
    StatementFactory()
    assert reader.found("statements/", language="en") == [english.pk]
    assert reader.found("statements/", language=["fr", "en"]) == [french.pk, english.pk]
    assert reader.found("articles/", language="fr") == [article.pk]
    assert reader.fault("articles/", language="en")["allowed"] == ["fr"]
    assert reader.fault("statements/", language="de")["allowed"] == ["en", "fr"]


def test_place(reader: Reader) -> None:
    rome, house = (StatementFactory(place=place) for place in ("Rome", "the White House"))
    StatementFactory()
    StatementFactory(place="Lima", status="proposed")
    assert reader.found("statements/", place="Rome") == [rome.pk]
    assert reader.found("statements/", place=["Rome", "the White House"]) == [house.pk, rome.pk]
    assert reader.found("statements/", place="Rome", q="the") == [rome.pk]
    for unknown in ("rome", "Lima"):
        assert reader.fault("statements/", place=unknown)["allowed"] == ["Rome", "the White House"]


def test_article(reader: Reader) -> None:
    first, second, third = StatementFactory.create_batch(3)
    link = RelatedLinkFactory(related_list__article=first.article)
    RelatedLinkFactory(related_list__article=second.article)
    uids = [second.article.uid, first.article.uid]
    assert reader.found("statements/", article=third.article.uid) == [third.pk]
    assert reader.found("statements/", article=uids) == [second.pk, first.pk]
    assert reader.found("related-links/", article=first.article.uid) == [link.pk]


def test_links_to_an_article(reader: Reader) -> None:
    first, second = ArticleFactory.create_batch(2)
    links = [RelatedLinkFactory(target=article) for article in (first, second, None)]
    RelatedLinkFactory(related_list__article=first)
    assert reader.found("related-links/", target=second.uid) == [links[1].pk]
    assert reader.found("related-links/", target=[second.uid, first.uid]) == [links[0].pk, links[1].pk]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [("statements/", "article"), ("related-links/", "article"), ("related-links/", "target")],
)
def test_an_unknown_article(reader: Reader, path: str, parameter: str) -> None:
    known, unknown = ArticleFactory().uid, [str(uuid4()), str(uuid4())]
    assert reader.fault(path, **{parameter: [known, *unknown]}) == {
        "parameter": parameter,
        "code": "unknown",
        "detail": f"There is no article {', '.join(unknown)} here.",
    }
    assert reader.fault(path, **{parameter: "ferry"})["code"] == "invalid"


def test_text_match(reader: Reader) -> None:
    matched = anchored_statement("The ferry runs", matched=True)
    unchecked = anchored_statement("The ferry waits")
    unanchored = StatementFactory()
    mismatched = anchored_statement("The ferry sinks", matched=True)
    Statement.objects.filter(pk=mismatched.pk).update(text="The ferry swims")
    assert reader.found("statements/", text_match="matched") == [matched.pk]
    assert reader.found("statements/", text_match="unchecked") == [unanchored.pk, unchecked.pk]
    found = reader.found("statements/", text_match=["mismatched", "matched"])
    assert found == [mismatched.pk, matched.pk]


def test_reviewed(reader: Reader) -> None:
    waiting, seen = (StatementFactory(reviewed=reviewed).pk for reviewed in (False, True))
    assert reader.found("statements/", reviewed="true") == [seen]
    assert reader.found("statements/", reviewed="false") == [waiting]
    assert reader.fault("statements/", reviewed="yes")["allowed"] == ["true", "false"]


def test_speaker_kind(reader: Reader) -> None:
    zoe, council = ActorFactory(kind="person"), ActorFactory(kind="organisation")
    person, other, organisation = (StatementFactory(speaker=speaker).pk for speaker in (zoe, zoe, council))
    StatementFactory(speaker=None)
    assert reader.found("statements/", speaker_kind="person") == [other, person]
    assert reader.found("statements/", speaker_kind="organisation") == [organisation]
    assert reader.found("statements/", speaker_kind=["organisation", "person"]) == [
        organisation,
        other,
        person,
    ]
    assert reader.found("statements/", speaker_kind="organisation", q="the") == [organisation]
    exported = reader.get("statements/export/", speaker_kind="organisation", fields="id").getvalue()
    assert json.loads(exported) == {"id": organisation}
    facets = reader.get("statements/facets/", by="speaker", speaker_kind="person").json()
    assert [(each["key"], each["count"]) for each in facets["speaker"]["buckets"]] == [(zoe.slug, 2)]
    assert reader.fault("statements/", speaker_kind="ship")["allowed"] == ["person", "organisation"]


MATCHING: dict[str, Any] = {
    "speaker": "zoe-quay",
    "speaker_kind": "organisation",
    "author": "ada-quay",
    "outlet": "the-gazette",
    "date": "2024-10",
    "date_basis": "said_on",
    "kind": "partial",
    "section": "Harbour",
    "language": "en",
    "place": "Rome",
    "source_url": "https://gazette.example/ferry",
    "text_match": "unchecked",
    "reviewed": "false",
}
OTHERS: dict[str, Any] = MATCHING | {
    "speaker": "zoe-pier",
    "speaker_kind": "person",
    "author": "ada-pier",
    "outlet": "the-herald",
    "date": "2024-11",
    "date_basis": "published_on",
    "kind": "direct",
    "section": "Town",
    "language": "fr",
    "place": "Lima",
    "source_url": "https://herald.example/ferry",
    "text_match": "matched",
    "reviewed": "true",
}


@pytest.mark.parametrize("name", MATCHING)
def test_every_filter_counts(reader: Reader, name: str) -> None:
    """One statement passes them all, and none when any one of them asks for something else."""
    made = []
    for values in (MATCHING, OTHERS):
        article = ArticleFactory(
            outlet=OutletFactory(slug=values["outlet"]),
            section=values["section"],
            source_url=values["source_url"],
        )
        BylineFactory(article=article, author=ActorFactory(slug=values["author"]))
        made.append(
            StatementFactory(
                article=article,
                speaker=ActorFactory(slug=values["speaker"], kind=values["speaker_kind"]),
                said_on=date.fromisoformat(f"{values['date']}-15"),
                said_precision="day",
                kind=values["kind"],
                language=values["language"],
                place=values["place"],
                reviewed=values["reviewed"] == "true",
            )
        )
    assert reader.found("statements/", **MATCHING) == [made[0].pk]
    assert reader.found("statements/", **MATCHING | {name: OTHERS[name]}) == []

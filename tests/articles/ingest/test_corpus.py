"""Quotations of published corpora, in records that we wrote in their shapes."""

import bz2
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from actors.models import Actor, merge_actors
from articles.ingest import corpus
from articles.models import Article, Outlet, Statement
from articles.services.erasure import erase
from articles.services.retraction import retract_article
from newsdb.ledger import attributed
from newsdb.models import Change
from tests.factories import ActorFactory, ArticleFactory, OutletDomainFactory, RelatedLinkFactory

pytestmark = pytest.mark.django_db(transaction=True)


def quotebank(number: int = 1, **facts: Any) -> dict[str, Any]:
    """A record of Quotebank."""
    return {
        "quoteID": f"2019-03-0{number}-00000{number}",
        "quotation": f"The ferry will sail on day {number}.",
        "speaker": "Ada Quay",
        "qids": ["Q1001"],
        "date": "2019-03-04 00:00:00",
        "numOccurrences": 1,
        "probas": [["Ada Quay", "0.8"], ["None", "0.2"]],
        "urls": [f"http://www.courier.example/ferry-{number}"],
        "phase": "E",
    } | facts


def gdelt(**facts: Any) -> dict[str, Any]:
    """A record of GDELT's Global Quotation Graph."""
    quotes = [
        {"pre": "Ada Quay said ", "quote": "The ferry will sail.", "post": " on Monday"},
        {"pre": "She added: ", "quote": "It will be on time.", "post": ""},
    ]
    return {
        "date": "2020-01-06T10:15:00Z",
        "url": "https://courier.example/sailing",
        "title": "A ferry sails",
        "lang": "ENGLISH",
        "quotes": quotes,
    } | facts


Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Imports records, or lines as they are."""

    def imported(*records: Any, form: str = "quotebank", **options: Any) -> None:
        lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
        path = tmp_path / "corpus.json"
        path.write_text("\n".join(lines) + "\n")
        call_command("import_corpus", path, corpus=form, verbosity=0, **options)

    return imported


def test_a_printed_link_points_to_the_article_of_a_corpus(run: Run) -> None:
    link = RelatedLinkFactory(source_url="https://courier.example/ferry-1?utm_source=mail")
    other = RelatedLinkFactory(source_url="https://courier.example/ferry-2")
    run(quotebank(1))
    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.target, other.target) == (Article.objects.with_source_url(link.source_url).get(), None)
    snapshot = Change.objects.filter(uid=link.related_list.article.uid).latest("pk").snapshot
    assert (snapshot or {})["related_lists"][0]["links"][0]["target"]["uid"] == str(link.target.uid)


def test_progress_is_told_in_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "BATCH", 2)
    lines = "\n".join(json.dumps(quotebank(number)) for number in range(1, 6))
    told: list[int] = []
    corpus.CorpusImport("quotebank", None, lambda *refused: None).run(io.BytesIO(lines.encode()), told.append)
    assert told == [2, 4, 5]


def test_a_quotation_is_proposed_as_the_corpus_has_it(run: Run) -> None:
    run(quotebank())
    statement = Statement.objects.select_related("article__outlet", "speaker").get()
    article, speaker = statement.article, statement.speaker
    assert (statement.text, statement.kind, statement.language) == (
        "The ferry will sail on day 1.", "direct", "en",
    )  # fmt: skip
    assert (statement.status, statement.reviewed, statement.text_match) == ("proposed", False, "unchecked")
    assert (statement.attributed_by, statement.extractor, statement.confidence) == (
        "extractor", "quotebank", 0.8,
    )  # fmt: skip
    assert speaker
    assert (speaker.name, speaker.wikidata_id, statement.speaker_label) == ("Ada Quay", "Q1001", "Ada Quay")
    assert (str(article.published_on), article.published_precision) == ("2019-03-04", "day")
    assert article.headline == article.source_url == "http://www.courier.example/ferry-1"
    assert [row.domain for row in article.outlet.domains.all()] == ["courier.example"]
    change: Any = Change.objects.of(statement).get()
    assert change.reason == "Imported from Quotebank."


def written() -> list[Any]:
    """What is stored of articles and statements, without times: rows, ledger, documents and search."""
    rows = [row for model in (Article, Statement) for row in model.objects.order_by("pk").values()]
    latest = Change.objects.filter(record_type__in=("article", "statement"), action="created")
    changes = latest.order_by("uid", "-version").values("uid", "public", "snapshot", "shape")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM articles_document ORDER BY statement_id")
        documents = [json.loads(text) for (text,) in cursor.fetchall()]
    found = Client().get("/api/v1/statements/?q=ferry&ordering=date").json()["results"]
    articles = Client().get("/api/v1/articles/?q=courier").json()["results"]
    once = {change["uid"]: change for change in reversed(changes)}
    everything = [*rows, *documents, *found, *articles]
    return [*({**row, "updated_at": None} for row in everything), *once.values()]


def test_rows_written_in_bulk_are_as_if_saved(run: Run) -> None:
    run(quotebank(1), quotebank(2, speaker="None"), quotebank(3, probas=[]), publish=0.5)
    in_bulk = written()
    assert len(in_bulk) == 3 + 3 + 3 + 2 + 2 + 6
    articles, statements = list(Article.objects.all()), list(Statement.objects.all())
    with attributed(by="ines", erasing=True):
        Statement.objects.all().delete()
        Article.objects.all().delete()
    for row in [*articles, *statements]:
        row.save(force_insert=True)
    assert written() == in_bulk


def test_importing_again_changes_nothing(run: Run) -> None:
    records = [quotebank(1), quotebank(2, urls=["http://a.example/x", "http://b.example/y"])]
    run(*records)
    before = Change.objects.count()
    run(*records, quotebank(3))
    assert Statement.objects.count() == 4
    assert Change.objects.count() == before + 2  # a statement and its article
    run(quotebank(4, urls=["https://courier.example/ferry-1/?utm_source=x"]))
    assert Article.objects.filter(outlet__domains__domain="courier.example").count() == 2


def test_an_import_that_broke_off_goes_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "BATCH", 1)
    load = corpus.CorpusImport._load

    def fail(self: Any, batch: Any, counts: Any) -> None:
        load(self, batch, counts)
        if Statement.objects.count() == 2:
            raise KeyboardInterrupt

    records = [quotebank(number) for number in range(1, 5)]
    with monkeypatch.context() as broken:
        broken.setattr(corpus.CorpusImport, "_load", fail)
        with pytest.raises(KeyboardInterrupt):
            run(*records)
    assert Statement.objects.count() == 1  # the second batch is undone
    run(*records)
    assert Statement.objects.count() == 4


def test_what_is_sure_is_published_unreviewed(run: Run, client: Client) -> None:
    run(
        quotebank(1), quotebank(2, probas=[["Ada Quay", "0.9"]]), quotebank(3, urls=["http://b.example/gone"]),
        publish=0.85,
    )  # fmt: skip
    (row,) = client.get("/api/v1/statements/?corpus=quotebank&reviewed=false").json()["results"]
    facts = {"by": "extractor", "extractor": "quotebank", "confidence": 0.9, "reviewed": False}
    assert row["attribution"].items() >= facts.items()
    assert client.get("/api/v1/statements/?corpus=gdelt-gqg").json()["results"] == []
    assert client.get("/api/v1/statements/?corpus=mine").status_code == 400
    (listed,) = client.get("/api/v1/dataset/").json()["corpora"]
    assert (listed["name"], listed["licence"]["name"]) == ("quotebank", "CC-BY-4.0")


def test_nothing_is_published_in_a_retracted_article(run: Run) -> None:
    article = ArticleFactory(source_url="http://www.courier.example/ferry-1")
    retract_article(article=article, reason="It was invented.", by="ines")
    run(quotebank(), publish=0.5)
    assert Statement.objects.get().status == "proposed"


def test_the_date_is_an_articles_only_if_there_is_one(run: Run) -> None:
    run(quotebank(urls=["http://a.example/x", "http://b.example/y"]))
    assert {article.published_on for article in Article.objects.all()} == {None}


def test_speakers_are_found_by_wikidata_id(run: Run) -> None:
    known = ActorFactory(name="A. Quay", wikidata_id="Q1001")
    merged = ActorFactory(name="Bo Pier", wikidata_id="Q1002")
    merge_actors(survivor=known, merged=merged, reason="The same.", by="ines")
    run(quotebank(1), quotebank(2, speaker="Bo Pier", qids=["Q1002"]))
    assert set(Statement.objects.values_list("speaker", flat=True)) == {known.pk}


@pytest.mark.parametrize(
    "facts",
    [
        {"qids": ["Q1001", "Q1002"]},  # two people of this name
        {"qids": []},
        {"speaker": "Cy Weir", "qids": ["Q1003"]},  # whose id is not known here
        {"speaker": "None", "qids": []},
    ],
    ids=["ambiguous", "without an id", "known by name alone", "unnamed"],
)
def test_a_speaker_who_is_not_sure_stays_unresolved(run: Run, facts: dict[str, Any]) -> None:
    ActorFactory(name="Cy Weir")
    run(quotebank(1, **facts))
    statement = Statement.objects.get()
    assert statement.speaker is None
    assert statement.speaker_label == facts.get("speaker", "Ada Quay").replace("None", "")
    assert Actor.objects.count() == 1


def test_outlets_are_found_by_domain(run: Run) -> None:
    domain = OutletDomainFactory(domain="courier.example")
    run(quotebank(1), quotebank(2, urls=["https://news.courier.example/2"]))
    assert set(Article.objects.values_list("outlet", flat=True)) == {domain.outlet_id}
    assert Outlet.objects.count() == 1


def test_hosts_of_a_new_domain_are_one_outlet(run: Run) -> None:
    run(
        *(
            quotebank(n, urls=[f"https://{host}courier.example/{n}"])
            for n, host in enumerate(("a.b.", "b.", ""), 1)
        )
    )
    assert [row.domain for row in Outlet.objects.get().domains.all()] == ["courier.example"]
    run(quotebank(4, urls=["https://localhost/4"]), quotebank(5, urls=["https://localhost/5"]))
    assert Outlet.objects.count() == 2


def test_bad_lines_are_named_and_the_others_imported(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {
        "{": "It is not JSON.",
        "[]": "It is not a JSON object.",
        json.dumps(quotebank(2, quotation=" ")): "quotation is empty.",
        json.dumps(quotebank(2, quotation=7)): "quotation is of the wrong type.",
        json.dumps(quotebank(2, urls=[])): "urls is empty.",
        json.dumps(quotebank(2, urls=["nowhere"])): "nowhere is not a web address.",
        json.dumps(quotebank(2, date="May 2019")): "date is not a date: May 2019",
        json.dumps(quotebank(2, qids=["1001"])): "qids has something other than Wikidata ids.",
        json.dumps(quotebank(2, probas=[["Ada Quay", "2"]])): "probas has a probability that is not between",
        json.dumps(quotebank(2, probas=["x"])): "probas is not a list of pairs of a name and a number.",
        json.dumps(quotebank(8, speaker="A" * 301)): "at most 300 characters",
        json.dumps(quotebank(7, date="0999-01-01")): "Give both published_on and published_precision",
        json.dumps(quotebank(6, urls=[f"http://{'a.' * 100}example/"])): "cannot be an outlet",
        json.dumps(quotebank(9, quotation="A \x00 bell")): "",
    }
    with pytest.raises(CommandError) as error:
        run(quotebank(1), *bad, quotebank(3))
    assert "14 could not be imported" in str(error.value)
    assert set(Statement.objects.values_list("text", flat=True)) == {
        "The ferry will sail on day 1.", "The ferry will sail on day 3.",
    }  # fmt: skip
    said = sorted(
        (int(line.partition("line ")[2].partition(":")[0]), line)
        for line in capsys.readouterr().err.splitlines()
        if ", line " in line
    )
    assert [number for number, _ in said] == list(range(2, 16))
    assert all(reason in line for (_, line), reason in zip(said, bad.values(), strict=True))


def test_the_same_words_are_published_once_an_article(run: Run) -> None:
    run(quotebank(1), quotebank(2, quotation="The ferry will sail, on day 1!", urls=quotebank(1)["urls"]))
    assert Statement.objects.count() == 1


def test_a_speaker_has_said_the_same_words_under_any_name(run: Run) -> None:
    ActorFactory(name="A. Quay", wikidata_id="Q1001")
    run(quotebank(1), quotebank(2, speaker="Ada B. Quay", **said(quotebank(1))))
    run(quotebank(3, speaker="A. Quay", **said(quotebank(1))))
    assert Statement.objects.count() == 1
    run(*(quotebank(4, speaker=name, qids=[], **said(quotebank(1))) for name in ("A Quay", "B Pier")))
    assert Statement.objects.count() == 2


def said(record: dict[str, Any]) -> dict[str, Any]:
    """The words and the article of a record."""
    return {name: record[name] for name in ("quotation", "urls")}


def test_what_was_erased_does_not_come_back(run: Run) -> None:
    run(quotebank(1), publish=0.5)
    erase(record=Statement.objects.get(), reason_code="other")
    run(quotebank(1), quotebank(2, quotation=quotebank(1)["quotation"]))
    assert not Statement.objects.exists()


def test_a_quotation_graph_names_no_speaker(run: Run) -> None:
    run(gdelt(), form="gdelt-gqg", publish=0.1)
    run(gdelt(), form="gdelt-gqg")
    statements = Statement.objects.order_by("pk").select_related("article")
    assert [statement.text for statement in statements] == ["The ferry will sail.", "It will be on time."]
    for statement in statements:
        assert (statement.speaker, statement.speaker_label, statement.status) == (None, "", "proposed")
        assert (statement.extractor, statement.confidence, statement.language) == ("gdelt-gqg", 0, "en")
        assert (statement.article.headline, str(statement.article.published_on)) == (
            "A ferry sails", "2020-01-06",
        )  # fmt: skip


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_files_may_be_compressed(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "corpus"
    packed = pack(json.dumps(quotebank()).encode() + b"\n")
    path.write_bytes(packed)
    call_command("import_corpus", path, corpus="quotebank", verbosity=0)
    assert Statement.objects.count() == 1
    for damaged in (packed[:40], packed[:20] + b"\xff" * 20 + packed[40:]):
        path.write_bytes(damaged)
        with pytest.raises(CommandError, match=r"cannot be read: The file cannot be unpacked"):
            call_command("import_corpus", path, corpus="quotebank", verbosity=0)

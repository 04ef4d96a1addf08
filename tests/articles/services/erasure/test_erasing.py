"""What an erasure removes, what it lists for a person, and what stays."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from actors.models import Actor, merge_actors
from articles.models import Anchor, Article, Byline, Capture, Document, Statement
from articles.services.captures import attach_text
from newsdb.ledger import attributed
from newsdb.models import Change, Erasure
from tests import factories
from tests.articles.services.erasure.wording_of import every_text
from tests.articles.services.erasure.world import FIRST, NAMES, PAGE, SECOND, SLUGS, WORDS, World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    """The output of the command."""
    out = StringIO()
    call_command("erase", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def erase(record: Any, code: str = "court") -> str:
    return run(record.record.type, str(record.uid), "--reason-code", code, "--yes")


def everything() -> list[Any]:
    models = (Actor, Article, Statement, Anchor, Capture, Change, Erasure, LogEntry, Session, Document)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_without_yes_nothing_changes() -> None:
    world = make_world()
    before = everything()
    said = run("statement", str(world.statement.uid), "--reason-code", "court")
    assert everything() == before
    assert f"statement {world.statement.uid}" in said
    assert f"erase statement {world.statement.uid} --reason-code court --yes" in said
    assert run("statement", str(world.statement.uid), "--reason-code", "court", "--dry-run") == said


def test_a_dry_run_lists_what_else_holds_the_words() -> None:
    world = make_world()
    other = factories.StatementFactory(text=f"He says: {FIRST.upper()}!")
    article = factories.ArticleFactory(headline=f"“{FIRST}”", deck=f"So, {SECOND}")
    byline = factories.BylineFactory(article=article, note=f"Who says {FIRST}", printed_name="A.")
    link = factories.RelatedLinkFactory(title=FIRST.lower())
    said = run("statement", str(world.statement.uid), "--reason-code", "court")
    listed = said.partition("also contain the words")[2]
    for line in (
        f"statement {other.uid}, statement text: {other.text}",
        f"article {article.uid}, article headline: {article.headline}",
        f"article {article.uid}, article deck: {article.deck}",
        f"article {article.uid}, byline note: {byline.note}",
        f"article {link.related_list.article.uid}, related link title: {link.title}",
    ):
        assert line in listed
    assert str(world.before.uid) not in listed
    # What a person left as it is stays, in its history too; and the output no longer shows it.
    said = erase(world.statement)
    assert FIRST.upper() not in said
    assert f"statement {other.uid}, statement text" in said
    other.refresh_from_db()
    assert Change.objects.of(other).get().snapshot["text"] == other.text


def test_what_a_person_edited_first_loses_the_words_in_its_history() -> None:
    world = make_world()
    article = factories.ArticleFactory(headline=FIRST)
    article.headline = "Kräuter"
    article.save()
    erase(world.statement)
    first, second = Change.objects.of(article).order_by("version")
    assert (first.snapshot["headline"], second.snapshot["headline"]) == ("", "Kräuter")
    # And nothing else was changed by that.
    Article.objects.get(pk=article.pk).save()
    assert Change.objects.of(article).count() == 2


def test_the_ledger_keeps_its_rows() -> None:
    world = make_world()
    kept = ("id", "sequence", "record_type", "uid", "version", "action", "at", "public")
    before = list(Change.objects.order_by("id").values_list(*kept))
    erase(world.statement)
    after = list(Change.objects.order_by("id").values_list(*kept))
    assert after[: len(before)] == before
    assert sorted(row[1] for row in after) == list(range(1, len(after) + 1))
    last, *earlier = Change.objects.of(world.statement)
    assert (last.action, last.version) == ("erased", len(earlier) + 1)
    assert {(each.snapshot, each.reason, each.actor) for each in (last, *earlier)} == {(None, "", "")}


def test_neighbours_lose_what_they_show_of_the_words_and_say_so(client: Client) -> None:
    world = make_world()
    versions = {each.uid: Change.objects.of(each).count() for each in (world.before, world.after)}
    seen, _ = Change.objects.version()
    erase(world.statement)
    before, after = world.before.anchors.get(), world.after.anchors.get()
    assert (before.prefix, before.suffix) == ("She: “", "")
    assert after.prefix == ""
    assert after.suffix == PAGE[after.end : after.end + 32]
    for neighbour, count in versions.items():
        changes = Change.objects.of_uid("statement", neighbour)
        assert (changes.first().action, changes.count()) == ("updated", count + 1)
    rows = client.get(f"/api/v1/changes/?after={seen}").json()["results"]
    assert {row["uid"]: row["action"] for row in rows} == {
        str(world.statement.uid): "erased",
        str(world.before.uid): "updated",
        str(world.after.uid): "updated",
        str(world.beyond.uid): "updated",
    }


def test_texts_that_hold_the_words_are_detached_for_good() -> None:
    world = make_world()
    bystander = factories.CaptureFactory()
    erase(world.statement)
    for capture in (world.capture, world.elsewhere):
        text, sha256, length = capture.text, capture.sha256, capture.length
        capture.refresh_from_db()
        assert (capture.text, capture.text_erased) == (None, True)
        assert (capture.sha256, capture.length) == (sha256, length)
        for values in ({"text": text}, {"text": text, "text_erased": False}, {"text_erased": False}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Capture.objects.filter(pk=capture.pk).update(**values)
    bystander.refresh_from_db()
    assert bystander.text is not None


def test_who_has_the_page_checks_others_and_brings_nothing_back(tmp_path: Path) -> None:
    world = make_world()
    erase(world.statement)
    page = tmp_path / "page.txt"
    page.write_bytes(PAGE.encode())
    out = StringIO()
    call_command("verify_anchors", page, "--attach", stdout=out)
    assert "text not attached: it contained erased words" in out.getvalue()
    for neighbour, side in ((world.before, "suffix"), (world.after, "prefix")):
        anchor = neighbour.anchors.get()
        assert (anchor.match, getattr(anchor, side)) == ("matched", "")
    world.capture.refresh_from_db()
    with pytest.raises(ValidationError, match="erased"):
        attach_text(capture=world.capture, text=PAGE)
    assert not every_text(FIRST)


def test_an_actor_goes_with_its_statements_and_leaves_others_standing(client: Client) -> None:
    world = make_world()
    byline = factories.BylineFactory(article=world.article, author=world.actor, printed_name=NAMES[1])
    twin = factories.ActorFactory(name="Twin Üldenbek")
    merge_actors(survivor=world.actor, merged=twin, reason=f"Both are {NAMES[0]}.", by="ines")
    office = factories.RoleFactory(organisation=world.actor)
    corrected = factories.StatementFactory(speaker=world.actor, text="Somebody else said it.")
    with attributed(by="ines", reason="Wrong person."):
        Statement.objects.filter(pk=corrected.pk).update(speaker=factories.ActorFactory())
    erase(world.actor, "personal_data")
    assert not Actor.objects.filter(pk__in=[world.actor.pk, twin.pk]).exists()
    assert not Statement.objects.filter(pk=world.statement.pk).exists()
    assert not Byline.objects.filter(pk=byline.pk).exists()
    office.refresh_from_db()
    assert office.organisation is None
    first = Change.objects.of(corrected).order_by("version").first()
    assert first.snapshot["speaker"] is None
    assert {e.uid for e in Erasure.objects.filter(record_type="actor")} == {world.actor.uid, twin.uid}
    for slug in (*SLUGS, twin.slug):
        answer = client.get(f"/api/v1/actors/{slug}/")
        assert (answer.status_code, answer.json().get("code")) == (410, "erased")
    assert client.get(f"/api/v1/statements/{world.statement.uid}/").json()["code"] == "erased"
    assert Statement.objects.filter(pk=world.after.pk).exists()


def test_a_merged_actor_is_not_erased_by_itself() -> None:
    survivor, merged = factories.ActorFactory(), factories.ActorFactory()
    merge_actors(survivor=survivor, merged=merged, reason="One.", by="ines")
    with pytest.raises(CommandError, match=f"merged into {survivor.uid}"):
        run("actor", str(merged.uid), "--reason-code", "court", "--yes")


def test_an_article_goes_with_what_it_printed(client: Client) -> None:
    world = make_world()
    link = factories.RelatedLinkFactory(target=world.article, title="Read this too")
    said = factories.RelatedLinkFactory(title=world.article.headline.upper())
    sidebar = factories.CaptureFactory(words=f"More: {world.article.headline}.")
    assert f"related link title: {said.title}" in run(
        "article", str(world.article.uid), "--reason-code", "other"
    )
    erase(world.article, "other")
    sidebar.refresh_from_db()
    assert sidebar.text is not None
    assert not Capture.objects.filter(article=world.article.pk).exists()
    link.refresh_from_db()
    assert (link.target, link.title) == (None, "Read this too")
    targets = [
        row["target"]
        for change in Change.objects.of(link.related_list.article)
        for listed in change.snapshot["related_lists"]
        for row in listed["links"]
    ]
    assert targets
    assert not any(targets)
    answer = client.get(f"/api/v1/articles/{world.article.uid}/")
    assert (answer.status_code, answer.json()["reason_code"]) == (410, "other")


def test_the_admins_log_and_sessions_forget_it() -> None:
    world = make_world()
    erase(world.statement)
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == ("", "")
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", ["uid", "pk"])
def test_it_is_named_by_uid_or_number(path: str) -> None:
    statement = factories.StatementFactory()
    run("statement", str(getattr(statement, path)), "--reason-code", "court", "--yes")
    assert Erasure.objects.get().uid == statement.uid


def test_an_actor_is_named_by_any_of_its_slugs() -> None:
    world = make_world()
    run("actor", SLUGS[1], "--reason-code", "court", "--yes")
    assert not Actor.objects.filter(pk=world.actor.pk).exists()
    assert "Nothing to erase" in run("actor", SLUGS[1], "--reason-code", "court", "--yes")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statement", "12", "--reason-code", "court"], "There is no statement 12"),
        (["actor", "nobody", "--reason-code", "court"], "There is no actor nobody"),
        (["statement", "12"], "--reason-code court|personal_data|other"),
        ([], "Say what to erase"),
        (["statement"], "Say what to erase"),
        (["--replay", "/nowhere/at/all"], "cannot be read"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_short_words_are_not_looked_for_in_other_texts_alone() -> None:
    statement = factories.anchored_statement("No", "Zwirbelkräuter verblühen nie")
    other = factories.CaptureFactory(words="He said no.")
    erase(statement)
    other.refresh_from_db()
    assert other.text == "He said no."


def test_words_are_found_however_they_are_written() -> None:
    statement = factories.StatementFactory(text=WORDS)
    other = factories.CaptureFactory(words="… die zwirbelkrauter — VON ÖD — verblühen …")
    erase(statement)
    other.refresh_from_db()
    assert other.text is None


def test_world_is_whole(client: Client) -> None:
    """The dataset serves on after an erasure."""
    world: World = make_world()
    erase(world.actor)
    for path in ("statements/", "articles/", "actors/", "changes/", "statements/?q=pumps", "dataset/"):
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert client.get("/api/v1/statements/?q=pumps").json()["results"]
    assert client.get("/api/v1/statements/?q=Zwirbelkräuter").json()["results"] == []

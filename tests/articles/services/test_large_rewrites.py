"""What would rewrite too many records is refused in a request, and done by a command."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from actors.models import Actor, ActorMerge, merge_actors
from articles.models import Article, Outlet, Statement
from newsdb.ledger import rewriting
from newsdb.models import Change
from tests.admin_pages import said, submit
from tests.clients import editor, write
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    RoleFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT = 3


@pytest.fixture(autouse=True)
def limit(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REWRITE_LIMIT = LIMIT
    monkeypatch.setattr(rewriting, "BATCH", 2)


def shown_by(count: int) -> Actor:
    """An actor whom this many records show: an article, an organisation's head, statements."""
    actor = ActorFactory(name="Ada Quay", slug="ada-quay", kind="organisation")
    BylineFactory(author=actor)
    RoleFactory(organisation=actor)
    for _ in range(count - 2):
        StatementFactory(speaker=actor)
    return actor


def refused(answer: Any) -> str:
    """The command that the refusal names."""
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    start = "This would rewrite more than 3 records, too many for a request. Run this command instead"
    detail = answer.json()["detail"]
    assert detail.startswith(start)
    return str(detail.partition(": ")[2])


def run(*words: str) -> None:
    call_command("change_record", *words, "--reason", "A test.", "--by", "ines", verbosity=0)


def names_shown() -> set[str]:
    """The speakers' names in the stored documents and the ledger's last snapshots of statements."""
    shown = set()
    for statement in Statement.objects.select_related("document"):
        change: Any = Change.objects.of(statement).first()
        shown.add(change.snapshot["speaker"]["name"])
        assert f'"{change.snapshot["speaker"]["name"]}"' in statement.document.text
    return shown


def test_a_rename_within_the_limit_is_made(settings: Any) -> None:
    shown_by(LIMIT)
    assert write(editor(), "patch", "actors/ada-quay/", {"name": "Ada Pier"}).status_code == 200
    assert names_shown() == {"Ada Pier"}


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ({"name": "Ada Pier"}, "--set 'name=Ada Pier'"),
        ({"slug": "ada-pier"}, "--set slug=ada-pier"),
        ({"wikidata_id": "Q42", "reason": "Found."}, "--set wikidata_id=Q42"),
    ],
)
def test_a_larger_rename_names_its_command(body: dict[str, str], options: str) -> None:
    actor = shown_by(LIMIT + 1)
    before = Change.objects.count()
    reason = body.get("reason", "'say why'")
    command = f"manage.py change_record actor ada-quay {options} --reason {reason} --by ines."
    assert refused(write(editor(), "patch", "actors/ada-quay/", body)) == command
    assert Change.objects.count() == before
    actor.refresh_from_db()
    assert (actor.name, actor.slug, actor.wikidata_id) == ("Ada Quay", "ada-quay", None)


def test_what_others_do_not_show_is_changed_without_limit() -> None:
    shown_by(LIMIT + 1)
    body = {"names": ["The Quay"], "name": "Ada Quay"}
    assert write(editor(), "patch", "actors/ada-quay/", body).status_code == 200


def test_the_admin_says_it_on_the_form(admin_client: Client) -> None:
    actor = shown_by(LIMIT + 1)
    page = submit(admin_client, f"/admin/actors/actor/{actor.pk}/change/", name="Ada Pier")
    assert "manage.py change_record actor ada-quay --set 'name=Ada Pier'" in said(page)
    actor.refresh_from_db()
    assert actor.name == "Ada Quay"


@pytest.mark.parametrize("count", [LIMIT, LIMIT + 4], ids=["below", "above"])
def test_the_command_renames(count: int, capfd: pytest.CaptureFixture[str]) -> None:
    actor = shown_by(count)
    before = {(c.record_type, c.uid): c.version for c in Change.objects.order_by("version")}
    run("actor", "ada-quay", "--set", "name=Ada Pier", "slug=ada-pier")
    assert names_shown() == {"Ada Pier"}
    after = list(Change.objects.order_by("sequence"))[-count - 1 :]
    assert {c.reason for c in after} == {"A test."}
    assert len({(c.record_type, c.uid) for c in after}) == count + 1
    assert all(c.version == before[c.record_type, c.uid] + 1 for c in after)
    assert len({c.transaction for c in after}) == 1
    assert after[0].uid == actor.uid


def test_a_command_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown_by(LIMIT + 4)

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    before = Change.objects.count()
    changed = Actor.objects.get(slug="ada-quay")
    changed.name = "Ada Pier"
    with pytest.raises(KeyboardInterrupt), rewriting.reported_rewrites(stop):
        rewriting.save_in_batches(changed, by="", reason="A test.")
    assert Change.objects.count() == before
    assert names_shown() == {"Ada Quay"}


def test_progress_counts_every_record() -> None:
    actor = shown_by(7)
    counts: list[int] = []
    actor.name = "Ada Pier"
    with rewriting.reported_rewrites(counts.append):
        rewriting.save_in_batches(actor, by="", reason="A test.")
    assert sum(counts) == rewriting.count_showing(actor) == 7
    assert max(counts) == 2


def test_merging_actors_and_undoing_it(admin_client: Client) -> None:
    merged = shown_by(LIMIT + 1)
    survivor = ActorFactory(name="The Pier", slug="the-pier", kind="organisation")
    body = {"into": "the-pier", "reason": "The same."}
    command = refused(write(editor(), "post", "actors/ada-quay/merge/", body))
    assert command.startswith("manage.py change_record actor ada-quay --merge-into the-pier --reason")
    page = submit(
        admin_client, f"/admin/actors/actor/{merged.pk}/merge/", survivor=survivor.pk, reason="The same."
    )
    assert "change_record actor ada-quay --merge-into the-pier" in said(page)
    run("actor", "ada-quay", "--merge-into", "the-pier")
    assert names_shown() == {"The Pier"}

    client = editor()
    etag = client.get("/api/v1/actors/the-pier/")["ETag"]
    answer = write(client, "post", "actors/ada-quay/unmerge/", {"reason": "Two."}, etag)
    assert refused(answer).startswith("manage.py change_record actor ada-quay --unmerge --reason Two.")
    merge = ActorMerge.objects.get()
    undone = submit(admin_client, f"/admin/actors/actormerge/{merge.pk}/undo/", reason="Two.")
    assert "change_record actor ada-quay --unmerge" in said(undone)
    run("actor", "ada-quay", "--unmerge")
    assert names_shown() == {"Ada Quay"}


def test_a_small_merge_into_a_popular_actor_is_made_and_undone() -> None:
    shown_by(LIMIT + 1)
    ActorFactory(name="The Pier", slug="the-pier", kind="organisation")
    StatementFactory(speaker=Actor.objects.get(slug="the-pier"))
    client = editor()
    body = {"into": "ada-quay", "reason": "The same."}
    assert write(client, "post", "actors/the-pier/merge/", body).status_code == 200
    etag = client.get("/api/v1/actors/ada-quay/")["ETag"]
    assert write(client, "post", "actors/the-pier/unmerge/", {"reason": "Two."}, etag).status_code == 200


@pytest.fixture
def outlet(db: None) -> Outlet:
    """An outlet that an article and its statements show."""
    outlet: Outlet = OutletFactory(name="The Courier", slug="courier")
    article = ArticleFactory(outlet=outlet)
    for _ in range(LIMIT):
        StatementFactory(article=article)
    return outlet


def test_an_outlet_is_renamed_and_merged_by_command(outlet: Outlet, admin_client: Client) -> None:
    renamed = write(editor(), "patch", "outlets/courier/", {"name": "The Post"})
    assert "change_record outlet courier --set 'name=The Post'" in refused(renamed)
    other = OutletFactory(name="The Gazette", slug="gazette")
    page = submit(
        admin_client, f"/admin/articles/outlet/{outlet.pk}/merge/", survivor=other.pk, reason="The same."
    )
    assert "change_record outlet courier --merge-into gazette" in said(page)
    run("outlet", "courier", "--set", "name=The Post")
    assert {s["article"]["outlet"]["name"] for s in snapshots()} == {"The Post"}
    run("outlet", "courier", "--merge-into", "gazette")
    assert {s["article"]["outlet"]["name"] for s in snapshots()} == {"The Gazette"}
    assert set(Statement.objects.values_list("outlet__slug", flat=True)) == {"gazette"}
    run("outlet", "courier", "--unmerge")
    assert {s["article"]["outlet"]["name"] for s in snapshots()} == {"The Post"}


def snapshots() -> list[Any]:
    return [c.snapshot for s in Statement.objects.all() if (c := Change.objects.of(s).first())]


def test_an_article_with_many_statements(outlet: Outlet) -> None:
    article = Article.objects.get()
    StatementFactory(article=article)
    refusal = refused(write(editor(), "patch", f"articles/{article.uid}/", {"headline": "A pier opens"}))
    assert f"change_record article {article.uid} --set 'headline=A pier opens'" in refusal
    OutletFactory(slug="gazette")
    run("article", str(article.uid), "--set", "headline=A pier opens", "outlet=gazette")
    assert {s["article"]["headline"] for s in snapshots()} == {"A pier opens"}
    assert set(Statement.objects.values_list("outlet__slug", flat=True)) == {"gazette"}


def test_deleting_what_many_articles_link_to(admin_client: Client) -> None:
    outlet = OutletFactory(name="The Courier", slug="courier")
    for _ in range(LIMIT + 1):
        RelatedLinkFactory(outlet=outlet)
    page = submit(admin_client, f"/admin/articles/outlet/{outlet.pk}/delete/", post="yes")
    assert "change_record outlet courier --delete" in said(page)
    run("outlet", "courier", "--delete")
    assert not Outlet.objects.filter(slug="courier").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("actor", "nobody", "--delete"), "There is no actor nobody."),
        (("actor", "ada-quay", "--unmerge"), "Ada Quay is not merged into another actor."),
        (("actor", "ada-quay", "--set", "kind=robot"), "kind: Value 'robot' is not a valid choice."),
        (
            ("actor", "ada-quay", "--set", "nick=Ada"),
            "--set nick=Ada: write FIELD=VALUE; the fields are slug, name, kind, wikidata_id.",
        ),
        (("actor", "ada-quay", "--merge-into", "ada-quay"), "An actor cannot be merged into itself."),
    ],
)
def test_what_the_command_cannot_do_it_says(words: tuple[str, ...], message: str) -> None:
    ActorFactory(name="Ada Quay", slug="ada-quay")
    with pytest.raises(CommandError) as error:
        run(*words)
    assert str(error.value) == message


def test_outside_of_requests_there_is_no_limit() -> None:
    merged = shown_by(LIMIT + 1)
    survivor = ActorFactory(kind="organisation")
    merge_actors(survivor=survivor, merged=merged, reason="The same.", by="ines")
    survivor.name = "Another"
    survivor.save()
    assert names_shown() == {"Another"}

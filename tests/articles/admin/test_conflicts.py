"""Two people with one record before them: the second is told, and nothing is overwritten unseen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections, models
from django.test import Client

from articles.models import Article, Byline, RelatedLink, Statement
from newsdb.admin import address_of
from newsdb.ledger import attributed
from tests.admin_pages import form_of, messages, said, submit
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    ArticleFactory,
    BylineFactory,
    OutletFactory,
    RelatedLinkFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)  # a version is a transaction's

TOLD = "While you were editing"


@pytest.fixture
def ines(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ines"))
    return client


def test_the_second_is_told_who_changed_what_and_when_and_why(admin_client: Client, ines: Client) -> None:
    statement = StatementFactory(cue="said", audience="")
    page = admin_client.get(address_of(statement))
    submit(ines, address_of(statement), cue="<b>added</b>", reason="From the <i>minutes</i>.")
    answer = submit(admin_client, address_of(statement), page, audience="the council")
    told = said(answer)
    assert "ines changed it on 20" in told
    assert "(“From the <i>minutes</i>.”)" in told
    assert "cue said <b>added</b>" in told
    assert "<b>added" not in answer.content.decode()
    assert f'href="{address_of(statement, "history")}"' in answer.content.decode()
    assert messages(answer) == []
    statement.refresh_from_db()
    assert (statement.cue, statement.audience) == ("<b>added</b>", "")


def test_what_was_typed_stays_and_is_saved_by_saving_again(admin_client: Client, ines: Client) -> None:
    statement = StatementFactory(cue="said")
    page = admin_client.get(address_of(statement))
    submit(ines, address_of(statement), cue="added")
    answer = submit(admin_client, address_of(statement), page, cue="wrote", reason="Read it again.")
    typed = form_of(answer.content.decode())
    assert (typed["cue"], typed["reason"]) == ("wrote", "Read it again.")
    assert TOLD not in said(submit(admin_client, address_of(statement), answer))
    statement.refresh_from_db()
    assert statement.cue == "wrote"


def test_a_change_after_the_one_that_was_told_is_told_too(admin_client: Client, ines: Client) -> None:
    statement = StatementFactory(cue="said")
    page = admin_client.get(address_of(statement))
    submit(ines, address_of(statement), cue="added")
    told = submit(admin_client, address_of(statement), page, cue="wrote")
    submit(ines, address_of(statement), cue="shouted")
    answer = said(submit(admin_client, address_of(statement), told))
    assert "cue added shouted" in answer
    assert "cue said" not in answer
    statement.refresh_from_db()
    assert statement.cue == "shouted"


def test_what_is_wrong_besides_is_told_with_it(admin_client: Client, ines: Client) -> None:
    """Their new speaker looks like the second one's old speaker being put back without a reason."""
    statement, other = StatementFactory(), ActorFactory(name="Ada Quay")
    page = admin_client.get(address_of(statement))
    submit(ines, address_of(statement), speaker=other.pk, reason="Misread.")
    answer = said(submit(admin_client, address_of(statement), page, cue="wrote"))
    assert "Say why the speaker changes" in answer
    assert "ines changed it" in answer


def change(record: Any, **facts: Any) -> Any:
    with attributed(by="ines"):
        type(record)._base_manager.filter(pk=record.pk).update(**facts)
    return record


#: How another changes a record or something that is part of it, and what the record's page then tells.
PARTS: dict[str, tuple[Callable[[], Any], Callable[[Any], Any], str]] = {
    "outlet": (OutletFactory, lambda outlet: change(outlet, name="Courier"), "Courier"),
    "actor": (ActorFactory, lambda actor: ActorNameFactory(actor=actor, name="A. Quay"), "A. Quay"),
    "article": (ArticleFactory, lambda article: BylineFactory(article=article, note="By post"), "By post"),
    "related list": (
        lambda: RelatedLinkFactory().related_list,
        lambda related_list: change(related_list.article, headline="Ferry"),
        "headline",
    ),
    "related link": (
        RelatedLinkFactory,
        lambda link: RelatedLinkFactory(related_list=link.related_list, position=9, title="Pier"),
        "Pier",
    ),
}


@pytest.mark.parametrize("case", PARTS)
def test_parts_are_the_record(admin_client: Client, case: str) -> None:
    make, alter, expected = PARTS[case]
    record = make()
    before = type(record)._base_manager.values().get(pk=record.pk)
    page = admin_client.get(address_of(record))
    alter(record)
    answer = said(
        submit(admin_client, address_of(record), page, name="Other", headline="Other", title="Other")
    )
    assert TOLD in answer
    assert expected in answer
    after = type(record)._base_manager.values().get(pk=record.pk)
    assert "Other" not in (after.get("name"), after.get("headline"), after.get("title"))
    assert after.keys() == before.keys()


def test_rows_that_are_gone_are_no_failure(admin_client: Client) -> None:
    article = BylineFactory().article
    page = admin_client.get(address_of(article))
    Byline.objects.all().delete()
    answer = submit(admin_client, address_of(article), page, headline="Other")
    assert answer.status_code == 200
    assert TOLD in said(answer)
    assert not Article.objects.filter(headline="Other").exists()


def test_a_record_of_which_nothing_changed_is_saved(admin_client: Client, ines: Client) -> None:
    """Not its part, not another of its kind, and not by one's own saving and going on."""
    link, other = RelatedLinkFactory(), RelatedLinkFactory()
    page = admin_client.get(address_of(link))
    submit(ines, address_of(other), title="Ferry")
    going_on = submit(admin_client, address_of(link), page, title="Pier", _continue="")
    assert TOLD not in said(submit(admin_client, address_of(link), going_on, title="Jetty"))
    assert list(RelatedLink.objects.order_by("pk").values_list("title", flat=True)) == ["Jetty", "Ferry"]


@pytest.mark.parametrize("seen", ["", "-1", "latest", None])
def test_a_form_that_does_not_say_what_it_has_seen_has_seen_nothing(admin_client: Client, seen: Any) -> None:
    statement = StatementFactory(cue="said")
    data = form_of(admin_client.get(address_of(statement)).content.decode())
    assert data.pop("seen_version") == "1"
    data |= {"cue": "added"} | ({} if seen is None else {"seen_version": seen})
    assert TOLD in said(admin_client.post(address_of(statement), data))
    statement.refresh_from_db()
    assert statement.cue == "said"


def test_whoever_is_saving_at_this_moment_is_waited_for(admin_client: Client) -> None:
    statement: models.Model = StatementFactory(cue="said")
    page = admin_client.get(address_of(statement))

    def save() -> Any:
        try:
            return submit(admin_client, address_of(statement), page, cue="wrote")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with attributed(by="ines"):
            Statement.objects.update(cue="added")
            second = pool.submit(save)
            with pytest.raises(StillWaiting):
                second.result(timeout=1)
        assert "ines changed it" in said(second.result(timeout=20))
    assert Statement.objects.get().cue == "added"

"""What a page shows to an editor who is logged in, and to nobody else."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.articles.pages.reading import Page
from tests.articles.pages.test_statement import of, see
from tests.clients import make_editor
from tests.factories import ActorFactory, ProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db


def logged_in(user: User, *, staff: bool) -> Client:
    user.is_staff = staff
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_edits_and_reviews_from_the_page_of_a_record():
    statement = StatementFactory(speaker=ActorFactory())
    proposal = ProposalFactory(statement=statement)
    ProposalFactory(statement__article=statement.article)
    client, outlet = logged_in(make_editor(), staff=True), statement.article.outlet
    review = {of(statement): f"/admin/articles/proposal/{proposal.pk}/change/"}
    pages = {
        of(statement): f"/admin/articles/statement/{statement.pk}/change/",
        f"/actors/{statement.speaker.slug}/": f"/admin/actors/actor/{statement.speaker.pk}/change/",
        f"/outlets/{outlet.slug}/": f"/admin/articles/outlet/{outlet.pk}/change/",
        f"/articles/{statement.article.uid}/": f"/admin/articles/article/{statement.article.pk}/change/",
    }
    review[f"/articles/{statement.article.uid}/"] = (
        f"/admin/articles/proposal/next/?article={statement.article.pk}"
    )
    for path, edit in pages.items():
        links = see(client, path).links
        assert links["Edit"] == edit
        assert links.get("Review") == review.get(path)
        assert client.get(edit).status_code == 200
        answer = client.get(path)
        assert "private" in answer["Cache-Control"]
        assert "Cookie" in answer["Vary"]
    for path in review.values():
        assert client.get(path, follow=True).status_code == 200


def test_nobody_else_sees_a_way_into_the_admin(client):
    statement = StatementFactory()
    visitors = [
        client,
        logged_in(make_editor("bo"), staff=False),
        logged_in(User.objects.create_user("carl"), staff=True),  # who may not change statements
    ]
    for visitor in visitors:
        assert "Edit" not in see(visitor, of(statement)).links
    assert "Admin" not in see(client, "/").links


@pytest.mark.django_db(transaction=True)  # the history on a page is of what was committed
@pytest.mark.parametrize("seconds", [0, 10])
def test_no_cache_answers_an_editor_with_the_page_of_others_or_the_reverse(client, settings, seconds):
    settings.SHARED_CACHE_SECONDS = seconds
    statement = StatementFactory(speaker=ActorFactory())
    editor = logged_in(make_editor(), staff=True)
    records = [f"/actors/{statement.speaker.slug}/", f"/articles/{statement.article.uid}/", of(statement)]
    for path in ["/", "/statements/", "/check/", *records]:
        pages = [visitor.get(path) for visitor in (client, editor)]
        assert ["/admin/" in page.content.decode() for page in pages] == [False, True], path
        private = ["private" in page.get("Cache-Control", "") for page in pages]
        assert private == [path == "/check/", True], path
        for page in pages:
            assert "Cookie" in page["Vary"].split(", "), path


def test_a_refused_form_is_a_page_that_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/login/", {"username": "ines", "password": "x"})
    page = Page(answer.content.decode())
    assert answer.status_code == 403
    assert "This form was refused Nothing was saved" in page.text
    assert page.links["Statements"] == "/statements/"

"""The headline or the outlet of a text that has none is asked for in its review."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import NO_HEADLINE, UNKNOWN_OUTLET, Article, Outlet, Proposal
from newsdb.admin import address_of
from newsdb.models import Change
from tests.admin_pages import messages
from tests.articles.ingest.pages import BODY, PAGE, load_text
from tests.factories import OutletFactory

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL numbers changes at commit

ASKED = "The text prints no headline."


def address() -> str:
    """The page of the first proposal."""
    first = Proposal.objects.in_text_order().first()
    assert first
    return address_of(first)


def give(client: Client, headline: str) -> list[str]:
    """Send a headline; returns what the next page says."""
    return messages(client.post(address(), {"act": "headline", "headline": headline}, follow=True))


def test_it_is_asked_for_until_somebody_gives_it(admin_client: Client) -> None:
    article = load_text(BODY, given_outlet="The Lindle Observer").article
    assert ASKED in admin_client.get(address()).content.decode()
    assert give(admin_client, " The bell rings ") == ["The article's headline is: The bell rings"]
    article.refresh_from_db()
    assert article.headline == "The bell rings"
    change = Change.objects.filter(uid=article.uid).first()
    assert change
    assert (change.action, change.actor) == ("updated", "admin")
    assert ASKED not in admin_client.get(address()).content.decode()
    assert "has a headline by now: The bell rings" in " ".join(give(admin_client, "The bell is silent"))


@pytest.mark.parametrize("headline", ["", " ", "x" * 501, "\x00"])
def test_what_cannot_be_one_is_refused(admin_client: Client, headline: str) -> None:
    load_text(BODY, given_outlet="The Lindle Observer")
    assert give(admin_client, headline)
    assert Article.objects.get().headline == NO_HEADLINE


def test_a_printed_one_is_not_asked_for(admin_client: Client) -> None:
    load_text(PAGE)
    assert ASKED not in admin_client.get(address()).content.decode()


def test_only_who_may_change_articles_is_asked() -> None:
    load_text(BODY, given_outlet="The Lindle Observer")
    user = User.objects.create(username="cy", is_staff=True)
    allowed = ("view_statement", "change_statement")
    user.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client = Client()
    client.force_login(user)
    assert ASKED not in client.get(address()).content.decode()
    assert client.post(address(), {"act": "headline", "headline": "x"}).status_code == 403
    assert Article.objects.get().headline == NO_HEADLINE


NOBODY = "Nothing says who published it."


def test_the_outlet_is_asked_for_until_somebody_gives_it(admin_client: Client) -> None:
    herald = OutletFactory(name="The Herald")
    article = load_text(f"The bell is back\nMarch 14, 2025\n{BODY}").article
    assert NOBODY in admin_client.get(address()).content.decode()

    def give_outlet(name: str) -> list[str]:
        return messages(admin_client.post(address(), {"act": "outlet", "outlet": name}, follow=True))

    for wrong in ("", " ", "x" * 201, "\x00"):
        assert give_outlet(wrong)
        article.refresh_from_db()
        assert article.outlet.name == UNKNOWN_OUTLET
    assert give_outlet(" the herald ") == ["The article's outlet is: The Herald"]
    article.refresh_from_db()
    assert article.outlet == herald
    assert NOBODY not in admin_client.get(address()).content.decode()
    assert "has an outlet by now: The Herald" in " ".join(give_outlet("The Gazette"))
    assert not Outlet.objects.filter(name="The Gazette").exists()

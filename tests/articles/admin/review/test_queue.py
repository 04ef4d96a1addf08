"""What comes next, and for whom."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.admin.review.queue import Queue
from articles.models import Proposal
from articles.services.review import accept_proposal, reject_proposal, undo_decision
from newsdb.admin import address_of
from tests.admin_pages import messages, said, submit
from tests.articles.admin.review.pages import load_meeting, proposed
from tests.factories import AnchorFactory, ArticleFactory, CaptureFactory, ProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db

QUEUE = "/admin/articles/proposal/queue/"
NEXT = "/admin/articles/proposal/next/"


def placed(capture: Any, start: int, **facts: Any) -> Proposal:
    """A proposal whose words begin there."""
    facts = {f"statement__{name}": value for name, value in facts.items()}
    proposal = ProposalFactory(capture=capture, statement__article=capture.article, **facts)
    AnchorFactory(statement=proposal.statement, capture=capture, start=start)
    return proposal


def test_the_article_with_most_to_decide_comes_first_in_the_order_of_its_text() -> None:
    one = placed(CaptureFactory(), 0)
    capture = CaptureFactory()
    late, early = placed(capture, 70, confidence=0.99), placed(capture, 7)
    middle = placed(capture, 30)
    queue, walked = Queue(), []
    while proposal := queue.first():
        walked.append(proposal)
        reject_proposal(proposal=proposal, by="ines")
    # With one left in each, the newer article's turn is first.
    assert walked == [early, middle, late, one]
    around = queue.neighbours(late)
    assert (around.number, around.waiting, around.next) == (1, 0, None)


def test_from_where_one_is_to_the_end_and_then_from_the_beginning() -> None:
    capture = CaptureFactory()
    first, second, third = (placed(capture, start) for start in (5, 50, 80))
    shown = Proposal.objects.in_text_order().get(pk=second.pk)
    around = Queue().neighbours(shown)
    assert (around.number, around.waiting) == (2, 3)
    assert (around.previous, around.next) == (first.pk, third.pk)
    accept_proposal(proposal=third, by="ines", unnamed=True)
    assert Queue().neighbours(shown).next == first.pk


def test_what_is_decided_published_or_not_proposed_by_anyone_does_not_wait() -> None:
    waiting = ProposalFactory()
    reject_proposal(proposal=ProposalFactory(), by="ines")
    ProposalFactory(statement__status="published")
    StatementFactory(status="proposed")
    assert list(Queue().proposals()) == [waiting]
    assert [row["waiting"] for row in Queue().articles()] == [1]


def test_it_is_narrowed_by_outlet_article_and_confidence(admin_client: Client) -> None:
    sure = ProposalFactory(statement__confidence=0.97)
    likely, doubtful = ProposalFactory(statement__confidence=0.9), ProposalFactory(statement__confidence=0.2)
    for query, expected in {
        f"?outlet={likely.statement.article.outlet_id}": likely,
        f"?article={doubtful.statement.article_id}": doubtful,
        "?confidence=sure": sure,
        "?confidence=likely": likely,
        "?confidence=doubtful": doubtful,
    }.items():
        page = admin_client.get(NEXT + query, follow=True)
        assert page.context["proposal"] == expected
        assert page.redirect_chain[0][0].endswith(query)
        assert page.context["to_review"] == 1
        done = submit(admin_client, page.redirect_chain[0][0], page, act="reject")
        assert "Nothing waits" in said(done) or query.startswith("?article")
        assert messages(done)[0].startswith("Rejected")
        undo_decision(proposal=Proposal.objects.get(pk=expected.pk), by="ines")


@pytest.mark.parametrize(
    "query", ["outlet=x", "outlet=9", "article=" + "9" * 30, "confidence=x", "article=%00"]
)
@pytest.mark.parametrize("page", [QUEUE, NEXT, "/admin/articles/proposal/accept-above/"])
def test_what_is_narrowed_to_nothing_known_is_refused(admin_client: Client, page: str, query: str) -> None:
    assert admin_client.get(f"{page}?{query}").status_code == 400


def test_the_overview_counts_by_article(admin_client: Client) -> None:
    article = ArticleFactory(
        headline="Much to decide", published_on="2025-03-01", published_precision="month"
    )
    capture = CaptureFactory(article=article)
    placed(capture, 3, confidence=0.91)
    placed(capture, 9, confidence=0.4)
    ProposalFactory(statement__article__headline="Little")
    page = admin_client.get(QUEUE)
    assert "3 proposals wait" in said(page)
    assert f"2 Much to decide {article.outlet} 2025-03 40 %, doubtful 1 Little" in said(page)
    assert f'href="{NEXT}?article={article.pk}"' in page.content.decode()


def test_the_queue_is_paged(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.admin.review.overview.ARTICLES_A_PAGE", 2)
    for _ in range(3):
        ProposalFactory(statement__confidence=0.5)
    page = admin_client.get(f"{QUEUE}?confidence=doubtful")
    assert "page 1 of 2" in said(page)
    assert "?confidence=doubtful&amp;p=2" in page.content.decode()
    assert len(admin_client.get(f"{QUEUE}?p=2").context["rows"]) == 1


def test_the_first_page_leads_to_the_queue(admin_client: Client) -> None:
    ProposalFactory()
    page = admin_client.get("/admin/")
    assert "1 proposals to review" in said(page)
    assert f'href="{QUEUE}"' in page.content.decode()


def test_the_list_shows_who_decided_what(admin_client: Client) -> None:
    load_meeting()
    reject_proposal(proposal=proposed("I measured"), by="otto")
    page = said(admin_client.get("/admin/articles/proposal/?review_status=rejected"))
    assert "“I measured the beam twice and my brother measured it once more” Brannick 98 %" in page
    assert "Rejected otto" in page
    assert "The rope" not in page
    for standing, count in {"waiting": 19, "accepted": 0, "published": 0, "rejected": 1}.items():
        listed = admin_client.get(f"/admin/articles/proposal/?review_status={standing}")
        assert listed.context["cl"].result_count == count
    assert admin_client.get("/admin/articles/proposal/?sureness=doubtful").context["cl"].result_count == 0


# ── Who may ──────────────────────────────────────────────────────────────────────────────────


def staff(*permissions: str) -> Client:
    """Someone with these permissions."""
    user = User.objects.create(username="stan", is_staff=True)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(codename=codename, content_type__app_label=app))
    client = Client()
    client.force_login(user)
    return client


def test_without_permission_nothing_is_seen() -> None:
    proposal, client = ProposalFactory(), staff("articles.view_article", "articles.view_proposal")
    for page in (
        QUEUE,
        NEXT,
        "/admin/articles/proposal/",
        address_of(proposal),
        address_of(proposal, "history"),
    ):
        assert client.get(page).status_code == 403, page
    assert client.post(address_of(proposal), {"act": "reject"}).status_code == 403


def test_whoever_may_see_statements_sees_and_cannot_decide() -> None:
    proposal, client = ProposalFactory(), staff("articles.view_statement")
    page = client.get(address_of(proposal))
    assert page.status_code == 200
    assert "<button" not in page.content.decode().partition('id="review"')[2]
    for act in ("reject", "undo", "person"):
        assert client.post(address_of(proposal), {"act": act}).status_code == 403
    assert client.get("/admin/articles/proposal/accept-above/").status_code == 403
    assert client.post("/admin/articles/proposal/accept-above/", {"percent": 50}).status_code == 403
    assert client.get(QUEUE).status_code == 200


def test_actors_are_made_by_those_who_may() -> None:
    proposal, client = ProposalFactory(name="Ada Quay"), staff("articles.change_statement")
    page = client.get(address_of(proposal))
    assert 'value="person"' not in page.content.decode()
    assert submit(client, address_of(proposal), page, act="person", name="Ada Quay").status_code == 403
    submit(client, address_of(proposal), page, act="reject")
    assert Proposal.objects.get().decision == "rejected"


def test_a_proposal_goes_with_its_statement_only(admin_client: Client) -> None:
    proposal = ProposalFactory(statement__status="rejected")
    assert admin_client.post(address_of(proposal, "delete"), {"post": "yes"}).status_code == 403
    assert admin_client.get("/admin/articles/proposal/add/").status_code == 403
    submit(admin_client, address_of(proposal.statement, "delete"))
    assert not Proposal.objects.exists()


def test_the_history_is_that_of_the_statement(admin_client: Client) -> None:
    proposal = ProposalFactory()
    answer = admin_client.get(address_of(proposal, "history"))
    assert answer.headers["Location"] == address_of(proposal.statement, "history")


@pytest.mark.parametrize("key", ["9" * 5000, str(2**63), "-1", "a", "%00", "%ED%A0%80", "1"])
def test_an_address_of_nothing(admin_client: Client, key: str) -> None:
    for page in ("change", "history"):
        address = f"/admin/articles/proposal/{key}/{page}/"
        assert admin_client.get(address, follow=True).status_code < 500
        assert admin_client.post(address, {"act": "accept"}).status_code < 500

"""Proposals are for editors: nobody else sees one, anywhere; an editor decides with a PATCH."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from articles.models import Article, Proposal, Statement
from articles.services.review import accept_proposal, accept_proposals_above
from newsdb.models import Change
from newsdb.urls import router
from tests.articles.api.routes import ROUTES, settle
from tests.articles.ingest.pages import CHANGED, PAGE, load_text
from tests.clients import client_with, editor, make_editor, token_for, write
from tests.factories import ActorFactory, RoleProposalFactory, StatementFactory

pytestmark = pytest.mark.django_db

SOUP = "I rang it once and the whole village came for soup"
#: Only in proposals: not in headlines or names.
SECRETS = ("rang it once", "every shed", "at no other time", "arbour clerk")


@pytest.fixture
def proposal() -> Proposal:
    """One that waits, with a speaker."""
    ActorFactory(name="Mirela Tansy-Okoro", slug="mirela")
    load_text(PAGE)
    return Proposal.objects.get(words=SOUP)


def patch(proposal: Proposal, **body: Any) -> Any:
    """What the API answers to an editor."""
    return write(editor(), "patch", f"statements/{proposal.statement.uid}/", body)


class TestWhoSees:
    @pytest.fixture
    def held(self) -> list[int]:
        """Ids of statements that nobody but an editor may see; of an article beside what anyone may."""
        mirela = ActorFactory(name="Mirela Tansy-Okoro", slug="mirela")
        load_text(PAGE)
        load_text(CHANGED)
        RoleProposalFactory(actor=mirela, title="Harbour clerk")
        Statement.objects.filter(text=SOUP).update(status="rejected")
        article = Article.objects.get(headline__startswith="The bell")
        StatementFactory(article=article, speaker=mirela, text="Soup is on.")
        settle()
        return list(Statement.objects.exclude(status="published").values_list("pk", flat=True))

    @pytest.mark.parametrize("reader", [False, True])
    def test_no_route_shows_one_to_anyone_else(self, held: list[int], reader: bool) -> None:
        client = client_with(token_for(make_editor(), "read")) if reader else APIClient()
        public = Statement.objects.public().get()
        assert len(held) >= 3
        asked = 0
        for route in ROUTES:
            paths = [route.path(public)]
            if route.prefix == "statements" and route.detail:
                paths += [paths[0].replace(f"/{public.pk}/", f"/{pk}/") for pk in held]
            formats = {"json", *(renderer.format for renderer in route.view.renderer_classes)}
            queries = [*({"format": name} for name in formats), {"q": "rang"}, {"kind": "direct"}]
            for path in paths:
                for query in queries:
                    answer = client.get(f"/api/v1/{path}", {**route.required, **query})
                    body = answer.getvalue().decode()
                    asked += answer.status_code == 200
                    assert not [secret for secret in SECRETS if secret in body], (path, query)
                    if path != paths[0]:
                        assert answer.status_code in (400, 404, 406), (path, query)
        assert asked > len(router.registry)
        assert client.get("/api/v1/statements/?count=on").json()["count"] == 1
        facets = client.get("/api/v1/statements/facets/?by=kind,outlet,speaker").json()
        assert [bucket["count"] for facet in facets.values() for bucket in facet["buckets"]] == [1, 1, 1]
        assert client.get("/api/v1/dataset/").json()["counts"]["statements"] == 1
        detail = client.get(f"/api/v1/statements/{public.uid}/").json()
        assert detail["proposal"] is None
        assert "rang it once" not in client.get("/").content.decode()

    @pytest.mark.parametrize("path", ["statements/", "statements/export/", "statements/facets/?by=kind"])
    @pytest.mark.parametrize("status", ["proposed", "rejected", "retracted"])
    def test_the_filter_is_for_editors(self, held: list[int], path: str, status: str) -> None:
        address = f"/api/v1/{path}{'&' if '?' in path else '?'}status={status}"
        assert APIClient().get(address).status_code == 401
        assert client_with(token_for(make_editor(), "read")).get(address).status_code == 403
        assert editor().get(address).status_code == 200

    def test_anyone_may_say_what_they_get_anyway(self, held: list[int]) -> None:
        assert len(APIClient().get("/api/v1/statements/?status=published").json()["results"]) == 1

    def test_editors_list_them_and_read_each(self, held: list[int]) -> None:
        ines = editor()
        listed = ines.get("/api/v1/statements/?status=proposed").json()["results"]
        rejected = ines.get("/api/v1/statements/?status=rejected").json()["results"]
        assert sorted(row["id"] for row in [*listed, *rejected]) == sorted(held)
        assert {row["status"] for row in listed} == {"proposed"}
        detail = ines.get(f"/api/v1/statements/{listed[0]['uid']}/").json()
        kept = Proposal.objects.get(statement=listed[0]["id"])
        assert detail["proposal"]["name"] == kept.name
        assert detail["proposal"]["words"] == kept.words
        assert detail["proposal"]["evidence"] == kept.evidence

    def test_what_an_editor_was_answered_is_no_304_for_anyone_else(self, held: list[int]) -> None:
        address = "/api/v1/statements/?status=proposed"
        etag = editor().get(address).headers["ETag"]
        assert APIClient().get(address, headers={"If-None-Match": etag}).status_code == 401


class TestDeciding:
    def test_publishing_accepts_it(self, proposal: Proposal) -> None:
        answer = patch(proposal, status="published", reason="Heard it.")
        assert answer.status_code == 200, answer.content
        told = answer.json()
        assert (told["status"], told["attribution"]["reviewed"]) == ("published", True)
        assert told["proposal"]["decision"] == "accepted"
        proposal.refresh_from_db()
        assert (proposal.decision, proposal.decided_by) == ("accepted", "ines")
        settle()
        change = Change.objects.of(proposal.statement).first()
        assert (change.actor, change.reason) == ("ines", "Heard it.")
        public = APIClient().get(f"/api/v1/statements/{proposal.statement.uid}/").json()
        assert (public["text"], public["proposal"]) == (SOUP, None)

    def test_other_words_kind_and_speaker_correct_it(self, proposal: Proposal) -> None:
        ActorFactory(slug="odo")
        body = {"words": ["rang it once"], "kind": "partial", "speaker": "odo", "speaker_label": "She"}
        told = patch(proposal, status="published", **body).json()
        assert (told["text"], told["kind"], told["speaker"]["slug"]) == ("rang it once", "partial", "odo")
        assert told["text_match"] == "matched"
        assert told["proposal"]["decision"] == "corrected"

    @pytest.mark.parametrize("status", ["proposed", "published"])
    def test_another_speaker_takes_a_label_and_nothing_else_along(
        self, proposal: Proposal, status: str
    ) -> None:
        ActorFactory(slug="odo")
        read = {"cue": "added", "audience": "the council", "said_on": "2025-03-01", "said_precision": "day"}
        Statement.objects.filter(pk=proposal.statement_id).update(**read)
        for speaker in ("odo", None):
            refused = patch(proposal, status=status, speaker=speaker, reason="A slip.")
            assert [error["pointer"] for error in refused.json()["errors"]] == ["/speaker_label"]
        told = patch(proposal, status=status, speaker="odo", speaker_label="He", cue="said").json()
        assert (told["speaker"]["slug"], told["speaker_label"], told["cue"]) == ("odo", "He", "said")
        assert (told["audience"], told["date_basis"]) == ("", "published_on")
        assert told["status"] == status
        assert told["attribution"] == {
            "by": "curator",
            "extractor": None,
            "extractor_version": None,
            "confidence": None,
            "reviewed": status == "published",
        }

    def test_an_attribution_that_is_stated_is_kept(self, proposal: Proposal) -> None:
        stated = {"by": "extractor", "extractor": "again", "extractor_version": "2", "confidence": 0.7}
        told = patch(proposal, status="published", cue="shouted", attribution=stated).json()
        assert told["attribution"] == {**stated, "reviewed": True}
        assert told["proposal"]["decision"] == "corrected"

    @pytest.mark.parametrize("reviewed", [True, False])
    def test_what_is_changed_of_a_public_statement_is_the_curators(
        self, proposal: Proposal, reviewed: bool
    ) -> None:
        if reviewed:
            accept_proposal(proposal=proposal, by="otto")
        else:
            accept_proposals_above(confidence=0, by="otto")
        assert patch(proposal, language="cy").json()["attribution"]["by"] == "extractor"
        told = patch(proposal, cue="shouted").json()
        assert (told["attribution"]["by"], told["attribution"]["reviewed"]) == ("curator", True)
        assert told["attribution"]["confidence"] is None

    def test_what_was_accepted_unread_is_confirmed(self, proposal: Proposal) -> None:
        accept_proposals_above(confidence=0, by="otto")
        public = APIClient().get(f"/api/v1/statements/{proposal.statement.uid}/").json()
        assert (public["attribution"]["by"], public["attribution"]["reviewed"]) == ("extractor", False)
        told = patch(proposal, attribution={"reviewed": True}).json()
        assert (told["attribution"]["by"], told["attribution"]["reviewed"]) == ("extractor", True)
        proposal.refresh_from_db()
        assert (proposal.decision, proposal.decided_by) == ("accepted", "ines")

    def test_rejecting_keeps_it_from_coming_back(self, proposal: Proposal) -> None:
        assert patch(proposal, status="rejected").json()["proposal"]["decision"] == "rejected"
        assert SOUP not in [each.words for each in load_text(CHANGED).proposals]

    def test_without_a_decision_it_waits(self, proposal: Proposal) -> None:
        told = patch(proposal, kind="partial").json()
        assert (told["status"], told["proposal"]["decision"]) == ("proposed", None)

    def test_what_was_rejected_can_be_taken_up_again(self, proposal: Proposal) -> None:
        patch(proposal, status="rejected")
        assert patch(proposal, status="proposed").json()["proposal"]["decision"] is None
        patch(proposal, status="rejected")
        told = patch(proposal, status="published").json()
        assert (told["status"], told["proposal"]["decision"]) == ("published", "accepted")

    def test_what_was_accepted_is_edited_like_any_other(self, proposal: Proposal) -> None:
        accept_proposal(proposal=proposal, by="otto")
        assert patch(proposal, cue="added").json()["proposal"]["decision"] == "accepted"
        proposal.refresh_from_db()
        assert proposal.decided_by == "otto"
        assert patch(proposal, status="rejected").status_code == 400

    def test_publishing_takes_a_speaker_or_null(self, proposal: Proposal) -> None:
        Statement.objects.filter(pk=proposal.statement_id).update(speaker=None)
        answer = patch(proposal, status="published")
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/speaker"]
        told = patch(proposal, status="published", speaker=None).json()
        assert (told["status"], told["speaker"]) == ("published", None)

    def test_it_takes_the_version_that_was_seen(self, proposal: Proposal) -> None:
        path = f"statements/{proposal.statement.uid}/"
        etag = editor().get(f"/api/v1/{path}").headers["ETag"]
        patch(proposal, cue="added")
        answer = write(editor(), "patch", path, {"status": "published"}, etag=etag)
        assert answer.status_code == 412
        assert write(editor(), "patch", path, {"status": "published"}, etag=None).status_code == 428
        proposal.refresh_from_db()
        assert proposal.decision == ""

"""Words that the extractor missed, proposed by whoever found them."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Capture, Proposal, Statement
from articles.reading.anchors import AnchorError
from articles.reading.spans import Span
from articles.services.review import accept_proposal, propose_missed, reject_proposal
from tests.articles.ingest.pages import CHANGED, HEAD, load_text
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db

NOON = "It will be rung at noon"
TEXT = (
    HEAD
    + "“We looked for it in every shed of the county,” said Odo Brannick, who farms on the eastern shore.\n"
    + "It will be rung at noon, Brannick said on Thursday to the council, and the council wrote it down.\n"
    + "Nobody may ring it in the night and nobody has asked to, according to Odo Brannick and Mirela Okoro.\n"
)


@pytest.fixture
def capture() -> Capture:
    return load_text(TEXT).capture


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_the_reader_says_whose_they_are(capture: Capture) -> None:
    odo = ActorFactory(name="Odo Brannick")
    proposal = propose_missed(capture=capture, spans=[span(NOON)], by="ines")
    statement = proposal.statement
    assert (statement.text, statement.speaker, proposal.name) == (NOON, odo, "Odo Brannick")
    assert (statement.speaker_label, statement.cue, statement.kind) == ("Brannick", "said", "direct")
    assert (statement.status, statement.attributed_by, statement.confidence) == ("proposed", "curator", None)
    assert (statement.language, statement.reviewed) == ("en", False)
    assert (statement.text_match, TEXT[statement.anchors.get().start :][: len(NOON)]) == ("matched", NOON)
    assert (proposal.words, proposal.decision) == (NOON, "")
    accept_proposal(proposal=proposal, by="ines")
    statement.refresh_from_db()
    assert (statement.status, statement.reviewed) == ("published", True)


def test_of_whom_it_finds_nobody_the_words_wait_all_the_same(capture: Capture) -> None:
    proposal = propose_missed(capture=capture, spans=[span("The bell of Lindle Water")], by="ines")
    assert (proposal.name, proposal.statement.speaker, proposal.mention_start) == ("", None, None)


def test_they_have_parts(capture: Capture) -> None:
    spans = [span(NOON), span("the council wrote it down")]
    proposal = propose_missed(capture=capture, spans=spans, by="ines")
    assert proposal.statement.text == f"{NOON} […] the council wrote it down"
    with pytest.raises(ValidationError, match="in the order of the text"):
        propose_missed(capture=capture, spans=[*spans[1:], spans[0]], by="ines")


def test_they_are_found_in_the_other_captures_too(capture: Capture) -> None:
    later = load_text(TEXT.replace("in the night", "at night")).capture
    assert later.article == capture.article
    proposal = propose_missed(capture=capture, spans=[span(NOON)], by="ines")
    assert set(proposal.statement.anchors.values_list("capture", flat=True)) == {capture.pk, later.pk}


def test_words_that_wait_or_are_public_are_not_proposed_again(capture: Capture) -> None:
    there = Proposal.objects.get()
    shed = [span("every shed of the county")]
    with pytest.raises(ValidationError, match="already in the review or published: “We looked for it"):
        propose_missed(capture=capture, spans=shed, by="ines")
    reject_proposal(proposal=there, by="ines")
    assert propose_missed(capture=capture, spans=shed, by="ines").name == "Odo Brannick"
    assert load_text(TEXT).action == "unchanged"
    assert Statement.objects.count() == 2


def test_without_text_or_words_there_is_nothing_to_propose(capture: Capture) -> None:
    with pytest.raises(AnchorError):
        propose_missed(capture=capture, spans=[Span(len(TEXT), len(TEXT) + 5)], by="ines")
    Capture.objects.update(text=None)
    capture.refresh_from_db()
    with pytest.raises(ValidationError, match="The captured text is not stored"):
        propose_missed(capture=capture, spans=[span(NOON)], by="ines")


def test_several_who_speak_together_get_a_row_each() -> None:
    text = CHANGED + "We shall ring it ourselves, Odo Brannick and Mirela Tansy-Okoro said in a letter.\n"
    capture = load_text(text).capture
    proposal = propose_missed(capture=capture, spans=[span("We shall ring it ourselves", text)], by="ines")
    rows = Statement.objects.filter(joint_uid=proposal.statement.joint_uid)
    assert proposal.statement.joint_uid
    assert {row.proposal.name for row in rows} == {"Odo Brannick", "Mirela Tansy-Okoro"}

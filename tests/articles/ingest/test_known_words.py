"""The same words of another speaker are proposed; those of the same speaker are known."""

import pytest

from articles.models import Proposal, Statement
from articles.services.review import correct_proposal, reject_proposal
from tests.articles.ingest.pages import HEAD, load_text
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db

WORDS = "We will not ring it before noon"
ODO = f"“{WORDS},” Odo Brannick said at the landing, where the whole village had come to look.\n"
MIRELA = f"“{WORDS},” Mirela Tansy-Okoro said in her bar, where the soup was still warm by then.\n"
FILLING = (
    "The old bell hangs at the landing again, after a year in which nobody could say where it was.\n"
    "The parish council will decide in April who may ring it, and how early in the morning that may be.\n"
)
PAGE = HEAD + FILLING + ODO


def proposed() -> list[str]:
    return sorted(Proposal.objects.filter(words=WORDS).values_list("name", flat=True))


def test_two_speakers_of_the_same_words_on_one_page() -> None:
    load_text(PAGE + FILLING + MIRELA)
    assert proposed() == ["Mirela Tansy-Okoro", "Odo Brannick"]
    assert load_text(PAGE + FILLING + MIRELA).action == "unchanged"
    assert len(proposed()) == 2


def test_another_speaker_in_a_later_capture() -> None:
    load_text(PAGE)
    outcome = load_text(PAGE + MIRELA)
    assert [each.name for each in outcome.proposals] == ["Mirela Tansy-Okoro"]
    assert load_text(PAGE + MIRELA + FILLING).proposals == ()
    assert proposed() == ["Mirela Tansy-Okoro", "Odo Brannick"]


#: Of a later capture: Odo's words in another context, so that their anchor cannot be carried there.
ELSEWHERE = HEAD + FILLING + ODO.replace(" said at the landing,", " told the parish council,")


def test_the_same_speaker_in_a_later_capture_is_known() -> None:
    load_text(PAGE)
    assert load_text(ELSEWHERE).proposals == ()
    assert load_text(ELSEWHERE.replace("Odo Brannick", "Brannick")).proposals == ()
    assert proposed() == ["Odo Brannick"]


def test_whoever_is_not_named_is_nobody_else() -> None:
    load_text(PAGE)
    assert load_text(ELSEWHERE.replace("Odo Brannick", "he")).proposals == ()


def test_what_was_rejected_or_corrected_does_not_come_back() -> None:
    load_text(PAGE)
    reject_proposal(proposal=Proposal.objects.get(words=WORDS), by="ines")
    assert load_text(ELSEWHERE).proposals == ()
    Proposal.objects.all().delete()
    Statement.objects.all().delete()
    load_text(PAGE + "Once more.\n")
    bea, proposal = ActorFactory(name="Bea Quay"), Proposal.objects.get(words=WORDS)
    correct_proposal(proposal=proposal, by="ines", speaker=bea, speaker_label="")
    assert load_text(ELSEWHERE + "Once more.\n").proposals == ()


def test_an_actor_is_known_by_any_name() -> None:
    odo = ActorFactory(name="Odo Brannick", slug="odo")
    load_text(PAGE)
    Statement.objects.filter(speaker=odo).update(speaker_label="a farmer")
    Proposal.objects.update(name="")
    assert load_text(ELSEWHERE).proposals == ()

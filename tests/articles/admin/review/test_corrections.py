"""Twenty misread proposals are corrected in Chromium by keyboard alone; the API shows the decisions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from actors.models import Actor
from articles.models import Proposal, Statement
from articles.reading.anchors import anchor_at
from articles.services.anchoring import AnchoredWords
from articles.services.statements import reword_statement
from tests.articles.admin.review.pages import PAGE, load_meeting, proposed
from tests.articles.admin.review.reviewer import Reviewer
from tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_store]

SPEAKERS = {
    "odo": "Odo Brannick",
    "mirela": "Mirela Tansy-Okoro",
    "henrike": "Henrike Voss",
    "tomasz": "Tomasz Pell",
    "ottilie": "Ottilie Marsh",
    "casimir": "Casimir Thornbury",
    "liesel": "Liesel Anker",
}
MINUTES = "https://lindle.example/minutes"
MISREAD_DAY = {"said_on": "2025-03-01", "said_precision": "day"}

#: The words, the speaker, the label and the cue of each quotation, in the order of the text, as decided.
DECIDED = [
    ("The bell will hang at the landing before the swallows are back", "odo", "Odo Brannick", "said"),
    ("I measured the beam twice and my brother measured it once more", "odo", "Brannick", "said"),
    (
        *("Nobody has asked the herons what they think of the noise", "mirela"),
        *("Mirela Tansy-Okoro", "said"),
    ),
    ("They left for a week when the fiddlers came", "mirela", "Tansy-Okoro", "said"),
    ("A bell is cheaper than a foghorn and sounds better with soup", "mirela", "she", "added"),
    ("We have eleven hundred in the tin and need fourteen", "henrike", "Henrike Voss", "said"),
    ("The rest will come from the cake table, as it always does", "henrike", "Voss", "said"),
    ("I have never seen the tin go down between two meetings", "henrike", "she", "added"),
    (
        *("The rope was spliced by the sea scouts of Lower Lindle 🪢 on a wet Sunday", "tomasz"),
        *("Tomasz Pell", "said"),
    ),
    ("It has held a canoe, two tents and the assistant leader", "tomasz", "Pell", "said"),
    ("I would trust it with the bell and with my grandmother", "tomasz", "he", "added"),
    ("The road to the landing floods at the second bend every autumn", "ottilie", "Ottilie Marsh", "said"),
    ("I can hear a bell through fog but I cannot see a sign", "ottilie", "Marsh", "said"),
    ("Give me a bell at ten to seven and I shall be there", "ottilie", "she", "added"),
    (
        *("The council has no view on the hour and hopes to keep it that way", "casimir"),
        *("Casimir Thornbury", "said"),
    ),
    ("What we do have is a form, and the form has a box", "casimir", "Thornbury", "said"),
    ("Whoever rings it will have to tick the box", "casimir", "he", "added"),
    ("My grandfather rang the old one on the night the ice broke", "liesel", "Liesel Anker", "said"),
    ("He rang it until somebody brought him a sandwich", "liesel", "Anker", "said"),
    ("I still have the plate that it came on", "liesel", "she", "added"),
]
#: What else was decided of some of them, by how the words begin.
BESIDES: dict[str, dict[str, Any]] = {
    "I measured": {"date": "2025-03-20", "date_basis": "said_on"},
    "It has held": {"date": "2025-03-20", "date_basis": "said_on"},
    "Give me": {
        "date": "2025-03-01",
        "date_precision": "month",
        "date_basis": "said_on",
        "said_on_source_url": MINUTES,
    },
    "I still": {"date": "1931-01-01", "date_precision": "year", "date_basis": "said_on"},
    "Whoever": {"kind": "partial"},
    "I can hear": {"audience": "the meeting", "translated": True, "language": "cy"},
}


def misread(words: str, *, mention: str = "", parts: tuple[str, ...] = (), **facts: Any) -> None:
    """Have a proposal say something else: facts of the statement, the speaker's place, other words."""
    proposal = proposed(words)
    if slug := facts.pop("by", ""):
        facts["speaker"] = Actor.objects.get(slug=slug)
    Statement.objects.filter(pk=proposal.statement_id).update(**facts)
    if mention:
        start = PAGE.index(mention)
        Proposal.objects.filter(pk=proposal.pk).update(mention_start=start, mention_end=start + len(mention))
    if parts:
        places = [anchor_at(PAGE, PAGE.index(part), PAGE.index(part) + len(part)) for part in parts]
        statement = Statement.objects.get(pk=proposal.statement_id)
        reword_statement(statement=statement, wording=AnchoredWords(proposal.capture, places))


def misread_all() -> None:
    """One thing or another in each of the twenty: speaker, label, cue, day or words."""
    day = MISREAD_DAY | {"said_on_source_url": MINUTES}
    taken = {"speaker_label": "Mirela Tansy-Okoro", "audience": "the council", "cue": "asked"}
    misread("The bell will", by="mirela", mention="Mirela Tansy-Okoro", **taken, **day)
    misread("I measured", by="henrike", speaker_label="Voss", cue="added", **MISREAD_DAY)
    misread("Nobody has", speaker_label="Tansy-Okoro of the noodle bar")
    misread("They left", cue="left", audience="the fiddlers")
    misread("A bell is", by="odo", speaker_label="he", audience="the hall")
    misread("We have", **MISREAD_DAY)
    misread("The rest", speaker_label="Henrike Voss")
    misread("I have never", cue="")
    misread("The rope", by="henrike", mention="Henrike Voss", speaker_label="Henrike Voss", **day)
    misread("It has held", said_on="2024-03-20", said_precision="day")
    misread("I would trust", parts=("I would trust it with the bell",))
    misread("The road", mention="Marsh, who", speaker_label="Marsh")
    misread("I can hear", cue="hear", language="de")
    misread("Give me", said_on="2025-03-21", said_precision="day")
    misread("The council", parts=("has no view on the hour and hopes to keep it that way",))
    misread("What we do", mention="the clerk", speaker_label="the clerk")
    misread("Whoever", parts=("Whoever rings it will have to tick the box,” he added",))
    grandfather = "My grandfather rang the old one on the night the ice broke"
    misread("My grandfather", parts=(grandfather, "a sandwich"))
    misread("He rang", cue="rang")
    misread("I still", said_on="1925-01-01", said_precision="year")


def correct_all(reviewer: Reviewer) -> list[Callable[[], None]]:
    """How each of the twenty is put right, short of the key that accepts it."""
    keys, fill_in = reviewer.keys, reviewer.fill_in

    def another(part: str, *label_keys: str, cue: str) -> None:
        reviewer.choose_speaker(part)
        keys("l", *label_keys, Keys.ENTER, "e")
        fill_in("", cue)

    def typed() -> None:
        reviewer.choose_speaker("brannick")
        keys("e")
        fill_in("Brannick", "said", "", "2025-03-20")

    def of_the_form(*texts: str) -> Callable[[], None]:
        def fill() -> None:
            keys("e")
            fill_in(*texts)

        return fill

    def of_the_day(*texts: str) -> Callable[[], None]:
        def fill() -> None:
            keys("d")
            fill_in(*texts)

        return fill

    def pressed(*pressed: str) -> Callable[[], None]:
        return lambda: keys(*pressed)

    up, down, left, right = Keys.ARROW_UP, Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_RIGHT
    return [
        lambda: another("brannick", up, up, cue="said"),
        typed,
        pressed("l", Keys.ENTER),
        of_the_form("", "said", " "),
        lambda: another("tansy", cue="added"),
        of_the_day(" "),
        of_the_form("Voss"),
        of_the_form("", "added"),
        lambda: another("pell", down, down, cue="said"),
        of_the_day("2025-03-20"),
        pressed("c", *[right] * 4, Keys.ENTER),
        pressed("l", *[left] * 2, Keys.TAB, left, Keys.ENTER),
        of_the_form("", "said", "the meeting", "", "", "", "cy", "Y"),
        of_the_day("2025-03", MINUTES),
        pressed("c", Keys.TAB, *[left] * 2, Keys.ENTER),
        pressed("l", down, Keys.ENTER),
        pressed("c", *[left] * 4, Keys.ENTER, "t"),
        pressed("c", Keys.BACKSPACE, Keys.ENTER),
        of_the_form("", "said"),
        of_the_day("1931"),
    ]


@pytest.fixture
def reviewer(browser: Chrome, live_server: LiveServer, admin_user: Any) -> Reviewer:
    """Logged in, with twenty misread proposals."""
    for slug, name in SPEAKERS.items():
        ActorFactory(slug=slug, name=name)
    load_meeting(source_url="https://lindle.example/bell")
    misread_all()
    browser.delete_all_cookies()
    reviewer = Reviewer(browser, live_server.url)
    reviewer.log_in(admin_user.username)
    return reviewer


def as_decided(words: str, slug: str, label: str, cue: str) -> dict[str, Any]:
    """What the API is to say of one of them."""
    besides = next((facts for start, facts in BESIDES.items() if words.startswith(start)), {})
    return {
        "text": words,
        "speaker": slug,
        "speaker_label": label,
        "cue": cue,
        "audience": "",
        "kind": "direct",
        "language": "en",
        "translated": None,
        "date": "2025-03-21",
        "date_precision": "day",
        "date_basis": "published_on",
        "said_on_source_url": None,
        "places": [(PAGE.index(words), PAGE.index(words) + len(words))],
        "by": "curator",
        "extractor": None,
        "confidence": None,
        "reviewed": True,
        "text_match": "matched",
        "status": "published",
        **besides,
    }


def as_published(row: dict[str, Any]) -> dict[str, Any]:
    """What the API says of it."""
    names = ("text", "speaker_label", "cue", "audience", "kind", "language", "translated", "date")
    more = ("date_precision", "date_basis", "said_on_source_url", "text_match", "status")
    attribution = {name: row["attribution"][name] for name in ("by", "extractor", "confidence", "reviewed")}
    return {
        **{name: row[name] for name in (*names, *more)},
        "speaker": row["speaker"]["slug"],
        **attribution,
        "places": [(at["start"], at["end"]) for at in row["anchors"]],
    }


def test_twenty_misread_proposals_are_put_right_by_keys_alone(reviewer: Reviewer) -> None:
    assert Proposal.objects.to_review().count() == len(DECIDED) == 20
    reviewer.open("/admin/articles/proposal/queue/")
    reviewer.keys(Keys.ENTER)
    reviewer.wait(lambda b: b.find_elements("id", "words"))
    for correct in correct_all(reviewer):
        correct()
        reviewer.decide("a")
        assert reviewer.told.startswith("Corrected: "), reviewer.told
    assert reviewer.refused_by_policy() == []

    published = Client().get("/api/v1/statements/?limit=100").json()["results"]
    by_words = {row["text"]: as_published(row) for row in published}
    assert by_words.keys() == {words for words, *_ in DECIDED}
    for words, *rest in DECIDED:
        assert by_words[words] == as_decided(words, *rest)
    assert set(Proposal.objects.values_list("decision", flat=True)) == {"corrected"}

"""A small dataset whose words, names and addresses are made up, so that every trace of them can be seen."""

import json
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from actors.models import Actor
from articles.models import Anchor, Article, Capture, Statement
from newsdb.ledger import attributed
from tests import factories

#: The words to be erased, in two parts; each word is made up.
FIRST = "Die Zwirbelkräuter von Öd verblühen"
SECOND = "Ürgelnde Mäuchler zählt niemand"
WORDS = f"{FIRST} […] {SECOND}"
#: What stands right before and after them, within the contexts of one another.
BEFORE, AFTER = "Pumps run.", "Boats sail."
PAGE = f"She: “{BEFORE}” He: “{FIRST},” he said, “{SECOND}.” She: “{AFTER}” And so on, for long."
#: Another outlet's page, with the same words and none of our statements in them.
ELSEWHERE = f"Elsewhere they printed: “{FIRST}.” Nobody “{AFTER}” minded."
NAMES = ("Qwörtz Üldenbek", "Q. Üldenbek-Żyx", "Квёртц Юльденбек")
SLUGS = ("qwoertz-ueldenbek", "qwoertz-formerly")
#: Folded and stemmed, as columns for look-up have them; and pieces that neighbours' contexts had.
TRACES = (
    *(FIRST, SECOND, "zwirbelkraut", "zwirbelkrauter", "urgelnd", "mauchler", "Zwirbelkräuter"),
    *("Die Zwirbelkräuter von Öd", "zählt niemand"),
)
NAME_TRACES = (*NAMES, *SLUGS, "qwortz", "uldenbek", "юльденбек", "Üldenbek")


@dataclass
class World:
    """The rows that a test asks about."""

    actor: Actor
    statement: Statement
    before: Statement
    after: Statement
    beyond: Statement
    article: Article
    capture: Capture
    elsewhere: Capture


def make_world() -> World:
    """A statement between two others, in a captured page and its like, with all that hangs on it."""
    with attributed(by="ines", reason=f"He said: {FIRST}."):
        actor = factories.ActorFactory(name=NAMES[0], slug=SLUGS[1])
        for name in NAMES[1:]:
            factories.ActorNameFactory(actor=actor, name=name)
    actor.slug = SLUGS[0]
    actor.save()
    article = factories.ArticleFactory()
    capture = factories.CaptureFactory(article=article, words=PAGE)
    statement = _say(actor, article, capture, FIRST, SECOND, speaker_label=NAMES[0])
    before = _say(factories.ActorFactory(), article, capture, BEFORE)
    after = _say(factories.ActorFactory(), article, capture, AFTER)
    factories.ClaimReviewFactory(
        statement=statement,
        publisher=f"They who doubt: {FIRST}",
        rating=SECOND,
        source_url=f"https://checks.example/{SLUGS[0]}",
    )
    _edit(statement)
    other = factories.ArticleFactory()
    elsewhere = factories.CaptureFactory(article=other, words=ELSEWHERE)
    beyond = _say(factories.ActorFactory(), other, elsewhere, AFTER)
    _propose(article, capture)
    _look_at(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL keeps samples of the values
    return World(actor, statement, before, after, beyond, article, capture, elsewhere)


def _say(actor: Actor, article: Article, capture: Capture, *parts: str, **facts: Any) -> Statement:
    statement = factories.StatementFactory(speaker=actor, article=article, text=" […] ".join(parts), **facts)
    text = capture.text or ""
    for position, part in enumerate(parts):
        start = text.index(part)
        end = start + len(part)
        around = {"prefix": text[max(0, start - 32) : start], "suffix": text[end : end + 32]}
        Anchor.objects.create(
            statement=statement,
            capture=capture,
            position=position,
            exact=part,
            start=start,
            end=end,
            **around,
        )
    return statement


def _edit(statement: Statement) -> None:
    """Versions of it, with reasons, in the ledger."""
    for cue in ("sagte", "meinte"):
        with attributed(by="ines", reason=f"As printed: {SECOND}."):
            Statement.objects.filter(pk=statement.pk).update(cue=cue)


def _propose(article: Article, capture: Capture) -> None:
    """The same words, proposed a second time and rejected."""
    proposed = factories.StatementFactory(
        article=article,
        speaker=None,
        speaker_label=NAMES[0],
        text=FIRST,
        status="rejected",
        attributed_by="extractor",
        extractor="marks",
        confidence=0.5,
        reviewed=False,
    )
    factories.ProposalFactory(
        statement=proposed,
        capture=capture,
        name=NAMES[0],
        evidence=[{"method": "cue", "name": NAMES[0], "start": 1, "end": 2}],
        decision="rejected",
        decided_by="ines",
        decided_at="2026-01-01T00:00Z",
    )


def _look_at(statement: Statement) -> None:
    """What the admin keeps of working on it: its log, and a message that nobody has seen yet."""
    user = factories.UserFactory()
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Statement),
        object_id=str(statement.pk),
        object_repr=str(statement)[:200],
        action_flag=CHANGE,
        change_message=json.dumps([{"changed": {"name": "anchor", "object": FIRST}}]),
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_messages"] = f"The statement “{NAMES[0]}: {FIRST}” was changed."
    session.create()

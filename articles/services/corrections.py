"""Corrects what an extractor read; the corrected attribution is then the curator's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.models.anchor import Anchor
from articles.models.choices import AttributedBy, Status
from articles.models.statement import Statement

#: Fields that the text states about one speaker, with their values for unknown.
CLEARED_WITH_SPEAKER = {
    "cue": "",
    "audience": "",
    "said_on": None,
    "said_precision": "",
    "said_on_source_url": "",
}
#: Fields that the extractor attributes; if one is corrected, the attribution is the curator's.
ATTRIBUTED_FIELDS = ("kind", "text", "speaker_id", "speaker_label", *CLEARED_WITH_SPEAKER)
ATTRIBUTION_FIELDS = ("attributed_by", "extractor", "extractor_version", "confidence")
REASON_FOR_SPEAKER = "Say why the speaker changes: the reason is public in the history."
LABEL_REQUIRED = (
    "The speaker changes: give the label too, as the page prints the speaker. Cue, audience and day are"
    " cleared unless you give them."
)


def changes_speaker(*, statement: Statement, speaker: Actor | None, name: str = "") -> bool:
    """Whether ``speaker`` differs from the speaker that was read.

    ``name`` is the speaker's name in the text: an actor of that name is the speaker that was read. If neither
    a speaker nor a name was read, any speaker is.
    """
    if speaker is None or statement.speaker_id is not None:
        return (speaker and speaker.pk) != statement.speaker_id
    return bool(name) and not _has_name(speaker, name)


def complete_correction(
    *, statement: Statement, changes: Mapping[str, Any], name: str = ""
) -> dict[str, Any]:
    """Return ``changes`` to a statement's fields, extended by what a new speaker implies.

    Label, cue, audience and day of a misread attribution belong to the wrong speaker. So the label must be
    among the changes ("" if none is printed), and the others are cleared unless they are. What a curator
    attributed is not cleared. ``name`` is as for ``changes_speaker``. Raises ``ValidationError`` if the label
    is missing.
    """
    changed = "speaker" in changes and changes_speaker(
        statement=statement, speaker=changes["speaker"], name=name
    )
    if not changed or statement.attributed_by != AttributedBy.EXTRACTOR:
        return dict(changes)
    if "speaker_label" not in changes:
        raise ValidationError({"speaker_label": LABEL_REQUIRED})
    return CLEARED_WITH_SPEAKER | dict(changes)


def needs_reason_for(*, statement: Statement, speaker: Actor | None) -> bool:
    """Whether a change to this speaker needs a reason (see ``REASON_FOR_SPEAKER``).

    Only a proposed statement can get another speaker without one. ``statement`` must have its stored values.
    """
    return statement.status != Status.PROPOSED and statement.speaker_id != (speaker and speaker.pk)


@contextmanager
def correction(*, statement: Statement, name: str = "", keep_attribution: bool = False) -> Iterator[None]:
    """Context manager in which a statement is corrected; afterwards the attribution is adjusted.

    If words, kind, speaker, label, cue, audience or day differ from what the extractor read, the attribution
    becomes the curator's, without the extractor's name and confidence; a published statement then counts as
    reviewed. An attribution that is set inside the block is kept, as is any with ``keep_attribution``.
    ``name`` is as for ``changes_speaker``. The statement is refreshed from the database.
    """
    # From the database, because the instance may already be changed.
    before = Statement.objects.filter(pk=statement.pk).values(*ATTRIBUTED_FIELDS, *ATTRIBUTION_FIELDS).get()
    places = _places(statement)
    yield
    statement.refresh_from_db()
    changed = {name for name, value in before.items() if getattr(statement, name) != value}
    if before["speaker_id"] is None and statement.speaker and _has_name(statement.speaker, name):
        changed.discard("speaker_id")  # the name was read, only the actor was unknown
    as_read = changed.isdisjoint(ATTRIBUTED_FIELDS) and places <= _places(statement)
    stated = keep_attribution or not changed.isdisjoint(ATTRIBUTION_FIELDS)
    if as_read or stated or statement.attributed_by != AttributedBy.EXTRACTOR:
        return
    statement.attributed_by, statement.confidence = AttributedBy.CURATOR, None
    statement.extractor = statement.extractor_version = ""
    if statement.status == Status.PUBLISHED:
        statement.reviewed = True
    statement.save(update_fields=[*ATTRIBUTION_FIELDS, "reviewed"])


def _has_name(actor: Actor, name: str) -> bool:
    return bool(name) and Actor.objects.found_by(name).filter(pk=actor.pk).exists()


def _places(statement: Statement) -> set[tuple[int, int, int]]:
    return set(Anchor.objects.filter(statement=statement).values_list("capture", "start", "end"))

"""Correcting what an extractor read: nothing of a misread attribution stays, and it is a curator's then."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import Actor
from articles.models.anchor import Anchor
from articles.models.choices import AttributedBy, Status
from articles.models.statement import Statement

#: What the text says of one speaker, as it is where nothing is known.
OF_A_SPEAKER = {
    "cue": "",
    "audience": "",
    "said_on": None,
    "said_precision": "",
    "said_on_source_url": "",
}
#: What an extractor attributes: with other values it is somebody else's attribution.
ATTRIBUTED = ("kind", "text", "speaker_id", "speaker_label", *OF_A_SPEAKER)
ATTRIBUTION = ("attributed_by", "extractor", "extractor_version", "confidence")
REASON_FOR_SPEAKER = "Say why the speaker changes: it is public in the history."
UNLABELLED = (
    "The speaker changes: give the label too, as the page prints the speaker. Cue, audience and day are"
    " cleared unless you give them."
)


def changes_speaker(*, statement: Statement, speaker: Actor | None, name: str = "") -> bool:
    """Whether this speaker is another than the one that was read.

    ``name`` is the speaker's name as the text has it: whoever bears it is the one that was read, as anybody
    is where no speaker and no name was read.
    """
    if speaker is None or statement.speaker_id is not None:
        return (speaker and speaker.pk) != statement.speaker_id
    return bool(name) and not _bears(speaker, name)


def complete_correction(
    *, statement: Statement, changes: Mapping[str, Any], name: str = ""
) -> dict[str, Any]:
    """``changes`` to fields of a statement, with what a changed speaker takes along.

    Label, cue, audience and day of a misread attribution are those of somebody else. So the label has to be
    among the changes ("" where none is printed); what is not among them of the others is cleared. What a
    curator attributed stays as the curator has it. ``name`` is as for ``changes_speaker``. Raises
    ``ValidationError`` without the label.
    """
    changed = "speaker" in changes and changes_speaker(
        statement=statement, speaker=changes["speaker"], name=name
    )
    if not changed or statement.attributed_by != AttributedBy.EXTRACTOR:
        return dict(changes)
    if "speaker_label" not in changes:
        raise ValidationError({"speaker_label": UNLABELLED})
    return OF_A_SPEAKER | dict(changes)


def needs_reason_for(*, statement: Statement, speaker: Actor | None) -> bool:
    """Whether making this the speaker takes a reason (``REASON_FOR_SPEAKER`` asks for it).

    Only a proposed statement can be given another speaker without one. ``statement`` is as it is recorded.
    """
    return statement.status != Status.PROPOSED and statement.speaker_id != (speaker and speaker.pk)


@contextmanager
def correction(*, statement: Statement, name: str = "", keep_attribution: bool = False) -> Iterator[None]:
    """Within, the statement may be changed and saved; what an extractor did not read, it does not attribute.

    With other words, kind, speaker, label, cue, audience or day the attribution is the curator's, without
    the extractor's name and confidence; a published statement then counts as reviewed. An attribution that
    was changed within stays, and so does any with ``keep_attribution``. ``name`` is as for
    ``changes_speaker``. The statement is brought up to date.
    """
    # As the database has them: the instance may be changed already.
    before = Statement.objects.filter(pk=statement.pk).values(*ATTRIBUTED, *ATTRIBUTION).get()
    places = _places(statement)
    yield
    statement.refresh_from_db()
    changed = {name for name, value in before.items() if getattr(statement, name) != value}
    if before["speaker_id"] is None and statement.speaker and _bears(statement.speaker, name):
        changed.discard("speaker_id")  # the name was read; only whose it is was not known
    as_read = changed.isdisjoint(ATTRIBUTED) and places <= _places(statement)
    stated = keep_attribution or not changed.isdisjoint(ATTRIBUTION)
    if as_read or stated or statement.attributed_by != AttributedBy.EXTRACTOR:
        return
    statement.attributed_by, statement.confidence = AttributedBy.CURATOR, None
    statement.extractor = statement.extractor_version = ""
    if statement.status == Status.PUBLISHED:
        statement.reviewed = True
    statement.save(update_fields=[*ATTRIBUTION, "reviewed"])


def _bears(actor: Actor, name: str) -> bool:
    return bool(name) and Actor.objects.found_by(name).filter(pk=actor.pk).exists()


def _places(statement: Statement) -> set[tuple[int, int, int]]:
    return set(Anchor.objects.filter(statement=statement).values_list("capture", "start", "end"))

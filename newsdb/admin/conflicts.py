"""Edit conflicts: if two people edit a record at once, the second to save is told what the first changed.

A form carries the ledger's version of the record that it shows. On saving, this is compared with the latest
version, under a lock on the record's row. If they differ, the form is shown again with the changes, with
everything the user typed, and with the latest version, so that saving once more overwrites knowingly.
"""

from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime

from newsdb.admin.history import Difference, compare
from newsdb.admin.links import address_of
from newsdb.ledger import Part, Record
from newsdb.models import Change

#: How many changes, how many fields, and how many characters of a value the message shows. The rest is in the
#: history.
CHANGES_SHOWN = 5
FACTS_SHOWN = 12
LENGTH_SHOWN = 200


class ConflictError(ValidationError):
    """A record was changed after a form showed it. The message describes it as of ``version``."""

    def __init__(self, message: SafeString, version: int) -> None:
        super().__init__(message)
        self.version = version


def is_versioned(model: type) -> bool:
    """Whether the ledger has versions of a model's rows, as records or as parts of records."""
    return isinstance(getattr(model, "record", None), Record | Part)


def record_of(row: Any) -> Any:
    """The record that a row is part of, at any depth of nesting. A record is returned itself."""
    while isinstance(row.record, Part):
        row = getattr(row, row.record.of)
    return row


def shown_version(row: Any) -> int:
    """The ledger's latest version of the record that a row is or belongs to; 0 if the ledger has none.

    Call it before the record is read for a form. A change in between is then reported as a conflict, although
    the form shows it; in the other order, a conflict could be missed.
    """
    return Change.objects.of(record_of(row)).values_list("version", flat=True).first() or 0


def refuse_conflict(row: Any, seen: int) -> None:
    """Lock the record that a row is or belongs to, and check that ``seen`` is still its version.

    Call it in the transaction that saves. Raises ``ConflictError`` if the record has changed since, and
    ``ValidationError`` if it was deleted.
    """
    record = record_of(row)
    # Without the lock, two users who save at the same moment would each find nothing changed.
    locked = type(record)._base_manager.select_for_update(of=("self",)).order_by()
    if not locked.filter(pk=record.pk).values_list("pk").first():
        raise ValidationError("It was deleted while you were editing it.")
    history = Change.objects.of(record)
    since = list(history.filter(version__gt=seen))
    if since:
        before = history.with_before().get(version=since[-1].version).before
        raise ConflictError(_explain(row, since, before), since[0].version)


def _explain(row: Any, since: list[Change], before: Any) -> SafeString:
    """The message: who changed the record and when, what to do, and a table of the fields that differ."""
    return format_html(
        "While you were editing, {}. Your changes are not saved; they are below as you typed them. Save"
        ' again to overwrite the record with them, or <a href="{}">reload the record</a>; every change is in'
        ' <a href="{}">its history</a>.{}',
        "; ".join(map(_describe_change, reversed(since[:CHANGES_SHOWN]))),
        address_of(row),
        address_of(record_of(row), "history"),
        _differences_table(compare(before, since[0].snapshot)),
    )


def _describe_change(change: Change) -> str:
    why = f" (“{change.reason}”)" if change.reason else ""
    return f"{change.actor or 'newsdb'} changed it on {localtime(change.at):%Y-%m-%d at %H:%M:%S}{why}"


def _differences_table(facts: list[Difference]) -> SafeString:
    rows = ((f.field, *(Truncator(v).chars(LENGTH_SHOWN) for v in (f.old, f.new))) for f in facts)
    return format_html(
        '<table class="differences"><tr><th scope="col">Fact</th><th scope="col">When you opened it</th>'
        '<th scope="col">Now</th></tr>{}</table>',
        format_html_join(
            "", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', islice(rows, FACTS_SHOWN)
        ),
    )

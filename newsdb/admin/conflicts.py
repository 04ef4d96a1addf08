"""Two people with one record before them: whoever saves second is told what the first one changed.

A form holds the ledger's version of the record that it shows; on saving it is compared with the newest,
under a lock on the record's row. The form that comes back tells the changes, keeps all that was typed and
holds the newer version, so that saving once more is done knowingly: a page that had to be opened anew would
lose what was typed.
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

#: How many of the latest changes and of the facts, and how many characters of each, are told; the history
#: has the rest.
CHANGES_SHOWN = 5
FACTS_SHOWN = 12
LENGTH_SHOWN = 200


class ConflictError(ValidationError):
    """A record changed since a form showed it; ``version`` is that of the record as the message tells it."""

    def __init__(self, message: SafeString, version: int) -> None:
        super().__init__(message)
        self.version = version


def is_watched(model: type) -> bool:
    """Whether the ledger knows the versions of a model's rows, by themselves or as parts of a record."""
    return isinstance(getattr(model, "record", None), Record | Part)


def whole(row: Any) -> Any:
    """The record that a row is part of, however deep; a record is its own."""
    while isinstance(row.record, Part):
        row = getattr(row, row.record.of)
    return row


def shown_version(row: Any) -> int:
    """The ledger's version of the record that a row is or is part of; 0 where the ledger has none.

    Ask before the record is read for a form: what changes in between is then a conflict too many, never
    one too few.
    """
    return Change.objects.of(whole(row)).values_list("version", flat=True).first() or 0


def refuse_conflict(row: Any, seen: int) -> None:
    """Lock the record that a row is or is part of, and see that ``seen`` is still its version.

    Call it in the transaction that saves. Raises ``ConflictError`` where the record has changed since, and
    ``ValidationError`` where it is gone.
    """
    record = whole(row)
    # Without the lock, two that save at the same moment would each find nothing changed.
    locked = type(record)._base_manager.select_for_update(of=("self",)).order_by()
    if not locked.filter(pk=record.pk).values_list("pk").first():
        raise ValidationError("It was deleted while you were editing it.")
    history = Change.objects.of(record)
    since = list(history.filter(version__gt=seen))
    if since:
        before = history.with_before().get(version=since[-1].version).before
        raise ConflictError(_explain(row, since, before), since[0].version)


def _explain(row: Any, since: list[Change], before: Any) -> SafeString:
    """Who changed what and when, what to do, and what the record says now."""
    return format_html(
        "While you were editing, {}. Nothing of yours is saved; it stands below as you typed it. Save again"
        ' to put all of it in the place of what is here now, or <a href="{}">open the record anew</a>; every'
        ' change is in <a href="{}">its history</a>.{}',
        "; ".join(map(_change, reversed(since[:CHANGES_SHOWN]))),
        address_of(row),
        address_of(whole(row), "history"),
        _table(compare(before, since[0].snapshot)),
    )


def _change(change: Change) -> str:
    why = f" (“{change.reason}”)" if change.reason else ""
    return f"{change.actor or 'newsdb'} changed it on {localtime(change.at):%Y-%m-%d at %H:%M:%S}{why}"


def _table(facts: list[Difference]) -> SafeString:
    rows = ((f.field, *(Truncator(v).chars(LENGTH_SHOWN) for v in (f.old, f.new))) for f in facts)
    return format_html(
        '<table class="differences"><tr><th scope="col">Fact</th><th scope="col">When you opened it</th>'
        '<th scope="col">Now</th></tr>{}</table>',
        format_html_join(
            "", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', islice(rows, FACTS_SHOWN)
        ),
    )

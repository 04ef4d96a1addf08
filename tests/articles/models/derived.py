"""What the columns of a statement that the database fills should be, computed in Python."""

import calendar
import datetime
from typing import Any

from articles.models import Statement
from articles.models.statement import GAP


def last_day(first: datetime.date | None, precision: str) -> datetime.date | None:
    if first is None or precision == "day":
        return first
    day = 31 if precision == "year" else calendar.monthrange(first.year, first.month)[1]
    return first.replace(month=12 if precision == "year" else first.month, day=day)


def derived(statement: Statement) -> dict[str, Any]:
    """The columns, from the article and the anchors as they are now."""
    article = statement.article
    said = statement.said_on is not None
    date, precision = (
        (statement.said_on, statement.said_precision)
        if said
        else (article.published_on, article.published_precision)
    )
    return {
        "outlet_id": article.outlet_id,
        "published_on": article.published_on,
        "published_precision": article.published_precision,
        "date": date,
        "date_precision": precision,
        "date_basis": "said_on" if said else "published_on" if date else "",
        "date_last": last_day(date, precision),
        "sort_date": date or datetime.date.min,
        **_match(statement),
    }


def _match(statement: Statement) -> dict[str, Any]:
    anchors = list(statement.anchors.order_by("capture_id", "position"))
    anchors = [anchor for anchor in anchors if anchor.capture_id == anchors[0].capture_id]
    if not anchors:
        return {"capture_id": None, "text_match": "unchecked", "text_checked_at": None}
    found = {anchor.match for anchor in anchors}
    if GAP.join(anchor.exact for anchor in anchors) != statement.text or "mismatched" in found:
        match = "mismatched"
    else:
        match = "matched" if found == {"matched"} else "unchecked"
    checked = [anchor.checked_at for anchor in anchors if anchor.checked_at]
    return {
        "capture_id": anchors[0].capture_id,
        "text_match": match,
        "text_checked_at": min(checked, default=None),
    }


def assert_derived() -> None:
    """Every statement's columns are what follows from the rest."""
    for statement in Statement.objects.all():
        expected = derived(statement)
        assert {name: getattr(statement, name) for name in expected} == expected

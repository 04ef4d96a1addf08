"""Imports statements from a spreadsheet, one per row, each with its article, outlet and speaker."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actors.models import Actor
from articles.ingest.finding_outlets import Identity, create_outlet_of, find_outlet, outlet_at_host
from articles.models import Article, ClaimReview, Outlet, Statement
from articles.models.choices import Kind, Status
from articles.reading.anchors import AnchorError
from articles.reading.pasted import QuotationMarksError, parse_statement_words
from articles.services.actors import create_actor
from articles.services.anchoring import Words
from articles.services.statements import record_statement
from newsdb.addresses import canonical_url
from newsdb.dates import PartialDate
from newsdb.models.write_errors import WRITE_ERRORS, explain
from newsdb.text import fold

REQUIRED = ("text", "speaker", "said on", "outlet", "headline", "address")
#: The column for each field of a link to a published check.
REVIEW_COLUMNS = {
    "source_url": "claim review",
    "publisher": "claim review publisher",
    "rating": "claim review rating",
    "published_on": "claim review date",
}
OPTIONAL = ("kind", *REVIEW_COLUMNS.values())
COLUMNS = (*REQUIRED, *OPTIONAL)
#: The column for each field that is named differently.
COLUMN_BY_FIELD = {"source_url": "address", "said_on": "said on"}
#: Cell separators in CSV files that spreadsheets write.
SEPARATORS = ",;\t"
#: How many candidates an error names.
MAX_CANDIDATES = 5


class SpreadsheetError(ValueError):
    """The file is not a spreadsheet of statements."""


class RowError(ValueError):
    """The row cannot be imported."""


@dataclass(frozen=True)
class Imported:
    """The result of importing a row: the statement, whether it is new, and other new records."""

    line: int
    statement: Statement
    is_new: bool
    created: list[Article | Outlet | Actor | ClaimReview] = field(default_factory=list)


@dataclass(frozen=True)
class Refused:
    """The reason why a row was not imported."""

    line: int
    reason: str


def read_spreadsheet(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row's line number, and its cells by column; empty rows are skipped.

    Raises ``SpreadsheetError`` if the file is not UTF-8 or its first line does not name the columns.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpreadsheetError("it is not text in UTF-8: save it as CSV UTF-8.") from None
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        columns = [" ".join(name.casefold().replace("_", " ").split()) for name in next(rows, [])]
        _check_columns(columns)
        while True:
            line = rows.line_num + 1
            cells = next(rows, None)
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                if len(cells) > len(columns):
                    raise SpreadsheetError(f"line {line} has {len(cells)} cells instead of {len(columns)}.")
                yield (
                    line,
                    dict.fromkeys(COLUMNS, "") | dict(zip(columns, map(str.strip, cells), strict=False)),
                )
    except csv.Error as error:
        raise SpreadsheetError(f"line {line} is not CSV: {error}.") from None


def _check_columns(columns: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    if missing or unknown or len(set(columns)) < len(columns):
        raise SpreadsheetError(
            f"its first line must name the columns {', '.join(REQUIRED)} and, optionally,"
            f" {', '.join(OPTIONAL)}, each once; it has: {', '.join(columns)[:200]}."
        )


def import_row(line: int, cells: Mapping[str, str]) -> Imported | Refused:
    """Create the statement of a row and its link to a published check, unless they already exist."""
    try:
        with transaction.atomic():
            return _import(line, cells)
    except RowError as error:
        return Refused(line, str(error))
    except AnchorError as error:
        return Refused(line, f"text: {error}")
    except WRITE_ERRORS as error:
        return Refused(line, " ".join(_explained(error)))


def _explained(error: Exception, columns: Mapping[str, str] = COLUMN_BY_FIELD) -> list[str]:
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return [f"{columns.get(name, name)}: {' '.join(said)}" for name, said in error.message_dict.items()]
    return explain(error)


def _import(line: int, cells: Mapping[str, str]) -> Imported:
    kind = cells["kind"].casefold() or Kind.DIRECT.value
    if kind not in Kind.values:
        raise RowError(f"kind: choose from {', '.join(Kind.values)}.")
    parts = _parts(cells["text"], kind)
    said_on = _day(cells, "said on")
    created: list[Any] = []
    article = _article(cells, created)
    speaker = _speaker(cells["speaker"], created)
    words = Words(parts)
    same = Statement.objects.filter(article=article, speaker=speaker, words_key=fold(words.text))
    if statement := same.order_by("pk").first():
        if statement.status != Status.RETRACTED:
            _link_review(statement, cells, created)
        return Imported(line, statement, False, created)
    statement = record_statement(
        article=article,
        wording=words,
        speaker=speaker,
        speaker_label=cells["speaker"] if speaker and cells["speaker"] != speaker.slug else "",
        kind=kind,
        said_on=said_on.first if said_on else None,
        said_precision=said_on.precision if said_on else "",
    )
    _link_review(statement, cells, created)
    return Imported(line, statement, True, created)


def _link_review(statement: Statement, cells: Mapping[str, str], created: list[Any]) -> None:
    """Link the published check that the row names, unless the statement already links it."""
    if not any(cells[column] for column in REVIEW_COLUMNS.values()):
        return
    address, day = cells[REVIEW_COLUMNS["source_url"]], _day(cells, REVIEW_COLUMNS["published_on"])
    key = canonical_url(address)
    if key and statement.claim_reviews.filter(source_url_key=key).exists():
        return
    review = ClaimReview(
        statement=statement,
        source_url=address,
        publisher=cells[REVIEW_COLUMNS["publisher"]],
        rating=cells[REVIEW_COLUMNS["rating"]],
        published_on=day.first if day else None,
        published_precision=day.precision if day else "",
    )
    try:
        review.full_clean()
    except ValidationError as error:
        raise RowError(" ".join(_explained(error, REVIEW_COLUMNS))) from None
    review.save()
    created.append(review)


def _parts(text: str, kind: str) -> list[str]:
    if not text:
        raise RowError("text: it is empty.")
    if kind == Kind.INDIRECT:
        return [text]
    try:
        return parse_statement_words(text)
    except QuotationMarksError:
        raise RowError(
            "text: give the quoted words only, without anything outside the quotation marks."
        ) from None


def _day(cells: Mapping[str, str], column: str) -> PartialDate | None:
    try:
        return PartialDate.parse(cells[column]) if cells[column] else None
    except ValueError as error:
        raise RowError(f"{column}: {error}") from None


def _article(cells: Mapping[str, str], created: list[Any]) -> Article:
    address, headline = cells["address"], cells["headline"]
    found = list(Article.objects.at(address).order_by("pk")[:2]) if address else []
    if len(found) > 1:
        raise RowError("address: more than one article was captured at it.")
    if found:
        return found[0]
    identity = Identity(cells["outlet"], address)
    outlet = find_outlet(identity, outlet_at_host(identity.host))
    if outlet is None:
        outlet = create_outlet_of(identity)
        created.append(outlet)
    same = Article.objects.filter(outlet=outlet, headline=headline).order_by("pk")
    same = same.filter(source_url_key="") if address else same
    if len(found := list(same[:2])) > 1:
        raise RowError("headline: more than one article of this outlet has it; give the address.")
    if found:
        return found[0]
    article = Article(outlet=outlet, headline=headline, source_url=address)
    article.full_clean(validate_unique=False, validate_constraints=False)
    article.save()
    created.append(article)
    return article


def _speaker(name: str, created: list[Any]) -> Actor | None:
    if not name:
        return None
    for found in (Actor.objects.at_address(name), Actor.objects.called(name)):
        actors = list(found[:MAX_CANDIDATES])
        if len(actors) == 1:
            return actors[0]
        if actors:
            break
    else:
        actors = list(Actor.objects.with_words(name)[:MAX_CANDIDATES])
    if actors:
        slugs = ", ".join(actor.slug for actor in actors)
        raise RowError(f"speaker: {name} may mean {slugs}; give the slug, or the full name of somebody else.")
    actor = create_actor(name)
    created.append(actor)
    return actor

"""Checks a draft, or quotations, against the dataset."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from actors.api.serializers import ActorReferenceSerializer
from actors.models import Actor
from articles.api.comparisons import describe_comparison
from articles.api.coverage import coverage
from articles.api.inputs.checks import CheckInput
from articles.api.serializers import StatementSerializer
from articles.api.serializers.checks import CheckSerializer
from articles.api.serializers.outlets import OutletReferenceSerializer
from articles.checks.checking import Finding, Match, Quotation, check
from articles.checks.drafts import NotReadError, quotations_in
from articles.models import Outlet, Statement
from articles.reading.budget import OverBudgetError
from newsdb.api.endpoints.base import StrictView, describe_members
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Problem
from newsdb.api.links import address
from newsdb.api.rows.reading import Row, read_rows
from newsdb.models import Change

#: Seconds per request. Quotations not checked by then are listed as such.
BUDGET = 5.0


class CheckView(StrictView):
    """Checks of drafts and quotations."""

    permission_classes = []
    rate_limit_scope = "checks"
    other_responses = {
        422: ResponseDoc(
            "The text is not in English, or takes too long to read.",
            "The text has more than 250,000 words and punctuation marks. Submit it as several shorter"
            " documents.",
        )
    }

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Nobody may store a response, since it quotes what was sent; an error may, too."""
        return {**super().default_response_headers, "Cache-Control": "no-store"}

    def bodies(self) -> dict[str, Any]:
        """The fields of the body, for OPTIONS."""
        return {"POST": describe_members(CheckInput())}

    @extend_schema(request=CheckInput, responses=CheckSerializer)
    def post(self, request: Request) -> Response:
        """Check a draft, or quotations, against the dataset: what it has of each.

        It gives facts about each quotation, never a verdict: which statements have the words, or nearly; each
        word that differs; whether the speaker is the one named. That nothing is found does not mean that
        nothing was said: see `coverage`. What is sent is neither stored nor logged nor cached.
        """
        deadline = time.monotonic() + BUDGET
        body = CheckInput(data=request.data)
        body.is_valid(raise_exception=True)
        quotations = _quotations(body)
        version, _ = Change.objects.public().version()
        findings, not_reached = check(quotations, deadline=deadline)
        answer = {
            "quotations": _described(findings),
            "not_read": list(_not_read(not_reached, quotations)),
            "dataset_version": version,
        }
        return Response(answer)


def _quotations(body: CheckInput) -> list[Quotation]:
    if "text" not in body.validated_data:
        return body.quotations_given
    text, language = body.validated_data["text"], body.validated_data.get("language", "")
    try:
        return quotations_in(text, language=language, seconds=BUDGET)
    except (NotReadError, OverBudgetError) as error:
        raise Problem(422, str(error)) from None


def _not_read(not_reached: Sequence[Quotation], quotations: Sequence[Quotation]) -> Iterator[Row]:
    places = {id(quotation): place for place, quotation in enumerate(quotations)}
    for quotation in not_reached:
        place = places[id(quotation)]
        yield {"quotation": place, "start": quotation.start, "end": quotation.end, "reason": "time"}


def _described(findings: Sequence[Finding]) -> list[Row]:
    """Describe the findings, reading the records of each type in one query."""
    matched = {match.statement.pk for finding in findings for match in finding.matches}
    found = read_rows(StatementSerializer, Statement.objects.public().filter(pk__in=matched))
    statements = {row["id"]: row for row in found}
    actors = _named(ActorReferenceSerializer, Actor, {pk for each in findings for pk in each.speakers})
    outlets = _named(OutletReferenceSerializer, Outlet, {pk for each in findings for pk in each.outlets})
    held = dict(zip(actors, coverage(tuple(actors), ())["speakers"], strict=True)) if actors else {}
    return [
        {
            "given": _given(finding.quotation),
            "start": finding.quotation.start,
            "end": finding.quotation.end,
            "words": finding.words,
            "speaker": finding.speaker,
            "date": finding.date,
            "outlet": finding.outlet,
            "speakers": [actors[pk] for pk in finding.speakers],
            "outlets": [outlets[pk] for pk in finding.outlets],
            # A statement retracted in the meantime is no longer public.
            "matches": [
                _match(match, statements[match.statement.pk])
                for match in finding.matches
                if match.statement.pk in statements
            ],
            "retracted": [_retracted_row(match) for match in finding.retracted],
            "coverage": [held[pk] for pk in finding.speakers],
        }
        for finding in findings
    ]


def _named(serializer: Any, model: Any, ids: Iterable[int]) -> dict[int, Row]:
    """References to these records, by id."""
    records = model.objects.filter(pk__in=list(ids))
    rows = {row["slug"]: row for row in read_rows(serializer, records)}
    return {pk: rows[slug] for pk, slug in records.values_list("pk", "slug") if slug in rows}


def _given(quotation: Quotation) -> Row:
    day = None if quotation.date is None else str(quotation.date)
    return {
        "words": quotation.words,
        "speaker": quotation.speaker,
        "date": day,
        "outlet": quotation.outlet,
    }


def _match(match: Match, statement: Row) -> Row:
    return {
        "statement": statement,
        "speaker": match.speaker,
        "date": match.date,
        "outlet": match.outlet,
        **describe_comparison(match.comparison, match.words, match.held),
    }


def _retracted_row(match: Match) -> Row:
    statement = match.statement
    return {
        "uid": statement.uid,
        "url": address("statement-detail", statement.uid),
        "retracted_at": statement.retracted_at,
        "reason": statement.retraction_reason,
        "words": match.comparison.kind,
    }

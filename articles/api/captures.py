"""Captured pages as editors hand them in, one a request."""

from typing import Any

from django.db import OperationalError
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.serializers import ArticleDetailSerializer, CaptureSerializer, ProposedStatementSerializer
from articles.ingest.load import LoadError, Outcome, load_document
from articles.models import Article, Capture, Statement
from articles.reading.budget import OverBudgetError
from articles.reading.documents import Document, DocumentError
from articles.reading.page import Told
from articles.reading.page.organisations import author_called
from articles.reading.page.parts import MAX_AUTHORS
from newsdb.api.endpoints.editing import EditableViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Busy, Problem, Unreachable
from newsdb.api.links import address
from newsdb.api.request.input_fields import (
    BoundedListField,
    PartialDateField,
    StrictCharField,
    StrictDateTimeField,
)
from newsdb.api.request.inputs import MAX_REASON
from newsdb.api.request.strict_serializers import StrictModelSerializer
from newsdb.api.rows.reading import read_rows
from newsdb.models.write_errors import is_unreachable


class CaptureInput(StrictModelSerializer):
    """A captured page, and what is known of it besides; what is told goes before what the page prints."""

    never_empty = True  # though no member of it is needed for certain

    text = StrictCharField(
        required=False, trim_whitespace=False, help_text="The page as plain text; or give `html`."
    )
    html = StrictCharField(
        required=False, trim_whitespace=False, help_text="The page as HTML; or give `text`."
    )
    captured_at = StrictDateTimeField(
        required=False, allow_null=True, help_text="When it was captured, or null."
    )
    outlet = StrictCharField(required=False, max_length=200, help_text="The outlet's name.")
    headline = StrictCharField(required=False, max_length=500, help_text="As printed.")
    authors = BoundedListField(
        child=StrictCharField(max_length=200),
        required=False,
        max_length=MAX_AUTHORS,
        help_text="Their names as printed.",
    )
    language = StrictCharField(required=False, max_length=35, help_text="BCP 47, as in: en.")
    published_on = PartialDateField(
        help_text="The day, month or year it was published, or null where unknown."
    )
    reason = StrictCharField(
        required=False,
        allow_blank=True,
        max_length=MAX_REASON,
        help_text="Why; public in the history of what it changes.",
    )

    class Meta:
        model = Capture
        fields = (
            *("text", "html", "source_url", "captured_at", "outlet", "headline", "authors", "language"),
            *("published_on", "reason"),
        )
        blank_as_null = ("source_url",)
        example = {
            "text": "The Example Gazette\nMarch 1, 2025\nCouncil keeps the library open\n“The library stays,”"
            " …",
            "source_url": "https://gazette.example/library",
            "captured_at": "2025-03-05T10:00:00Z",
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two. Raises ``ValidationError``."""
        if ("text" in attrs) == ("html" in attrs):
            raise ValidationError([ErrorDetail("Give either text or html.", code="required")])
        return attrs

    @property
    def document(self) -> Document:
        """The page as the loader takes it."""
        values = self.validated_data
        decoded = values.get("text") or values["html"]
        return Document(
            id="the page",
            content=decoded.encode(),
            decoded=decoded,
            media_type="text/plain" if "text" in values else "text/html",
            source_url=values.get("source_url", ""),
            captured_at=values.get("captured_at"),
            told=Told(
                outlet=values.get("outlet", ""),
                headline=values.get("headline", ""),
                language=values.get("language", ""),
                published=values.get("published_on"),
                authors=tuple(map(author_called, values.get("authors", ()))),
            ),
        )


class LoadedSerializer(serializers.Serializer):
    """What became of a page."""

    action = serializers.ChoiceField(
        choices=["created", "updated", "unchanged"],
        help_text="created: its article is new; updated: something of it is; unchanged: nothing is.",
    )
    notes = serializers.ListField(
        child=serializers.CharField(),
        help_text="What you have to see to, such as an author of two actors' name.",
    )
    article = ArticleDetailSerializer(help_text="The article that the page is of.")
    capture = CaptureSerializer(help_text="The page as it was received.")
    proposals = ProposedStatementSerializer(
        many=True, help_text="The article's statements that wait for a person, in the order of the page."
    )

    class Meta:
        example = {"action": "created", "notes": []}


class CaptureViewSet(EditableViewSet):
    """Captured pages, for editors to hand in."""

    queryset = Capture.objects.all()
    serializer_class = LoadedSerializer
    input_serializer_class = CaptureInput
    create_responses = {
        422: ResponseDoc(
            "The page exceeds a limit: on processor time, words or quoted passages.",
            "Its text has more than 250,000 words and marks. Submit it as several shorter documents.",
        )
    }
    #: A page that is handed in again answers 200.
    repeatable = True

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Submit a captured page: it is stored, and its quotations are proposed.

        Submitting it again answers 200 and changes nothing. Nothing is fetched. A page
        that is too long, or takes too much processor time to read, answers 422.
        """
        data = self.read_input(self.get_input(data=request.data))
        try:
            document = data.document
            outcome = load_document(document, by=self.writer, reason=data.validated_data.get("reason", ""))
        except DocumentError as error:
            raise ValidationError({"non_field_errors": [ErrorDetail(str(error), code="invalid")]}) from None
        except OverBudgetError as error:
            raise Problem(422, str(error)) from None
        except LoadError as error:
            if is_unreachable(error.__cause__):
                raise Unreachable from error
            if isinstance(error.__cause__, OperationalError):
                raise Busy from error
            raise Problem(409, str(error)) from None
        return self._loaded(outcome)

    def _loaded(self, outcome: Outcome) -> Response:
        articles = Article.objects.filter(pk=outcome.capture.article_id)
        waiting = Statement.objects.filter(article__in=articles, status="proposed").order_by("proposal__pk")
        row = {
            "action": outcome.action,
            "notes": list(outcome.notes),
            "article": read_rows(ArticleDetailSerializer, articles)[0],
            "capture": read_rows(CaptureSerializer, Capture.objects.filter(pk=outcome.capture.pk))[0],
            "proposals": read_rows(ProposedStatementSerializer, waiting),
        }
        location = {"Location": address("article-detail", outcome.capture.article.uid)}
        new = outcome.action != "unchanged"
        return Response(row, status=201 if new else 200, headers=location if new else {})

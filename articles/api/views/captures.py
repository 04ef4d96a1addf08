"""Submits captured pages, for editors."""

from typing import Any

from django.db import OperationalError
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.inputs.captures import CaptureInput
from articles.api.serializers import ArticleDetailSerializer, CaptureSerializer, ProposedStatementSerializer
from articles.api.serializers.loaded import LoadedSerializer
from articles.ingest.load import LoadError, Outcome, load_document
from articles.models import Article, Capture, Statement
from articles.reading.budget import OverBudgetError
from articles.reading.documents import DocumentError
from newsdb.api.endpoints.editing import EditableViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import Busy, Problem, Unreachable
from newsdb.api.links import address
from newsdb.api.rows.reading import read_rows
from newsdb.models.write_errors import is_unreachable


class CaptureViewSet(EditableViewSet):
    """Captured pages, for editors to submit."""

    queryset = Capture.objects.all()
    serializer_class = LoadedSerializer
    input_serializer_class = CaptureInput
    create_responses = {
        422: ResponseDoc(
            "The page exceeds a limit: on processor time, words or quoted passages.",
            "The text has more than 250,000 words and punctuation marks. Submit it as several shorter"
            " documents.",
        )
    }
    #: Submitting a page again answers 200.
    repeatable = True

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Submit a captured page: it is stored, and its quotations are proposed.

        Submitting it again answers 200 and changes nothing. Nothing is fetched. A page
        that is too long, or takes too much processor time to read, answers 422.
        """
        data = self.read_input(self.get_input(data=request.data))
        try:
            document = data.document
            outcome = load_document(document, by=self.editor, reason=data.validated_data.get("reason", ""))
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

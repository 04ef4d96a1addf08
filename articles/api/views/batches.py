"""Creates several statements in one request."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.inputs.joint import StatementsSerializer
from articles.api.inputs.statements import StatementsInput
from articles.api.serializers import StatementDetailSerializer
from articles.models import Statement
from newsdb.api.endpoints.editing import EditableViewSet, write_errors_as_problems
from newsdb.api.rows.reading import read_rows


class BatchViewSet(EditableViewSet):
    """Statements, of which several can be created at once."""

    @extend_schema(responses={201: StatementsSerializer})
    @action(detail=False, methods=["post"], input_serializer_class=StatementsInput)
    def batch(self, request: Request, **kwargs: Any) -> Response:
        """Create up to 100 statements, all of them or none.

        Each is given as to `statements/`. Errors point to their place, as in `/statements/3/words`. If a
        `uid` exists, it answers 409 with the `url` of that statement.
        """
        data = self.read_input(self.get_input(data=request.data))
        with write_errors_as_problems(data), self.attributed({}):
            made = data.save(by=self.editor)
        ids = [statement.pk for statement in made]
        rows = read_rows(StatementDetailSerializer, Statement.objects.filter(pk__in=ids))
        by_id = {row["id"]: row for row in rows}
        return Response({"results": [by_id[pk] for pk in ids]}, status=201)

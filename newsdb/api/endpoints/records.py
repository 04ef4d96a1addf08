"""Single records. The address of one that was moved redirects; that of one that is gone says why."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Field, IntegerField, Q
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.exceptions import Problem
from newsdb.api.links import absolute
from newsdb.api.request.lookups import parse_id, parse_uid
from newsdb.api.request.parameters import shorten
from newsdb.api.request.permissions import may_edit
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.response.pagination import KeysetPagination
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.reading import Row, prepare_rows
from newsdb.api.rows.serializers import RowSerializer
from newsdb.api.rows.versions import VersionSerializer
from newsdb.models import Change, ErasedDigest, Erasure
from newsdb.models.change import Action
from newsdb.models.erasure import DigestKind
from newsdb.models.prepared import Placeholder


class RecordViewSet(ListViewSet):
    """Lists, single records by ``lookup_field``, and each record's history from the ledger."""

    lookup_field = "id"
    lookup_value_regex = "[^/]+"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """One record; 304 if the client already has it."""
        return ConditionalResponse(request, may_edit(request)).respond_with_record(self.render_record)

    def render_record(self) -> Response:
        """The record at this address, or the response for a missing record."""
        text = self.kwargs[self.lookup_field]
        value = self.parse_lookup(text)
        if value is None:
            return self.missing_response(text)
        read = _reader(type(self), may_edit(self.request), self.get_serializer_class())
        rows = read(value=self._lookup_field.get_db_prep_value(value, connection))
        return Response(rows[0]) if rows else self.missing_response(text)

    @classmethod
    def records(cls, *, for_editors: bool) -> Any:
        """The records that have an address. Override it if editors see more of them."""
        rows: Any = cls.queryset
        return rows.all()

    @property
    def _lookup_field(self) -> Field:
        records = self.records(for_editors=False)
        field: Field = records.model._meta.get_field(self.lookup_field)
        return field

    def parse_lookup(self, text: str) -> Any:
        """Parse the value in the path. Returns ``None`` if no record can have it."""
        field = self._lookup_field
        if isinstance(field, IntegerField):
            return parse_id(text)
        if "\x00" in text:
            return None
        try:
            return field.to_python(text)
        except ValidationError:
            return None

    def missing_response(self, text: str) -> Response:
        """The response if no visible record has this address. Override it to redirect (308) or to say why."""
        raise self.not_found(text)

    def redirect_to(self, lookup: object) -> Response:
        """A redirect (308) to the same URL with ``lookup`` in its path, including the query string."""
        match: Any = self.request.resolver_match
        path = reverse(match.view_name, kwargs={**match.kwargs, self.lookup_field: lookup})
        query = self.request.query_params.urlencode()
        return Response(status=308, headers={"Location": absolute(f"{path}?{query}" if query else path)})

    def not_found(self, text: str) -> APIException:
        """The 404 for this address, or a 410 if the record was erased."""
        if erasure := self.find_erasure(text):
            return erased_problem(erasure)
        kind = self.get_queryset().model._meta.verbose_name
        return NotFound(f"There is no {kind} {shorten(text)}.")

    def find_erasure(self, text: str) -> Erasure | None:
        """The erasure of the record that had this address, or has this uid."""
        record_type = self.get_queryset().model.record.type
        erasures = Erasure.objects.filter(record_type=record_type)
        if self.lookup_field == "slug":
            known = Q(pk__in=ErasedDigest.objects.of(DigestKind.ADDRESS, text.lower()).values("erasure"))
        else:
            number = parse_id(text)
            known = Q(record_id=number) if number else Q(pk__in=[])
        if uid := parse_uid(text):
            known |= Q(uid=uid)
        return erasures.filter(known).first()

    @action(
        detail=True,
        collection=True,
        serializer_class=VersionSerializer,
        detail_serializer_class=None,
        filterset_class=None,
        pagination_class=KeysetPagination,
        renderer_classes=[JSONRenderer],
        ordering=("-version", "-id"),
    )
    def history(self, request: Request, **kwargs: Any) -> Response:
        """What happened to the record while it was public, newest first, also after a retraction.

        Of an erased record it shows the erasure, and nothing from before.
        """
        text = self.kwargs[self.lookup_field]
        value = self.parse_lookup(text)
        records = self.get_queryset().model._default_manager
        record: Any = value and records.filter(**{self.lookup_field: value}).first()
        if record:
            versions = Change.objects.of(record).public()
        elif erasure := self.find_erasure(text):
            changes = Change.objects.of_uid(erasure.record_type, erasure.uid)
            versions = changes.public().filter(action=Action.ERASED)
        else:
            versions = Change.objects.none()
        if not versions.exists():
            return self.missing_response(text)
        return self.get_page(versions.with_before()).response()


@lru_cache(maxsize=256)  # bounded: clients can ask for any part of a shape
def _reader(
    view: type[RecordViewSet], for_editors: bool, shape: type[RowSerializer]
) -> Callable[..., list[Row]]:
    """A function that reads the record whose lookup field has the argument ``value``."""
    lookup = {view.lookup_field: Placeholder("value")}
    return prepare_rows(shape, lambda: view.records(for_editors=for_editors).filter(**lookup))


def erased_problem(erasure: Erasure) -> Problem:
    """The 410 for an erased record."""
    return Problem(
        410,
        f"Erased on {erasure.erased_on}: {erasure.get_reason_code_display()}.",
        code="erased",
        uid=erasure.uid,
        record_type=erasure.record_type,
        erased_on=erasure.erased_on,
        reason_code=erasure.reason_code,
    )

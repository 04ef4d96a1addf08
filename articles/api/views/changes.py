"""The public ledger: the feed of all changes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import PolymorphicProxySerializer

from actors.api.serializers import ActorSerializer
from actors.models import Actor
from articles.api.serializers import ArticleDetailSerializer, OutletSerializer, StatementSerializer
from articles.models import Article, Outlet, Statement
from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.request.filters import ChoiceFilter, Filter, FilterSet
from newsdb.api.request.parameters import MAX_ID, IntegerParameter
from newsdb.api.rows.fields import Computed
from newsdb.api.rows.reading import Row, RowsAndKeys, read_rows
from newsdb.api.rows.serializers import RowSerializer
from newsdb.api.rows.versions import computed_action, reason_code
from newsdb.models import Change

#: The serializer and the public rows of each record type.
RECORDS: dict[str, tuple[type[RowSerializer], QuerySet]] = {
    "actor": (ActorSerializer, Actor.objects.not_merged()),
    "outlet": (OutletSerializer, Outlet.objects.not_merged()),
    "article": (ArticleDetailSerializer, Article.objects.public()),
    "statement": (StatementSerializer, Statement.objects.public()),
}


class ChangeSerializer(RowSerializer):
    """One change of a public record."""

    action = computed_action()
    reason_code = reason_code()
    record = Computed(
        PolymorphicProxySerializer(
            component_name="Record",
            serializers=[serializer for serializer, _ in RECORDS.values()],
            resource_type_field_name=None,
        ),
        "record_type",
        compute=str,
        allow_null=True,
        help_text="The record as it is now; null once it is no longer public.",
    )

    class Meta:
        model = Change
        fields = (
            *("sequence", "record_type", "uid", "version", "action", "at"),
            *("reason", "reason_code", "record"),
        )
        example = {
            "sequence": 7,
            "record_type": "statement",
            "uid": StatementSerializer.Meta.example["uid"],
            "version": 1,
            "action": "created",
            "at": "2025-03-05T10:00:00Z",
            "reason": "",
            "reason_code": None,
            "record": StatementSerializer,
        }


def _records(wanted: Iterable[tuple[str, Any]]) -> dict[Any, Row]:
    uids = defaultdict(set)
    for record_type, uid in wanted:
        uids[record_type].add(uid)
    found = {}
    for record_type, chosen in uids.items():
        serializer, queryset = RECORDS[record_type]
        for row in read_rows(serializer, queryset.filter(uid__in=chosen)):
            found[row["uid"]] = row
    return found


class SequenceFilter(IntegerParameter, Filter):
    """A position in the feed."""


class ChangeFilterSet(FilterSet):
    after = SequenceFilter(
        "sequence",
        lookup_expr="gt",
        minimum=0,
        maximum=MAX_ID,
        help_text="Only changes after this sequence number: where a client continues reading.",
    )
    record_type = ChoiceFilter(many=True, choices=list(RECORDS), help_text="Only changes of these records.")

    class Meta:
        model = Change
        fields: list[str] = []


class ChangeViewSet(ListViewSet):
    """Every change of a public record, oldest first.

    Follow `next` to its end; then ask again with `after` set to the highest `sequence` seen. Numbers are
    assigned at commit, so nothing ever appears below one that was seen. Numbers may be skipped.
    If you keep the latest `record` of each `uid`, and delete those that are null, you have exactly the public
    records. Where `action` is `erased`, delete all you have of that `uid`, including earlier versions.
    """

    queryset = Change.objects.public()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilterSet
    ordering = ("place", "id")
    prunable = False  # records need the fields of the rows
    export = None  # the feed is paged through instead

    def read_rows(self, queryset: QuerySet, keys: tuple[str, ...]) -> RowsAndKeys:
        """Read the rows, then all their records, one query per type."""
        rows, found = super().read_rows(queryset, keys)
        records = _records((row["record_type"], row["uid"]) for row in rows)
        for row in rows:
            row["record"] = records.get(row["uid"])
        return rows, found

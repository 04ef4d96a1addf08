"""The ledger in public: the feed of all changes, and the history of one record."""

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

#: What a record of each type is shown as, and among which rows it is looked for.
RECORDS: dict[str, tuple[type[RowSerializer], QuerySet]] = {
    "actor": (ActorSerializer, Actor.objects.standing()),
    "outlet": (OutletSerializer, Outlet.objects.all()),
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
        help_text="The record as it is now; null when it is public no more.",
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
    """A place in the feed."""


class ChangeFilterSet(FilterSet):
    after = SequenceFilter(
        "sequence",
        lookup_expr="gt",
        minimum=0,
        maximum=MAX_ID,
        help_text="Only changes after this sequence number: where a client that has followed so far goes on.",
    )
    record_type = ChoiceFilter(many=True, choices=list(RECORDS), help_text="Only changes of these records.")

    class Meta:
        model = Change
        fields: list[str] = []


class ChangeViewSet(ListViewSet):
    """Every change of a public record, oldest first.

    Follow `next` to its end; then ask again with `after` set to the highest `sequence` seen. Numbers are
    assigned at commit, so nothing ever appears below one that was seen. Numbers may be skipped.
    Whoever keeps, for each `uid`, the latest `record`, and drops those that are null, ends with exactly
    the public records. Where `action` is `erased`, delete all you have of that `uid`, earlier versions
    included.
    """

    queryset = Change.objects.public()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilterSet
    ordering = ("place", "id")
    prunable = False  # the records are read by what the rows show
    export = None  # the feed is followed by its numbers

    def read_rows(self, queryset: QuerySet, keys: tuple[str, ...]) -> RowsAndKeys:
        """As any rows; then the records of all of them are read together, by type."""
        rows, found = super().read_rows(queryset, keys)
        records = _records((row["record_type"], row["uid"]) for row in rows)
        for row in rows:
            row["record"] = records.get(row["uid"])
        return rows, found

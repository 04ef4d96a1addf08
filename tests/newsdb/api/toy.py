"""A small API over Django's own models, so that the conventions are tested without newsdb's apps.

Use it with ``@pytest.mark.urls("tests.newsdb.api.toy")``.
"""

from django.contrib.admin.models import ACTION_FLAG_CHOICES, LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import QuerySet
from django.urls import path
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from newsdb.api.endpoints.base import StrictView
from newsdb.api.endpoints.records import RecordViewSet
from newsdb.api.endpoints.response_docs import ResponseDoc
from newsdb.api.exceptions import ParameterError, Problem
from newsdb.api.request.filters import BooleanFilter, ChoiceFilter, Filter, FilterSet, TextFilter
from newsdb.api.request.parameters import MAX_ID, ChoiceParameter, IntegerParameter
from newsdb.api.response import problems
from newsdb.api.rows.fields import Computed, Url
from newsdb.api.rows.serializers import RowSerializer
from newsdb.api.urls import Router, api_urls

PEOPLE = {"ann": ["Ann Lee"], "kim": ["Kim Tae-hyo", "Kim Yo-jong"]}


class PermissionSerializer(RowSerializer):
    """What may be done to a kind of record."""

    class Meta:
        model = Permission
        fields = ("codename", "name")
        ordering = ("codename",)


class KindSerializer(RowSerializer):
    """A kind of record."""

    label = Computed(
        serializers.CharField(),
        "app_label",
        "model",
        compute=lambda app, model: f"{app}.{model}",
        help_text="Both names in one.",
    )

    class Meta:
        model = ContentType
        fields = ("app_label", "model", "label")


class KindDetailSerializer(KindSerializer):
    """A kind of record and all that may be done to it."""

    permission_set = PermissionSerializer(many=True)
    codenames = serializers.SlugRelatedField(
        source="permission_set", slug_field="codename", many=True, queryset=Permission.objects.all()
    )

    class Meta(KindSerializer.Meta):
        fields = (*KindSerializer.Meta.fields, "permission_set", "codenames")


class KindOfEntrySerializer(KindDetailSerializer):
    """The kind of what was done."""

    class Meta(KindDetailSerializer.Meta):
        fields = ("app_label", "model", "permission_set", "codenames")


class UserSerializer(RowSerializer):
    """Who did it."""

    class Meta:
        model = User
        fields = ("username", "is_staff")


class MessageSerializer(RowSerializer):
    """What was noted."""

    class Meta:
        model = LogEntry
        fields = ("change_message", "object_repr")
        blank_as_null = ("change_message",)


class EntrySerializer(RowSerializer):
    """Something that was done."""

    url = Url("entry-detail", "id")
    user = UserSerializer(help_text="Who did it.")
    kind = KindOfEntrySerializer(source="content_type", allow_null=True)
    note = MessageSerializer(source="*")

    class Meta:
        model = LogEntry
        fields = ("id", "url", "action_time", "action_flag", "object_id", "user", "kind", "note")


class KindFilter(IntegerParameter, Filter):
    """A content type's id."""


def filtered(filterset: FilterSet, queryset: QuerySet) -> QuerySet:
    """The rows that pass every filter given."""
    return filterset.filter_queryset(queryset, filterset.resolve())


class EntryFilterSet(FilterSet):
    user = TextFilter("user__username", many=True, help_text="Who did it.")
    action = ChoiceFilter("action_flag", choices=ACTION_FLAG_CHOICES, many=True, help_text="What.")
    staff = BooleanFilter("user__is_staff", help_text="Whether staff did it.")
    kind = KindFilter("content_type", minimum=1, maximum=MAX_ID, help_text="Its kind.")
    words = TextFilter(help_text="In the note.")

    def resolve_user(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Names as they are stored; "kim" is nobody's alone, and "nobody" is nobody's."""
        for name in names:
            if name == "kim":
                raise ParameterError(
                    "user",
                    "ambiguous",
                    "user=kim: there are two.",
                    candidates=[{"name": n} for n in PEOPLE[name]],
                )
        return tuple(name.lower() for name in names if name != "nobody")

    def filter_words(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(change_message__contains=value)


class ToyViewSet(RecordViewSet):
    """Records that are in no ledger."""

    history = None
    export = None

    def find_erasure(self, text: str) -> None:
        return None


class EntryViewSet(ToyViewSet):
    """What was done, newest first."""

    queryset = LogEntry.objects.all()
    serializer_class = EntrySerializer
    filterset_class = EntryFilterSet
    ordering = ("-action_time", "-id")

    @action(
        detail=False,
        pagination_class=None,
        extra_parameters={
            "by": ChoiceParameter(choices=["user", "kind"], many=True, help_text="What to count by."),
        },
    )
    def facets(self, request: Request) -> Response:
        """Counts under the same filters."""
        count = self.filter_queryset(self.get_queryset()).count()
        return Response({"by": self.parameters.get("by", ()), "count": count})


class ElsewhereViewSet(EntryViewSet):
    """The same list at another address."""

    schema = None


class KindViewSet(ToyViewSet):
    """Kinds of records, by name."""

    queryset = ContentType.objects.all()
    serializer_class = KindSerializer
    detail_serializer_class = KindDetailSerializer
    ordering = ("app_label", "model", "id")
    lookup_field = "model"
    other_responses = {
        308: ResponseDoc("It has another name now.", "", ("Location",)),
        410: ResponseDoc("It was retracted.", "It was retracted."),
    }

    def missing_response(self, text: str) -> Response:
        if text == "retracted":
            raise Problem(410, "It was retracted.", reason="No longer true.")
        return super().missing_response(text)


ERRORS: dict[str, Exception] = {
    "conflict": Problem(409, "There is one already.", url="/elsewhere/"),
    "denied": PermissionDenied(),
    "throttled": exceptions.Throttled(wait=7),
    "suspicious": SuspiciousOperation("a secret"),
    "body": exceptions.ValidationError({"speaker": ["Unknown."], "anchors": [{}, {"a/b": ["Too long."]}]}),
    "bug": ZeroDivisionError(),
}


class ErrorView(StrictView):
    """Raises what is asked for."""

    extra_parameters = {"raise": ChoiceParameter(choices=ERRORS, help_text="Which error.")}
    schema = None

    def get(self, request: Request) -> Response:
        raise ERRORS[self.parameters["raise"]]


router = Router()
router.register("entries", EntryViewSet, basename="entry")
router.register("kinds", KindViewSet, basename="kind")

urlpatterns = [
    path("api/v1/errors/", ErrorView.as_view()),
    path("api/v1/elsewhere/", ElsewhereViewSet.as_view({"get": "list"}, detail=False)),
    *api_urls(router),
]

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.page_not_found
handler500 = problems.server_error

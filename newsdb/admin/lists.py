"""The base of the admin's lists, which withstand invalid parameters and search as the API does."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest

from newsdb.admin.autocomplete import is_id
from newsdb.admin.sections import Section
from newsdb.text import fold, fold_name

#: Lookups with which a single request could keep the database busy for minutes.
COSTLY_LOOKUPS = {"regex", "iregex", "in"}


class ListMixin(admin.ModelAdmin):
    """Behaviour that all of the admin's lists share."""

    list_per_page = 50
    show_full_result_count = False
    #: Whether ``search_fields`` are folded keys, so that search words must be folded too.
    folded_search = False
    #: A curator's pending tasks, as filters: {"unchecked statements": {"text_match__exact": "unchecked"}}.
    awaiting: dict[str, dict[str, Any]] = {}
    #: The page on which to do these tasks; "" for the filtered list itself.
    awaiting_page = ""
    #: The section of the home page that lists the model, and its rank within the section.
    section = Section.ACCESS
    place = 0

    def awaiting_first(self) -> Iterable[tuple[str, str, int, str]]:
        """The first items waiting on ``awaiting_page``: name, note, count, and the URL to start at."""
        return ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:  # the year 99999, the id 10^20
            raise IncorrectLookupParameters(str(error)) from error

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        costly = lookup.rsplit("__", 1)[-1] in COSTLY_LOOKUPS
        return not costly and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        if self.folded_search and search_term:
            folded = fold(search_term)
            if not folded:
                return queryset.none(), False
            found, duplicates = super().get_search_results(request, queryset, folded)
            if (name := fold_name(search_term)) != folded:  # people's names are folded differently
                named, more = super().get_search_results(request, queryset, name)
                return found | named, duplicates or more
            return found, duplicates
        return super().get_search_results(request, queryset, search_term)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        if not all(map(is_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("These rows are not in this list.")
        return super().response_action(request, queryset, *args)

    def get_actions(self, request: HttpRequest) -> Any:
        # Records are deleted one at a time, on a page that shows what is deleted with them.
        actions = super().get_actions(request)
        return {name: action for name, action in actions.items() if name != "delete_selected"}


def shorten_list(names: Sequence[str], shown: int) -> list[str]:
    """The first ``shown`` names and, if there are more, a last item that says how many."""
    rest = len(names) - shown
    return [*names[:shown], f"and {rest:,} more"] if rest > 0 else list(names)

from actors.models import Kind
from actors.querysets import ActorQuerySet
from newsdb.api.request.filters import ChoiceFilter, FilterSet, TextFilter, UpdatedAfterFilter


class ActorFilterSet(FilterSet):
    q = TextFilter(
        help_text="Words of any of its names, in any order; case, accents and titles before it are ignored."
    )
    kind = ChoiceFilter(choices=Kind.choices, help_text="person or organisation.")
    updated_after = UpdatedAfterFilter()

    def filter_q(self, queryset: ActorQuerySet, words: str) -> ActorQuerySet:
        return queryset.searched_by(words)

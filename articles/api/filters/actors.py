"""The filters of speakers and authors."""

from actors.models import Actor
from actors.querysets import ActorQuerySet
from newsdb.api.request.filters import FilterSet, TextFilter


class CountedActorFilterSet(FilterSet):
    """Speakers and authors."""

    q = TextFilter(
        help_text="Words of any of its names, in any order; case, accents and titles before it are ignored."
    )

    named_in = TextFilter(
        help_text="Actors that this text may name: people by any word of a name, organisations by all words"
        " of one."
    )

    def filter_q(self, queryset: ActorQuerySet, words: str) -> ActorQuerySet:
        return queryset.searched_by(words)

    def filter_named_in(self, queryset: ActorQuerySet, text: str) -> ActorQuerySet:
        return queryset.named_in(text)

    class Meta:
        model = Actor
        fields: list[str] = []

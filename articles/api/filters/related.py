"""The filters of related links."""

from uuid import UUID

from articles.api.filters.shared import ResolvingFilterSet, resolve_articles
from articles.api.resolution import resolve_printed
from articles.models import RelatedLink
from newsdb.api.request.date_filters import DateFilterSet
from newsdb.api.request.filters import TextFilter, UidFilter


class RelatedLinkFilterSet(DateFilterSet, ResolvingFilterSet):
    date_columns = ("published_on", "published_last")

    article = UidFilter(
        "related_list__article_id", many=True, help_text="The `uid` of the article it is printed with."
    )
    target = UidFilter("target_id", many=True, help_text="The `uid` of the article that it leads to.")
    outlet = TextFilter("outlet_id", many=True, help_text="The outlet that the link names.")
    section = TextFilter(many=True, help_text="The section as printed.")

    def resolve_target(self, uids: tuple[UUID, ...]) -> tuple[int, ...]:
        return resolve_articles("target", uids)

    def resolve_section(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return resolve_printed("section", texts, RelatedLink.objects.public(), "section")

    class Meta:
        model = RelatedLink
        fields: list[str] = []

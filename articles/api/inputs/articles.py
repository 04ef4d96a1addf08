"""Input of articles."""

from collections.abc import Sequence
from typing import Any

from actors.api.inputs import ActorField
from articles.api.inputs.fields import OutletField
from articles.models import Article, Byline
from newsdb.addresses import canonical_url
from newsdb.api.request.input_fields import PartialDateField
from newsdb.api.request.inputs import MAX_ROWS, InputSerializer
from newsdb.api.request.strict_serializers import NestedRowSerializer


class BylineInput(NestedRowSerializer):
    """An author of an article, as printed."""

    author = ActorField(help_text="The author's slug.")

    class Meta:
        model = Byline
        fields = ("author", "printed_name", "note")


class ArticleInput(InputSerializer):
    """One piece as one outlet published it, as input."""

    outlet = OutletField(max_length=100, help_text="The slug of the outlet that published it.")
    published_on = PartialDateField(
        help_text="The day, month or year in which it was published, or null if unknown."
    )
    bylines = BylineInput.list_of(max_length=MAX_ROWS, help_text="The authors, in the order printed.")

    class Meta:
        model = Article
        fields = (
            *("uid", "headline", "deck", "outlet", "section", "language", "source_url"),
            *("published_on", "published_precision", "bylines", "reason"),
        )
        creation_only = ("uid",)
        blank_as_null = ("source_url", "published_precision")
        partial_dates = {"published_on": "published_precision"}
        identities = {"uid": "uid", "source_url": "source_url_key"}
        parts = ("bylines",)
        example = {
            "headline": "Council keeps the library open",
            "outlet": "the-example-gazette",
            "section": "Local",
            "language": "en",
            "source_url": "https://gazette.example/library",
            "published_on": "2025-03-01",
            "bylines": [{"author": "ada-example", "printed_name": "A. Example"}],
        }
        patch_example = {"published_on": "2025-03", "reason": "The page does not state the date."}

    def identity(self, name: str, value: Any) -> Any:
        """Normalise a URL, so that its variants are found."""
        return canonical_url(value or "") if name == "source_url" else value

    def write_bylines(self, article: Article, bylines: Sequence[dict[str, Any]]) -> None:
        """Replace the bylines of an article by these, in this order."""
        rows = [Byline(article=article, position=place, **each) for place, each in enumerate(bylines)]
        self.replace_rows(article, "bylines", rows)

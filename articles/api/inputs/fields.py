"""Fields that refer to a record by its identifier."""

from uuid import UUID

from django.db.models import QuerySet

from articles.models import Article, Capture, Outlet
from newsdb.api.request.input_fields import ReferenceField, StrictCharField, StrictUUIDField


class OutletField(ReferenceField, StrictCharField):
    """An outlet, by its slug, a former slug or its Wikidata id."""

    default_error_messages = {"unknown": "There is no outlet at this address."}

    def find(self, written: str) -> QuerySet:
        """The outlet, unless it is merged into another."""
        return Outlet.objects.at_address(written).not_merged()


class ArticleField(ReferenceField, StrictUUIDField):
    """A public article, by its ``uid``."""

    default_error_messages = {
        "invalid": "Give the article's uid, as text.",
        "unknown": "There is no article with this uid, or it was retracted.",
    }

    def find(self, written: UUID) -> QuerySet:
        """The article."""
        return Article.objects.public().filter(uid=written)


class CaptureField(ReferenceField, StrictCharField):
    """A capture, by the SHA-256 of its bytes."""

    default_error_messages = {"unknown": "No capture has this hash."}

    def find(self, written: str) -> QuerySet:
        """The capture."""
        return Capture.objects.filter(sha256=written)

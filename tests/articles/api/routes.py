"""Every list and every kind of record, from the project's router: a new one is tested without being asked."""

from dataclasses import dataclass

from articles.models import Statement
from newsdb.api.parameters import Parameter
from newsdb.api.views import ListViewSet, ReadOnlyViewSet
from newsdb.urls import router
from tests.factories import BylineFactory, RelatedLinkFactory, anchored_statement


@dataclass(frozen=True)
class Route:
    """A list, or with ``detail`` the records of it."""

    prefix: str
    view: type[ListViewSet]
    detail: bool

    def __str__(self) -> str:
        """Its path below ``/api/v1/``, as the OpenAPI description has it."""
        return f"{self.prefix}/{{{self.view.lookup_field}}}/" if self.detail else f"{self.prefix}/"

    @property
    def parameters(self) -> dict[str, Parameter]:
        return self.view(detail=self.detail).known_parameters()

    def path(self, statement: Statement) -> str:
        """Its path, that of a record being the one that has to do with ``statement``."""
        if not self.detail:
            return str(self)
        key = {
            "statements": statement.pk,
            "articles": statement.article.pk,
            "outlets": statement.article.outlet.slug,
            "actors": statement.speaker.slug,
        }[self.prefix]
        return f"{self.prefix}/{key}/"


LISTS = [Route(prefix, view, False) for prefix, view, _ in router.registry]
RECORDS = [Route(each.prefix, each.view, True) for each in LISTS if issubclass(each.view, ReadOnlyViewSet)]
ROUTES = LISTS + RECORDS


def a_row_in_every_list() -> Statement:
    """A statement; its article has an author and a printed link."""
    article = RelatedLinkFactory().related_list.article
    BylineFactory(article=article)
    return anchored_statement("The ferry runs again", article=article)

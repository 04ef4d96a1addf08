"""Every address that is read below ``/api/v1/``, from the project's router: a new one is tested unasked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from articles.models import Statement
from newsdb.api.request.parameters import Parameter
from newsdb.urls import router
from tests.factories import BylineFactory, RelatedLinkFactory, anchored_statement

#: What an action does not answer without, by the action's name.
REQUIRED = {"facets": {"by": "speaker,outlet,kind,day,month,year"}}


@dataclass(frozen=True)
class Route:
    """What one action of a view answers at."""

    prefix: str
    view: Any
    action: str
    detail: bool
    suffix: str = ""
    settings: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Its path below ``/api/v1/``, as the OpenAPI description has it."""
        return self._path(f"{{{self.view.lookup_field}}}") if self.detail else self._path("")

    def _path(self, key: object) -> str:
        return "".join(f"{part}/" for part in (self.prefix, key, self.suffix) if part)

    def path(self, statement: Statement) -> str:
        """Its path; of records, that of the one that has to do with ``statement``."""
        if not self.detail:
            return self._path("")
        keys = {
            "statements": statement.uid,
            "articles": statement.article.uid,
            "outlets": statement.article.outlet.slug,
            "actors": statement.speaker.slug,
        }
        return self._path(keys[self.prefix])

    @property
    def required(self) -> dict[str, str]:
        """The parameters that have to be given."""
        return REQUIRED.get(self.action, {})

    @property
    def parameters(self) -> dict[str, Parameter]:
        view = self.view(**self.settings, action=self.action, detail=self.detail)
        return view.known_parameters()


def _routes() -> Iterator[Route]:
    for prefix, view, _ in router.registry:
        yield Route(prefix, view, "list", detail=False)
        if hasattr(view, "retrieve"):
            yield Route(prefix, view, "retrieve", detail=True)
        extra: Any
        for extra in view.get_extra_actions():
            if "get" not in extra.mapping:
                continue
            yield Route(prefix, view, extra.__name__, extra.detail, extra.url_path, extra.kwargs)


ROUTES = list(_routes())
RECORDS = [route for route in ROUTES if route.action == "retrieve"]


def a_row_in_every_list() -> Statement:
    """A statement; its article has an author and a printed link."""
    article = RelatedLinkFactory().related_list.article
    BylineFactory(article=article)
    statement = anchored_statement("The ferry runs again", article=article)
    settle()
    return statement


def settle() -> None:
    """Number the ledger's rows, which PostgreSQL does at commit; a test's transaction has none."""
    connection.check_constraints()

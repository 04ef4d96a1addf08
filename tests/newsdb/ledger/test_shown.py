"""What lists show, the ledger notes: an answer is given again until it says that something has changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from newsdb.api.plans import Plan
from newsdb.api.rows import RowSerializer
from newsdb.api.views import ListViewSet
from newsdb.ledger.records import table_of
from newsdb.models import Change

#: Worked out from rows whose coming and going the ledger notes too.
WORKED_OUT = {"statement_count", "article_count"}


def lists(base: Any = ListViewSet) -> Iterator[Any]:
    """The project's views of lists of rows."""
    assert get_resolver().url_patterns  # which imports them all
    for view in base.__subclasses__():
        rows = issubclass(view.serializer_class or object, RowSerializer)
        if rows and not view.__module__.startswith("tests."):
            yield view
        yield from lists(view)


def shown(model: Any, plan: Plan) -> Iterator[tuple[Any, str]]:
    """The columns that a row is made of, and those of its children, by model."""
    yield from ((model, path) for path in plan.columns if path not in WORKED_OUT)
    for children in plan.children:
        yield from shown(children.queryset().model, children.plan)


SHOWN = {
    f"{model.__name__}.{path}": (model, path)
    for view in lists()
    if (of := view.serializer_class.Meta.model) is not Change  # the ledger's own rows never change
    for model, path in shown(of, view.serializer_class.plan())
}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_ledger_notes_what_lists_show(name: str) -> None:
    model, path = SHOWN[name]
    *relations, column = path.split("__")
    for relation in relations:
        assert model._meta.get_field(relation).attname in noted(model)
        model = model._meta.get_field(relation).related_model
    assert model._meta.get_field(column).attname in noted(model)


def noted(model: Any) -> set[str]:
    """The columns that never change, or not without a row in the ledger."""
    table = table_of(model)
    return {
        "id",
        "updated_at",
        *(f.attname for f in table.fields),
        *([table.link.attname] if table.parent else []),
    }


def test_lists_show_all_kinds_of_records() -> None:
    assert {name.partition(".")[0] for name in SHOWN} >= {
        "Actor",
        "Article",
        "Outlet",
        "RelatedLink",
        "Statement",
    }

"""What lists show, the ledger notes: an answer is given again until it says that something has changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from rest_framework import serializers

from newsdb.api.endpoints.lists import ListViewSet
from newsdb.api.rows.fields import Computed, Siblings
from newsdb.api.rows.serializers import RowSerializer
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


def shown(serializer: Any, prefix: str = "") -> Iterator[tuple[Any, str]]:
    """The columns that a row is made of, and those of its children, by model."""
    model = serializer.Meta.model
    for field in serializer.fields.values():
        source = prefix + str(field.source).replace(".", "__")
        match field:
            case Siblings():
                yield model, prefix + field.columns[0]
                yield from shown(field.output.child)  # type: ignore[attr-defined]
            case Computed():
                yield from ((model, prefix + column) for column in field.columns)
            case serializers.ModelSerializer(source="*"):
                yield from shown(field, prefix)
            case serializers.ModelSerializer():
                yield from ((model, path) for _, path in shown(field, f"{source}__"))
            case serializers.ListSerializer():
                yield from shown(field.child)
            case serializers.ManyRelatedField():
                relations = {each.get_accessor_name(): each for each in model._meta.related_objects}
                yield relations[field.source].related_model, field.child_relation.slug_field  # type: ignore[attr-defined]
            case _ if source not in WORKED_OUT:
                yield model, source


SHOWN = {
    f"{model.__name__}.{path}": (model, path)
    for view in lists()
    if (of := view.serializer_class.Meta.model) is not Change  # the ledger's own rows never change
    for model, path in shown(view.serializer_class())
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

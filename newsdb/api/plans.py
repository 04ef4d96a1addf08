"""Plans: from a serializer's declaration to columns and a compiled function that builds rows.

Going through model instances and serializer fields costs ten times what the query does. A plan is made
once: the columns to select, and one expression such as ``{'id': c0, 'speaker': None if c1 is None else
{'slug': c2}}``, compiled to a function over tuples. Lists of children are one further query for all rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import ManyToOneRel, Model, QuerySet
from rest_framework import serializers

from newsdb.api.fields import Computed, Siblings
from newsdb.api.selection import Values, read_referring

Row = dict[str, Any]

#: Fields whose column's value goes into JSON as it is. Anything else has to be declared ``Computed``.
PLAIN = (
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.DateTimeField,
    serializers.FloatField,
    serializers.IntegerField,
    serializers.BigIntegerField,
    serializers.JSONField,
    serializers.PrimaryKeyRelatedField,
    serializers.UUIDField,
)


@dataclass(frozen=True)
class Plan:
    """How tuples of ``columns`` become rows."""

    columns: tuple[str, ...]
    #: Where in a tuple the values of the key columns asked for stand.
    keys: tuple[int, ...]
    #: Called with the tuples, then what ``children`` and ``prepare`` yield, in order.
    function: Callable[..., list[Any]]
    children: tuple["Children", ...] = ()
    #: Make, once a page, the functions that compute values.
    prepare: tuple[Callable[[], Callable[..., Any]], ...] = ()
    #: What ``function`` was compiled from.
    source: str = ""

    @property
    def form(self) -> tuple[Any, ...]:
        """What two plans have in common that make the same of the same rows, what is computed aside."""
        children = ((each.foreign_key, each.ordering, each.plan.form) for each in self.children)
        return (self.columns, self.source, *children)

    def build(self, tuples: Sequence[Values]) -> list[Any]:
        """The rows for ``tuples``; runs one query for each kind of children."""
        lists = (each.load(tuples) for each in self.children)
        return self.function(tuples, *lists, *(prepare() for prepare in self.prepare))


@dataclass(frozen=True)
class Children:
    """Records that refer to each row, as a list in it."""

    queryset: Callable[[], QuerySet]
    foreign_key: str
    ordering: tuple[str, ...]
    #: Has the foreign key as its key; values of further keys are listed before each record.
    plan: Plan
    #: Where in the parent's tuple the value stands that the foreign key refers to.
    parent: int

    def load(self, parents: Sequence[Values]) -> dict[Any, list[Any]]:
        """The children of all ``parents``, by the value that they refer to."""
        wanted = {values[self.parent] for values in parents} - {None}
        tuples = read_referring(self.queryset, self.foreign_key, wanted, self.ordering, self.plan.columns)
        key, *others = self.plan.keys
        by_parent: dict[Any, list[Any]] = {}
        for values, child in zip(tuples, self.plan.build(tuples), strict=True):
            told = (*(values[other] for other in others), child) if others else child
            by_parent.setdefault(values[key], []).append(told)
        return by_parent


def plan_of(serializer: Any, keys: Iterable[str] = ()) -> Plan:
    """The plan for an instance of a ``RowSerializer``.

    ``keys`` are columns to select whether or not the rows show them. Raises ``ImproperlyConfigured``
    for a field that cannot be read from columns.
    """
    return _Compiler().plan(serializer, keys)


class _Compiler:
    """Writes the expression for one row while it collects the columns, children and functions in it."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self.children: list[Children] = []
        self.prepare: list[Callable[[], Callable[..., Any]]] = []

    def plan(self, serializer: Any, keys: Iterable[str]) -> Plan:
        row = self.members(serializer, "")
        key_places = tuple(self.place(key) for key in keys)
        columns = "".join(f"c{place}, " for place in self.columns.values())
        parameters = ["rows"]
        parameters += [f"lists{number}" for number in range(len(self.children))]
        parameters += [f"compute{number}" for number in range(len(self.prepare))]
        # There is nothing in it but numbered names and the quoted names of declared fields.
        source = f"lambda {', '.join(parameters)}: [{row} for ({columns}) in rows]"
        function = eval(source, {"__builtins__": {}})  # noqa: S307
        return Plan(
            tuple(self.columns), key_places, function, tuple(self.children), tuple(self.prepare), source
        )

    def place(self, path: str) -> int:
        return self.columns.setdefault(path, len(self.columns))

    def members(self, serializer: Any, prefix: str) -> str:
        values = {name: self.value(serializer, field, prefix) for name, field in serializer.fields.items()}
        return "{" + ", ".join(f"{name!r}: {value}" for name, value in values.items()) + "}"

    def value(self, serializer: Any, field: Any, prefix: str) -> str:
        model = serializer.Meta.model
        if isinstance(field, Siblings):
            return self.siblings(field, model, prefix)
        if isinstance(field, Computed):
            arguments = ", ".join(f"c{self.place(prefix + column)}" for column in field.columns)
            self.prepare.append(field.prepare)
            return f"compute{len(self.prepare) - 1}({arguments})"
        if isinstance(field, serializers.ModelSerializer):
            return self.members(field, prefix) if field.source == "*" else self.nested(field, model, prefix)
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
            return self.child_list(field, model, prefix)
        if not isinstance(field, PLAIN):
            name = f"{type(serializer).__name__}.{field.field_name}"
            raise ImproperlyConfigured(f"{name} is not read from a column: declare it Computed.")
        place = self.place(prefix + str(field.source).replace(".", "__"))
        return f"(c{place} or None)" if field.field_name in serializer.blank_as_null() else f"c{place}"

    def nested(self, field: Any, model: type[Model], prefix: str) -> str:
        path, nullable, key = prefix, False, ""
        for name in field.source.split("."):
            relation: Any = model._meta.get_field(name)
            model = relation.related_model
            key = path + getattr(relation, "attname", f"{name}__{model._meta.pk.attname}")
            path += f"{name}__"
            nullable = nullable or relation.null
        inner = self.members(field, path)
        hidden = [f"c{self.place(key)} is None"] if nullable else []
        for column, value in field.shown_while().items():
            hidden.append(f"c{self.place(path + column)} != {value!r}")
        return f"(None if {' or '.join(hidden)} else {inner})" if hidden else inner

    def siblings(self, field: Siblings, model: type[Model], prefix: str) -> str:
        (column,) = field.columns
        key, shown = str(model._meta.pk.attname), dict(field.shown_while)
        serializer: Any = field.output.child  # type: ignore[attr-defined]
        plan = plan_of(serializer, [column, key, *shown])
        self.children.append(Children(serializer.children, column, (key,), plan, self.place(prefix + column)))
        # Each is (key, *shown, row) here.
        names = [f"s{number}" for number in range(len(shown))]
        hidden = "".join(
            f" and ({name} == {value!r} or {name} == c{self.place(prefix + each)})"
            for name, (each, value) in zip(names, shown.items(), strict=True)
        )
        found = f"lists{len(self.children) - 1}.get(c{self.place(prefix + column)}, [])"
        each = f"({', '.join(['other', *names, 'row'])})"
        return f"[row for {each} in {found} if other != c{self.place(prefix + key)}{hidden}]"

    def child_list(self, field: Any, model: type[Model], prefix: str) -> str:
        relations = {each.get_accessor_name(): each for each in model._meta.related_objects}
        relation: Any = relations.get(field.source)
        if not isinstance(relation, ManyToOneRel):
            raise ImproperlyConfigured(f"{model.__name__}.{field.source}: no foreign key ends there.")
        foreign_key, child_model = relation.field.attname, relation.related_model
        ordering: Any = child_model._meta.ordering
        if isinstance(field, serializers.ManyRelatedField):  # of one column's values
            column: str = getattr(field.child_relation, "slug_field", "pk")
            plan = Plan((column, foreign_key), (1,), lambda tuples: [values[0] for values in tuples])
            queryset = child_model._default_manager.all
        else:
            plan = plan_of(field.child, [foreign_key])
            queryset = field.child.children
            ordering = getattr(field.child.Meta, "ordering", ordering)
        parent = self.place(prefix + model._meta.pk.attname)
        self.children.append(Children(queryset, foreign_key, tuple(ordering or ["pk"]), plan, parent))
        return f"lists{len(self.children) - 1}.get(c{parent}, [])"

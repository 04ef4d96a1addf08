"""The queries made by chance use every filter that a list has."""

import pytest
from django.urls import resolve

from tests.hostile.queries import FILTERS

#: Filters for editors, whose lists the two stores are not compared on.
FOR_EDITORS = {"status"}


@pytest.mark.parametrize("path", FILTERS)
def test_every_filter_has_values(path: str) -> None:
    view = resolve(f"/api/v1/{path}/").func.cls  # type: ignore[attr-defined]
    declared = set(view.filterset_class.base_filters) if view.filterset_class else set()
    assert declared - FOR_EDITORS == set(FILTERS[path]) & declared

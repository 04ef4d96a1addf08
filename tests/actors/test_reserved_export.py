"""The address of a list's export is no record's."""

import pytest
from django.core.exceptions import ValidationError

from actors.models import Actor
from newsdb.addresses import free_slug


def test_no_new_one_gets_it(db: None) -> None:
    assert free_slug("Export", taken=lambda slug: False, otherwise="actor") == "export-2"
    with pytest.raises(ValidationError, match="cannot be export"):
        Actor(name="Export", slug="export").full_clean()

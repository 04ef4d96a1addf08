"""What a test commits is gone before the next one, and what migrating put there is there again."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from articles.models import Statement
from articles.search.query import parse_query
from newsdb.models import Change, EditorGrant
from newsdb.models.token import EDITORS
from tests.factories import anchored_statement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("run", range(2))
def test_the_database_is_as_it_was_made(run: int) -> None:
    """The second time after the first has committed all this."""
    filled = {model._meta.db_table for model in apps.get_models() if model._base_manager.exists()}
    assert filled == {"auth_group", "auth_permission", "django_content_type", "newsdb_editorgrant"}
    assert Permission.objects.filter(codename="change_statement").exists()
    Group.objects.get(name=EDITORS).delete()
    Permission.objects.all().delete()
    EditorGrant.objects.all().delete()
    words = parse_query(f"words {run}")
    assert not Statement.objects.search(words).exists()
    anchored_statement(f"Words of run {run}")
    assert Statement.objects.search(words).exists()
    assert Change.objects.exists()  # its triggers are there

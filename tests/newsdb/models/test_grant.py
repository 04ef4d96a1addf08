"""The group of editors is given its permissions once, by migrating."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from newsdb.models import EditorGrant
from newsdb.models.token import EDITORS

pytestmark = pytest.mark.django_db


def held() -> set[str]:
    rows = Permission.objects.filter(group__name=EDITORS).values_list("content_type__app_label", "codename")
    return {".".join(row) for row in rows}


def take_away(codename: str) -> None:
    Group.objects.get(name=EDITORS).permissions.remove(Permission.objects.get(codename=codename))


def test_editors_have_what_curating_takes_and_nothing_else() -> None:
    found = held()
    assert {
        "articles.change_statement",
        "articles.add_capture",
        "actors.add_role",
        "newsdb.view_change",
    } <= found
    assert {name.split(".")[0] for name in found} == {"actors", "articles", "newsdb"}
    assert {name for name in found if name.startswith("newsdb.")} == {"newsdb.view_change"}
    assert set(EditorGrant.objects.values_list("permission", flat=True)) == found


def test_what_was_taken_away_stays_away() -> None:
    take_away("delete_statement")
    before = held()
    call_command("migrate", verbosity=0)
    assert held() == before
    assert "articles.delete_statement" not in before


def test_what_a_later_version_adds_is_given() -> None:
    take_away("view_outlet")
    EditorGrant.objects.get(permission="articles.view_outlet").delete()  # as if it had not been there yet
    call_command("migrate", verbosity=0)
    assert "articles.view_outlet" in held()


def test_a_group_that_was_deleted_is_made_again_without_permissions() -> None:
    Group.objects.get(name=EDITORS).delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.filter(name=EDITORS).exists()
    assert held() == set()


def test_a_model_of_the_same_name_in_another_app_is_not_meant() -> None:
    take_away("view_outlet")
    EditorGrant.objects.get(permission="articles.view_outlet").delete()
    other = ContentType.objects.create(app_label="almanac", model="outlet")  # sorts before "articles"
    Permission.objects.create(content_type=other, codename="view_outlet", name="Can view outlet")
    call_command("migrate", verbosity=0)
    assert {name for name in held() if name.endswith(".view_outlet")} == {"articles.view_outlet"}


@pytest.mark.django_db(transaction=True)
def test_a_model_is_granted_with_the_migration_that_adds_it() -> None:
    Permission.objects.filter(codename__endswith="_outletmerge").delete()
    EditorGrant.objects.filter(permission__endswith="_outletmerge").delete()
    call_command("migrate", "articles", "0026", verbosity=0)
    assert "articles.view_outletmerge" not in held()
    call_command("migrate", verbosity=0)
    assert "articles.view_outletmerge" in held()

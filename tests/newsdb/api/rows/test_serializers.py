"""Row serializers: the one declaration of a shape, completed from the model."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.functions import Lower
from django.test.utils import isolate_apps
from rest_framework import serializers

from newsdb.api.rows.fields import Computed
from newsdb.api.rows.reading import read_rows
from newsdb.api.rows.serializers import RowSerializer
from tests.newsdb.api.toy import EntrySerializer, KindSerializer

pytestmark = [pytest.mark.urls("tests.newsdb.api.toy"), pytest.mark.django_db]

LOG_ENTRY = {
    "app_label": "admin",
    "model": "logentry",
    "permission_set": [
        {"codename": f"{verb}_logentry", "name": f"Can {verb} log entry"}
        for verb in ("add", "change", "delete", "view")
    ],
    "codenames": [f"{verb}_logentry" for verb in ("add", "change", "delete", "view")],
}


def test_the_model_completes_what_a_field_does_not_say() -> None:
    fields: dict[str, Any] = EntrySerializer().fields
    assert fields["user"].fields["is_staff"].help_text == User._meta.get_field("is_staff").help_text
    assert fields["user"].help_text == "Who did it."
    assert list(fields["action_flag"].choices) == [1, 2, 3]
    assert {name: field.allow_null for name, field in fields.items()} == {
        "id": False,
        "url": False,
        "action_time": False,
        "action_flag": False,
        "object_id": True,
        "user": False,
        "kind": True,
        "note": False,
    }
    assert fields["note"].fields["change_message"].allow_null
    assert all(field.required for field in fields.values())


def test_a_relation_that_may_be_null_makes_a_nested_object_nullable() -> None:
    class NestedSerializer(RowSerializer):
        """An entry's kind."""

        content_type = KindSerializer()
        model = serializers.CharField(source="content_type.model")
        who = serializers.CharField(source="user.username")

        class Meta:
            model = LogEntry
            fields = ("content_type", "model", "who")

    fields = NestedSerializer().fields
    assert {name: field.allow_null for name, field in fields.items()} == {
        "content_type": True,
        "model": True,
        "who": False,
    }
    assert fields["who"].help_text == User._meta.get_field("username").help_text


@isolate_apps("tests")
def test_a_generated_column_is_described_by_what_it_generates() -> None:
    class Dated(models.Model):  # noqa: DJ008
        day = models.GeneratedField(
            expression=Lower("id"),
            output_field=models.DateField(null=True),
            db_persist=True,
            help_text="The day.",
        )

        class Meta:
            app_label = "tests"

    class DatedSerializer(RowSerializer):
        """Something dated."""

        class Meta:
            model = Dated
            fields = ("day",)

    field = DatedSerializer().fields["day"]
    assert isinstance(field, serializers.DateField)
    assert (field.help_text, field.allow_null) == ("The day.", True)


def test_what_cannot_be_read_from_a_column_has_to_be_computed() -> None:
    class LooseSerializer(RowSerializer):
        """A group."""

        shout = serializers.SerializerMethodField()

        def get_shout(self, group: Group) -> str:
            return group.name.upper()

        class Meta:
            model = Group
            fields = ("shout",)

    with pytest.raises(ImproperlyConfigured, match=r"LooseSerializer\.shout .* Computed"):
        read_rows(LooseSerializer, Group.objects.all())

    class BadListSerializer(RowSerializer):
        """A group."""

        permissions = KindSerializer(many=True)

        class Meta:
            model = Group
            fields = ("permissions",)

    with pytest.raises(ImproperlyConfigured, match=r"Group\.permissions"):
        read_rows(BadListSerializer, Group.objects.all())

    class FarListSerializer(RowSerializer):
        """A permission and the groups that have it, by way of a third table."""

        group_set = KindSerializer(many=True)

        class Meta:
            model = Permission
            fields = ("group_set",)

    with pytest.raises(ImproperlyConfigured, match=r"Permission\.group_set"):
        read_rows(FarListSerializer, Permission.objects.all())


def test_what_is_computed_cannot_be_nested() -> None:
    class PermissionOfKindSerializer(RowSerializer):
        """A permission and its kind."""

        content_type = KindSerializer()

        class Meta:
            model = Permission
            fields = ("codename", "content_type")

    with pytest.raises(ImproperlyConfigured, match=r"KindSerializer\.label .* nested"):
        read_rows(PermissionOfKindSerializer, Permission.objects.all())


def test_a_shape_without_a_description_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="docstring"):

        class NamelessSerializer(RowSerializer):
            class Meta:
                model = Group
                fields = ("name",)


def test_a_computed_field_is_not_described_by_a_column_of_the_same_name() -> None:
    class ShoutSerializer(RowSerializer):
        """An entry, loudly."""

        object_id = Computed(serializers.CharField(), "object_repr", compute=str.upper)

        class Meta:
            model = LogEntry
            fields = ("object_id",)

    assert not ShoutSerializer().fields["object_id"].allow_null

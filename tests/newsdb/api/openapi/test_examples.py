"""Examples are declared beside the fields, and what one lacks is said in words."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from rest_framework import serializers

from newsdb.api.openapi.examples import example_of, input_example_of
from newsdb.api.rows.fields import Url
from newsdb.api.rows.serializers import RowSerializer
from tests.newsdb.api.toy import KindSerializer

pytestmark = pytest.mark.urls("tests.newsdb.api.toy")


class AuthorSerializer(RowSerializer):
    """Who did it."""

    class Meta:
        model = User
        fields = ("username", "is_staff")
        example: dict[str, Any] = {"username": "ann", "is_staff": True}


class NoteSerializer(RowSerializer):
    """What was noted."""

    url = Url("entry-detail", "id")
    user = AuthorSerializer()

    class Meta:
        model = LogEntry
        fields = ("id", "url", "user", "object_id")
        example: dict[str, Any] = {"id": 7, "object_id": None}


def test_an_example_is_completed_with_its_address_and_what_it_embeds() -> None:
    assert example_of(NoteSerializer) == {
        "id": 7,
        "url": "https://news.example.org/api/v1/entries/7/",
        "user": {"username": "ann", "is_staff": True},
        "object_id": None,
    }
    assert example_of(NoteSerializer(many=False)) == example_of(NoteSerializer)


def test_a_field_without_an_example_is_named() -> None:
    class LackingSerializer(NoteSerializer):
        """As noted, and when."""

        class Meta(NoteSerializer.Meta):
            fields = (*NoteSerializer.Meta.fields, "action_time")

    with pytest.raises(ImproperlyConfigured, match=r"LackingSerializer\.Meta\.example has no 'action_time'"):
        example_of(LackingSerializer)


def test_an_embedded_record_without_an_example_is_named() -> None:
    class UserSerializer(RowSerializer):
        """Who did it."""

        class Meta:
            model = User
            fields = ("username",)

    class OuterSerializer(NoteSerializer):
        """As noted."""

        user = UserSerializer()

    with pytest.raises(ImproperlyConfigured, match=r"OuterSerializer\.Meta\.example has no 'user'"):
        example_of(OuterSerializer)


def test_a_shape_may_declare_none() -> None:
    assert example_of(KindSerializer) is None


def test_an_input_shows_its_own_and_lacks_none() -> None:
    class ChangeInput(serializers.Serializer):
        class Meta:
            example = {"name": "Ann"}

    assert input_example_of(ChangeInput(), patch=False) == {"name": "Ann"}
    with pytest.raises(ImproperlyConfigured, match=r"ChangeInput\.Meta has no patch_example"):
        input_example_of(ChangeInput(), patch=True)

"""Deletion pages that say what prevents the deletion, and what to do instead."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest

from newsdb.admin.lists import shorten_list

OBSTACLES_SHOWN = 20


class DeletionMixin(admin.ModelAdmin):
    """Adds obstacles and alternatives to Django's page that confirms a deletion."""

    #: What to do instead of deleting a record, if deleting it would destroy evidence.
    instead_of_deleting = ""

    def instead(self, record: Any) -> str:
        """What to do instead of deleting this record."""
        return self.instead_of_deleting

    def obstacles(self, record: Any) -> Iterator[str]:
        """Reasons why a record may not be deleted, other than protected references to it."""
        return iter(())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        record = self.get_object(request, unquote(object_id))
        instead = self.instead(record) if record else ""
        return super().delete_view(request, object_id, {"instead": instead, **(extra_context or {})})

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        reasons = [reason for record in objs for reason in self.obstacles(record)]
        return deleted, counts, forbidden, shorten_list([*reasons, *protected], OBSTACLES_SHOWN)

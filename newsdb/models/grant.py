"""Grants the editors' group its admin permissions, each only once: those removed later stay removed."""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import models

from newsdb.ledger import Part, Record
from newsdb.models.fields import CharField
from newsdb.models.token import EDITORS


class EditorGrant(models.Model):
    """A permission that was granted to the editors' group, and is not granted again."""

    permission = CharField(max_length=200, unique=True, help_text="For example: articles.change_statement.")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["permission"]

    def __str__(self) -> str:
        return self.permission


def grant_to_editors(app_config: AppConfig, using: str, apps: Any) -> None:
    """Create the editors' group, and grant it those permissions for an app's models that it never had.

    ``apps`` has the models in the state that the database is migrated to.
    """
    if "auth" not in apps.all_models or "editorgrant" not in apps.all_models["newsdb"]:
        return  # only newsdb was migrated, or part of it
    from django.contrib.auth.management import create_permissions

    group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=EDITORS)
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    grants = apps.get_model("newsdb", "EditorGrant").objects.using(using)
    granted = set(grants.values_list("permission", flat=True))
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for codename in permissions_of_editors(app_config):
        name = f"{app_config.label}.{codename}"
        found = permissions.filter(content_type__app_label=app_config.label, codename=codename).first()
        if found and name not in granted:
            group.permissions.add(found)
            grants.create(permission=name)


def permissions_of_editors(app_config: AppConfig) -> Iterator[str]:
    """The codenames of the permissions for an app's models that editors need.

    For records of the ledger and their parts, these are all permissions; for other models, those that the
    model lists in ``editors_may``, as in ``("view",)``.
    """
    for model in app_config.get_models():
        is_record = isinstance(getattr(model, "record", None), Record | Part)
        actions = model._meta.default_permissions if is_record else getattr(model, "editors_may", ())
        yield from (f"{action}_{model._meta.model_name}" for action in actions)

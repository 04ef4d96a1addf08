from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db import connections
from django.db.models.signals import post_migrate, pre_delete, pre_save


class NewsdbConfig(AppConfig):
    name = "newsdb"
    verbose_name = "Ledger and access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsdb import checks  # noqa: F401
        from newsdb.ledger.rewriting import refuse_large_deletion, refuse_large_save

        post_migrate.connect(_install_triggers, sender=self)
        post_migrate.connect(_grant_to_editors)
        pre_save.connect(refuse_large_save)
        pre_delete.connect(refuse_large_deletion)


def _install_triggers(using: str, **kwargs: Any) -> None:
    from newsdb.ledger.install import install

    install(connections[using])


def _grant_to_editors(app_config: AppConfig, using: str, apps: Any = installed, **kwargs: Any) -> None:
    from newsdb.models.grant import grant_to_editors

    grant_to_editors(app_config, using, apps)

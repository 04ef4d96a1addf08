from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class NewsdbConfig(AppConfig):
    name = "newsdb"
    verbose_name = "Ledger and access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(using: str, **kwargs: Any) -> None:
    from newsdb.ledger.install import install

    install(connections[using])

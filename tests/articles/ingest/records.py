"""All that is recorded, to be compared."""

from typing import Any

from django.apps import apps

from newsdb.models import Change


def rows() -> dict[str, list[Any]]:
    """Everything the dataset's tables hold, and how far the ledger has come."""
    models = [model for label in ("actors", "articles") for model in apps.get_app_config(label).get_models()]
    held = {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}
    return held | {"ledger": [Change.objects.count()]}

"""Every text in the tables that holds certain words."""

from django.apps import apps


def every_text(words: str) -> list[str]:
    """Columns, by table, that hold ``words`` as they are."""
    return [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for row in model._base_manager.values()
        for name, value in row.items()
        if words in str(value)
    ]

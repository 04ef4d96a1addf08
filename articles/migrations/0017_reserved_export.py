"""The slug `export` is reserved: below a list, `export/` is its export."""

from typing import Any

from django.db import migrations, models

from newsdb.addresses import free_slug
from newsdb.ledger import attributed


def rename(apps: Any, schema_editor: Any) -> None:
    """Give who has it another slug; the former one stays an alias in filters and bodies."""
    connection = schema_editor.connection
    records = apps.get_model("articles", "Outlet")._base_manager.using(connection.alias)
    addresses = apps.get_model("articles", "OutletSlug")._base_manager.using(connection.alias)
    slug = free_slug("export", taken=lambda slug: addresses.filter(slug=slug).exists(), otherwise="export")
    with attributed(by="", reason="The list's export has this address.", using=connection.alias):
        records.filter(slug="export").update(slug=slug)
    connection.check_constraints()  # a table with changes that wait for the commit cannot be altered


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_document"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="outlet",
            name="articles_outlet_slug_reserved",
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^(q[0-9]+|export)\\Z"), _negated=True),
                name="articles_outlet_slug_reserved",
                violation_error_message="A slug cannot be export, or q followed by digits, which is reserved for Wikidata ids.",
            ),
        ),
    ]

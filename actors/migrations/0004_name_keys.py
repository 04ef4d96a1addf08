"""Names of people are looked up without ł, ø, đ, ð, ı, æ, œ and þ too: their keys are computed again."""

from typing import Any

from django.db import migrations

import newsdb.models.fields
import newsdb.text
from newsdb.ledger import attributed

REASON = "Names are found in both spellings of letters such as ł and ø."


def rebuild(apps: Any, schema_editor: Any) -> None:
    """Rebuild the keys of names. No address changes."""
    alias = schema_editor.connection.alias
    with attributed(by="", reason=REASON, using=alias):
        for model, column in (("Actor", "name_key"), ("ActorName", "key")):
            rows = apps.get_model("actors", model)._base_manager.using(alias)
            found = rows.order_by("pk").values_list("pk", "name", column)
            changed = [
                (pk, key) for pk, name, old in found.iterator() if (key := newsdb.text.fold_name(name)) != old
            ]
            for pk, key in changed:
                rows.filter(pk=pk).update(**{column: key})


class Migration(migrations.Migration):
    dependencies = [("actors", "0003_actor_of_kind")]

    operations = [
        # Nothing changes in the tables, and rebuilding one would drop its triggers on SQLite.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="actor",
                    name="name_key",
                    field=newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold_name,
                        max_length=None,
                        source="name",
                    ),
                ),
                migrations.AlterField(
                    model_name="actorname",
                    name="key",
                    field=newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold_name,
                        max_length=None,
                        source="name",
                    ),
                ),
            ]
        ),
        migrations.RunPython(rebuild, migrations.RunPython.noop),
    ]

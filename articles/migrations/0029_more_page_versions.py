"""Computes again the keys by which pages are found, since more versions of a page now have the same key.

An article whose new key another one has already keeps its former key: they are one article, which only a
person can merge or retract.
"""

from typing import Any

from django.db import migrations

from newsdb.addresses import canonical_url
from newsdb.ledger import attributed

REASON = "Addresses of mobile, AMP and archived versions are recognised as the page's own."


def rebuild(apps: Any, schema_editor: Any) -> None:
    """Rebuild the keys of articles and captures."""
    alias = schema_editor.connection.alias
    with attributed(by="", reason=REASON, using=alias):
        for name in ("Article", "Capture"):
            rows = apps.get_model("articles", name)._base_manager.using(alias)
            found = (
                rows.exclude(source_url="").order_by("pk").values_list("pk", "source_url", "source_url_key")
            )
            changed = [(pk, key) for pk, url, old in found.iterator() if (key := canonical_url(url)) != old]
            for pk, key in changed:
                if name == "Capture" or not rows.filter(source_url_key=key).exists():
                    rows.filter(pk=pk).update(source_url_key=key)


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_lookup_indexes")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]

"""Computes the keys of pages again: more trackers, and more ways to write an archived page's address, are known."""

from importlib import import_module

from django.db import migrations

rebuild = import_module("articles.migrations.0019_keys_of_page_versions").rebuild


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_lookup_indexes")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]

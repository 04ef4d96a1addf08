"""Repairs addresses that the next migration would reject.

Characters that would end an address in markup are percent-encoded, which does not change its meaning. User and
password are removed. What is still no address becomes empty. The ledger keeps the original.
"""

import re
from typing import Any
from urllib.parse import quote

from django.db import migrations

from newsdb.addresses import canonical_url
from newsdb.ledger import attributed

_PARTS = re.compile(r"(https?://)([^/?#]*)(.*)", re.DOTALL)
_LONGEST = 2000

REASON = "An address that could not be shown safely was mended."


def mended(url: str) -> str:
    """``url`` in an allowed form, or ``""`` if it is no address.

    >>> mended('http://ines:secret@x.example/"a"')
    'http://x.example/%22a%22'
    """
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return ""
    scheme, place, rest = parts.groups()
    place = _encoded(place.rpartition("@")[2], "\"<>`\\'")
    url = scheme + place + _encoded(rest, '"<>`\\')
    return url if place and len(url) <= _LONGEST else ""


def _encoded(text: str, characters: str) -> str:
    return "".join(quote(character) if character in characters else character for character in text)


def mend(apps: Any, schema_editor: Any) -> None:
    """Mend the addresses of articles, captures and statements."""
    with attributed(by="", reason=REASON, using=schema_editor.connection.alias):
        for name, column in (
            ("Article", "source_url"),
            ("Capture", "source_url"),
            ("Statement", "said_on_source_url"),
        ):
            rows = apps.get_model("articles", name)._base_manager.using(schema_editor.connection.alias)
            found = rows.exclude(**{column: ""}).values_list("pk", column)
            for pk, url in [row for row in found.iterator() if mended(row[1]) != row[1]]:
                values = {column: mended(url)}
                if column == "source_url":
                    values["source_url_key"] = canonical_url(values[column])
                rows.filter(pk=pk).update(**values)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_in_latest_capture")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]

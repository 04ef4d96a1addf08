"""The bytes of a store: its files, as they lie on the disk, and a dump."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from tests.postgresql import find_programs

_FILES = """
SELECT relname, pg_read_binary_file(path || segment) FROM (
  SELECT relname, pg_relation_filepath(oid) AS path FROM pg_class
  WHERE pg_relation_filenode(oid) IS NOT NULL AND NOT relisshared) files,
  unnest(ARRAY['', '_fsm', '_vm', '_init', '.1']) segment
WHERE (pg_stat_file(path || segment, true)).size IS NOT NULL"""


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the database with its content, by name; on PostgreSQL a dump, too."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        for each in sorted(path.parent.glob(f"{path.name}*")):
            yield each.name, each.read_bytes()
        return
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(_FILES)
        for name, content in cursor.fetchall():
            yield name, bytes(content)
    yield "dump", _dump()


def _dump() -> bytes:
    server = connection.connection.info
    programs = find_programs()
    command = str(programs / "pg_dump") if programs else "pg_dump"
    names = {"HOST": server.host, "PORT": str(server.port), "USER": server.user, "PASSWORD": server.password}
    environment = os.environ | {f"PG{name}": value for name, value in names.items()}
    done = subprocess.run([command, server.dbname], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def holding(*texts: str) -> list[tuple[str, str]]:
    """The files that hold one of ``texts``, in UTF-8 or as JSON escapes it, each with the text."""
    contents = list(files())
    return [
        (name, text)
        for text in texts
        for form in {text.encode(), text.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00")}
        for name, content in contents
        if form in content
    ]

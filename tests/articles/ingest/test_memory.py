"""No document takes a process past 400 MB, however it is packed or marked up."""

import subprocess
import sys
from pathlib import Path

MOST = 400  # MB

READ_ALL = """
import io, re
from pathlib import Path

import django

django.setup()
from backports import zstd

from articles.reading.budget import OverBudgetError
from articles.reading.documents import Document, DocumentError, read_documents
from articles.ingest.material import read_material, receive

HTML, TEXT = b"<html><body><article><p>", b"The bell is back\\n"


def packed(piece, times):
    content = io.BytesIO()
    with zstd.ZstdFile(content, "wb") as stream:
        for _ in range(times):
            stream.write(piece)
    return content.getvalue()


MEGABYTE = b" " * 2**20
DOCUMENTS = {
    "tags.html": lambda: HTML + b"<" * 7_000_000,
    "entities.html": lambda: HTML + b"&lt;" * 475_000,
    "emoji.html": lambda: HTML + "A bell rang. ".encode() * 150_000 + "\\U0001f986".encode(),
    "tables.html": lambda: HTML + b"<table><tr><td>A bell</td></tr></table>" * 4_900,
    "script.html": lambda: b'<script type="application/ld+json">[' + b"{}," * 2_500_000 + b"{}]</script><p>A",
    "marks.txt": lambda: TEXT + b"<" * 8_000_000,
    "words.txt": lambda: TEXT + "Ida “No” ".encode() * 60_000,
    "lines.txt": lambda: TEXT + b"a\\n" * 100_000,
    "blanks.zst": lambda: packed(MEGABYTE, 1500),
    "blank lines.zst": lambda: packed(MEGABYTE * 15 + b"\\n", 100),
    "line.jsonl.zst": lambda: packed(b'{"text": "' + b"x" * 2**20, 100),
    "text.jsonl": lambda: b'{"text": "' + b"x" * 24_000_000 + "\\U0001f986".encode() + b'"}',
    "values.jsonl": lambda: b'{"text": "A", "id": [' + b"{}," * 8_000_000 + b"{}]}",
}
for name, make in DOCUMENTS.items():
    found = "read"
    for document in read_documents(io.BytesIO(make()), name=name):
        try:
            if isinstance(document, Document):
                read_material(receive(document))
            else:
                found = document.reason
        except (DocumentError, OverBudgetError) as error:
            found = str(error)
    # Not ru_maxrss: a child begins with its parent's, over exec too.
    most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
    print(int(most) // 1024, name, found, sep="\\t")
"""


def test_no_document_takes_a_process_past_400_megabytes(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        env={"DJANGO_SETTINGS_MODULE": "newsdb.settings", "DATABASE_URL": "sqlite://:memory:"},
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == 13
    assert {row[1]: row[0] for row in rows if int(row[0]) > MOST} == {}

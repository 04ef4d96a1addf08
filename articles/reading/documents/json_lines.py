"""Guards against untrusted JSON Lines: limits the length of a line and the number of values in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from articles.reading.documents import records
from articles.reading.documents.records import DocumentError

#: Bytes per line: JSON may escape a two-byte character with six bytes.
MAX_LINE = 3 * records.MAX_DOCUMENT
#: Values per line. A page has about a dozen, but a submitter may add more; each takes up to 200 bytes.
MAX_VALUES = 100_000

_SKIP_CHUNK_BYTES = 2**20
_STRING_OR_VALUE_START = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{,]', re.DOTALL)


def cut_lines(stream: IO[bytes], first: bytes = b"") -> Iterator[bytes]:
    """Yield the lines of a stream, each cut off after MAX_LINE; `check_line` rejects those.

    `first` is a line, or the beginning of one, that has already been read.
    """
    line = first if first.endswith(b"\n") else first + stream.readline(max(0, MAX_LINE + 1 - len(first)))
    while line:
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            rest = stream.readline(_SKIP_CHUNK_BYTES)
            if not rest or rest.endswith(b"\n"):
                break
        line = stream.readline(MAX_LINE + 1)


def check_line(line: bytes) -> None:
    """Raise DocumentError if the line is too long or has more than MAX_VALUES values; it is not parsed."""
    if len(line) > MAX_LINE:
        raise DocumentError(f"It is longer than {MAX_LINE:,} bytes.")
    if sum(map(line.count, (b"[", b"{", b","))) <= MAX_VALUES:  # strings included
        return
    values = 0
    for match in _STRING_OR_VALUE_START.finditer(line):
        values += line[match.start()] != ord('"')
        if values > MAX_VALUES:
            raise DocumentError(f"It has more than {MAX_VALUES:,} values.")

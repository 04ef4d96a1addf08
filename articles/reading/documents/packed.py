"""Decompresses a stream that is gzip, bzip2 or Zstandard, up to a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zlib
from typing import BinaryIO, Protocol

from articles.reading.documents.records import DocumentError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Decompressed bytes per file: more than a day of the world's news. Stops decompression bombs.
MAX_FILE = 4 * 1024**3
#: Lines per file: at 2 kB each, they add up to MAX_FILE. Empty lines compress a thousandfold, but still take
#: time.
MAX_LINES = 2 * 1024**2

_GZIP, _BZIP2, _ZSTD = b"\x1f\x8b", b"BZh", b"\x28\xb5\x2f\xfd"
#: What decompressing a damaged stream raises.
_DECOMPRESSION_ERRORS = (gzip.BadGzipFile, zlib.error, EOFError, zstd.ZstdError)


def decompressed(stream: BinaryIO, *, limited: bool = True) -> BinaryIO:
    """The stream's bytes, decompressed.

    Reading them raises DocumentError if they are damaged or, where they are ``limited``, if there are more
    than MAX_FILE bytes or MAX_LINES lines.
    """
    head = stream.read(len(_ZSTD))
    whole = io.BufferedReader(PrefixedStream(head, stream))
    unpacked: _Piecewise = whole
    if head.startswith(_GZIP):
        unpacked = gzip.GzipFile(fileobj=whole)
    elif head.startswith(_BZIP2):
        unpacked = bz2.BZ2File(whole)
    elif head == _ZSTD:
        unpacked = zstd.ZstdFile(whole)
    return io.BufferedReader(_CheckedStream(unpacked, limited=limited))


class _Piecewise(Protocol):
    """A stream that returns what it has without waiting for more."""

    def read1(self, size: int, /) -> bytes: ...


class PrefixedStream(io.RawIOBase):
    """The bytes that were read ahead, followed by the rest: a pipe cannot seek back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        piece, self.head = self.head[:size] or self.rest.read(size), self.head[size:]
        buffer[: len(piece)] = piece
        return len(piece)


class _CheckedStream(io.RawIOBase):
    """A stream that ends at the limits. `read1` loses nothing of what comes before damaged bytes."""

    def __init__(self, stream: _Piecewise, *, limited: bool) -> None:
        self.stream = stream
        self.limited = limited
        self.count = self.lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self.stream.read1(len(buffer))
        except (*_DECOMPRESSION_ERRORS, OSError) as error:
            if getattr(error, "errno", None) is not None:  # of the disk, and not of bzip2
                raise
            raise DocumentError(f"The file cannot be unpacked: {error}.") from None
        if self.limited:
            self.check_limits(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def check_limits(self, piece: bytes) -> None:
        """Count what was read; raise DocumentError if that is too much."""
        self.count += len(piece)
        if self.count > MAX_FILE:
            raise DocumentError(f"The file unpacks to more than {MAX_FILE:,} bytes; the rest was not read.")
        self.lines += piece.count(b"\n")
        if self.lines > MAX_LINES:
            raise DocumentError(f"The file has more than {MAX_LINES:,} lines; the rest was not read.")

"""Splits a feed, JSON Lines or one JSON list, into its records, with only one in memory at a time."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from articles.reading.documents.json_lines import MAX_LINE, cut_lines
from articles.reading.documents.packed import PrefixedStream, decompressed
from articles.reading.documents.records import DocumentError

#: Bytes within which the list of a feed must begin, and bytes that are read at a time.
_HEAD, _PIECE = 2**16, 2**20
#: A string, without its closing quotation mark if the end has not been read yet; otherwise what separates
#: values.
_TOKEN = re.compile(rb'(?P<string>"(?:[^"\\]++|\\.)*+(?P<end>")?)|[][{},]', re.DOTALL)
_LIST_OF = re.compile(rb"\s*:\s*\[")


def read_records(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The records of a file, compressed or not, each with its place in the file: "line 3", "element 3".

    They are its lines, the elements of its one list, or those of ``dataFeedElement`` in its one object.
    Raises ``DocumentError`` if the file is damaged.
    """
    unpacked = decompressed(stream, limited=False)
    head = unpacked.read(_HEAD)
    whole = io.BufferedReader(PrefixedStream(head, unpacked))
    start = _start_of_list(head)
    if start:
        whole.read(start)
    name, records = ("element", _cut_list(whole)) if start else ("line", cut_lines(whole))
    for number, record in enumerate(records, start=1):
        if record.strip():
            yield f"{name} {number}", record


def _start_of_list(head: bytes) -> int:
    """Where the first element of a list begins; 0 if these are lines."""
    if head.lstrip().startswith(b"["):
        return head.index(b"[") + 1
    depth = 0
    for token in _TOKEN.finditer(head):
        if depth == 1 and token[0] == b'"dataFeedElement"' and (found := _LIST_OF.match(head, token.end())):
            return found.end()
        depth += _step(token[0])
        if not depth and token[0] == b"}":  # the first line's record ends
            break
    return 0


def _cut_list(stream: BinaryIO) -> Iterator[bytes]:
    """The elements of a list whose opening bracket has been read."""
    text, start, depth, number = b"", 0, 0, 1
    while piece := stream.read(_PIECE):
        text, begin = text + piece, 0
        for token in _TOKEN.finditer(text, start):
            start = token.end()
            if token["string"] and not token["end"]:
                start = token.start()
                break
            if depth == 0 and token[0] in (b",", b"]"):
                yield text[begin : token.start()]
                if token[0] == b"]":
                    return
                begin, number = token.end(), number + 1
            depth += _step(token[0])
        else:
            start = len(text)
        text, start = text[begin:], start - begin
        if len(text) > MAX_LINE:
            raise DocumentError(f"Element {number} is longer than {MAX_LINE:,} bytes.")
    raise DocumentError(f"Its list is cut off in element {number}.")


def _step(token: bytes) -> int:
    return (token in (b"[", b"{")) - (token in (b"]", b"}"))

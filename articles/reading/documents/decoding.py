"""Decoding: as UTF-8 if the bytes are valid UTF-8, else as declared. Nothing is guessed or replaced."""

from __future__ import annotations

import codecs
import re

from articles.reading.documents import records
from articles.reading.documents.records import DocumentError, MediaType
from newsdb.text import fault

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: Where HTML says its encoding. The standard has it in the first 1,024 bytes (HTML Living Standard, 4.2.5.4);
#: pages put scripts before it, and browsers read on.
_DECLARED_WITHIN = 64 * 1024
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
#: ASCII's escape, by which ISO-2022-JP, all in ASCII's bytes otherwise, changes to Japanese.
_ESCAPE = b"\x1b"
_HTML_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{1,100}?encoding\s*=\s*["']([a-z0-9_.:-]{2,40})""", re.IGNORECASE)
#: Labels of the same standard that Python does not know.
_LABELS = {
    "x-sjis": "shift_jis",
    "windows-31j": "shift_jis",
    "x-gbk": "gbk",
    "x-euc-jp": "euc_jp",
    "utf8mb4": "utf-8",
}
#: What browsers take these labels for (WHATWG Encoding, 4.2): supersets that pages in fact use.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
#: Of Python's codecs, those that are encodings of pages.
_ENCODINGS = re.compile(
    r"utf-8|cp(?:125[0-8]|866|874|93[26]|949)|iso8859-\d{1,2}|koi8-[ru]|big5(?:hkscs)?|gb18030|euc_jp"
    r"|iso2022_jp|mac-roman"
)


def decode(content: bytes, media_type: MediaType = "text/plain") -> str:
    """The characters of a document, without its byte order mark.

    A byte order mark says the encoding. Without one it is UTF-8; HTML that is not may declare another. (Bytes
    in another encoding hardly ever happen to be UTF-8, while declarations outlive the change to it.)

    Raises DocumentError when the bytes are in neither encoding, when there are more than MAX_DOCUMENT, and
    for characters that cannot be kept: NUL and lone surrogates.
    """
    if len(content) > records.MAX_DOCUMENT:
        raise DocumentError(f"It is longer than {records.MAX_DOCUMENT:,} bytes.")
    mark, encoding = next((known for known in _MARKS if content.startswith(known[0])), (b"", "utf-8"))
    declares = media_type == "text/html" and not mark
    try:
        if declares and _ESCAPE in content and _declared(content) == "iso2022_jp":
            encoding = "iso2022_jp"
        return checked(content[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        wrong = f"It is not {encoding.upper()}: see byte {len(mark) + error.start}."
    declared = _declared(content) if declares else encoding
    try:
        if declared != encoding:
            return checked(content.decode(declared))
    except UnicodeDecodeError as error:
        wrong += f" Nor is it {declared.upper()}, as it declares: see byte {error.start}."
    raise DocumentError(f"{wrong} Save it as UTF-8.")


def checked(text: str) -> str:
    """The text itself. Raises DocumentError where it could not be kept."""
    if wrong := fault(text):
        raise DocumentError(wrong.message)
    return text


def _declared(content: bytes) -> str:
    """The encoding that HTML declares before its body, as Python calls it."""
    head = content[:_DECLARED_WITHIN]
    body = _BODY.search(head)
    head = head[: body.start()] if body else head
    declared = _XML_ENCODING.match(head.lstrip()) or _HTML_CHARSET.search(head)
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        raise DocumentError(f"It declares an unknown encoding: {label}. Save it as UTF-8.") from None
    encoding = _READ_AS.get(encoding, encoding)
    if not _ENCODINGS.fullmatch(encoding):
        raise DocumentError(f"It declares an encoding that web pages do not use: {label}. Save it as UTF-8.")
    return encoding

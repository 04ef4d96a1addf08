"""Decodes bytes as UTF-8 if they are valid UTF-8, else in the declared encoding; never by guessing."""

from __future__ import annotations

import codecs
import re

from articles.reading.documents import records
from articles.reading.documents.records import DocumentError, MediaType
from newsdb.text import fault

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How far into an HTML page a declared encoding is looked for. The standard allows 1,024 bytes (HTML Living
#: Standard, 4.2.5.4), but pages put scripts before it, and browsers read further.
_MAX_DECLARATION_OFFSET = 64 * 1024
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
#: The ASCII escape character: ISO-2022-JP uses only ASCII bytes and switches to Japanese with it.
_ESCAPE = b"\x1b"
_HTML_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{1,100}?encoding\s*=\s*["']([a-z0-9_.:-]{2,40})""", re.IGNORECASE)
#: Encoding labels from the WHATWG standard that Python does not know.
_EXTRA_LABELS = {
    "x-sjis": "shift_jis",
    "windows-31j": "shift_jis",
    "x-gbk": "gbk",
    "x-euc-jp": "euc_jp",
    "utf8mb4": "utf-8",
}
#: How browsers interpret these labels (WHATWG Encoding, 4.2): as the supersets that pages really use.
_BROWSER_ENCODINGS = {
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
#: The Python codecs that are encodings of web pages.
_ENCODINGS = re.compile(
    r"utf-8|cp(?:125[0-8]|866|874|93[26]|949)|iso8859-\d{1,2}|koi8-[ru]|big5(?:hkscs)?|gb18030|euc_jp"
    r"|iso2022_jp|mac-roman"
)


def decode(content: bytes, media_type: MediaType = "text/plain") -> str:
    """Decode a document and strip its byte order mark.

    A byte order mark determines the encoding. Without one, the content is UTF-8 if it is valid UTF-8;
    otherwise HTML may declare another encoding. (Text in another encoding is hardly ever valid UTF-8, but
    pages converted to UTF-8 often keep their old declaration.)

    Raises DocumentError if the bytes are valid in neither encoding, if there are more than MAX_DOCUMENT of
    them, or if the text has characters that cannot be stored: NUL and lone surrogates.
    """
    if len(content) > records.MAX_DOCUMENT:
        raise DocumentError(f"It is longer than {records.MAX_DOCUMENT:,} bytes.")
    mark, encoding = next(
        (known for known in _BYTE_ORDER_MARKS if content.startswith(known[0])), (b"", "utf-8")
    )
    declares = media_type == "text/html" and not mark
    try:
        if declares and _ESCAPE in content and _declared_encoding(content) == "iso2022_jp":
            encoding = "iso2022_jp"
        return checked(content[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        wrong = f"It is not {encoding.upper()}: see byte {len(mark) + error.start}."
    declared = _declared_encoding(content) if declares else encoding
    try:
        if declared != encoding:
            return checked(content.decode(declared))
    except UnicodeDecodeError as error:
        wrong += f" Nor is it {declared.upper()}, which it declares: see byte {error.start}."
    raise DocumentError(f"{wrong} Save it as UTF-8.")


def checked(text: str) -> str:
    """Return the text. Raises DocumentError if it has characters that cannot be stored."""
    if wrong := fault(text):
        raise DocumentError(wrong.message)
    return text


def _declared_encoding(content: bytes) -> str:
    """The encoding that HTML declares before its body, by its Python name."""
    head = content[:_MAX_DECLARATION_OFFSET]
    body = _BODY.search(head)
    head = head[: body.start()] if body else head
    declared = _XML_ENCODING.match(head.lstrip()) or _HTML_CHARSET.search(head)
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_EXTRA_LABELS.get(label, label)).name
    except LookupError:
        raise DocumentError(f"It declares an unknown encoding: {label}. Save it as UTF-8.") from None
    encoding = _BROWSER_ENCODINGS.get(encoding, encoding)
    if not _ENCODINGS.fullmatch(encoding):
        raise DocumentError(f"It declares an encoding that web pages do not use: {label}. Save it as UTF-8.")
    return encoding

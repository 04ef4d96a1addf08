"""Decodes bytes as UTF-8 if they are valid UTF-8, else in the declared encoding; never by guessing."""

from __future__ import annotations

import codecs

from articles.reading.documents import records
from articles.reading.documents.encodings import UnknownEncodingError, declared_encoding
from articles.reading.documents.records import DocumentError, MediaType
from newsdb.text import fault

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The ASCII escape character: ISO-2022-JP uses only ASCII bytes and switches to Japanese with it.
_ESCAPE = b"\x1b"


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
    if not mark and b"\0" in content:
        raise DocumentError(
            "Text cannot contain the NUL character. If this is UTF-16 without a byte order mark, save it as"
            " UTF-8."
        )
    declares = media_type == "text/html" and not mark
    label = declared = ""
    try:
        if declares and _ESCAPE in content:
            label, declared = _declared_encoding(content)
            encoding = declared if declared == "iso2022_jp" else encoding
        return checked(content[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        wrong = f"It is not {encoding.upper()}: see byte {len(mark) + error.start}."
    if declares:
        label, declared = _declared_encoding(content)
    try:
        if declared and declared != encoding:
            return checked(content.decode(declared))
    except UnicodeDecodeError as error:
        wrong += f" Nor is it {label}, which it declares, as browsers read that: see byte {error.start}."
    raise DocumentError(f"{wrong} Save it as UTF-8.")


def checked(text: str) -> str:
    """Return the text. Raises DocumentError if it has characters that cannot be stored."""
    if wrong := fault(text):
        raise DocumentError(wrong.message)
    return text


def _declared_encoding(content: bytes) -> tuple[str, str]:
    try:
        return declared_encoding(content)
    except UnknownEncodingError as unknown:
        raise DocumentError(
            f"It declares an encoding that browsers do not know: {unknown}. Save it as UTF-8."
        ) from None

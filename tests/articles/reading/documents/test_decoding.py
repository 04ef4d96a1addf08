"""Characters from bytes, as declared and never guessed."""

from __future__ import annotations

import codecs

import pytest

from articles.reading.documents import DocumentError, decode

WORDS = "Zoë’s ferry"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
    ],
)
def test_text_is_in_utf_8_or_as_its_byte_order_mark_says(content: bytes) -> None:
    assert decode(content) == WORDS


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<META CHARSET=windows-1252>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<?xml version='1.0' encoding='gb2312'?>", "gb18030"),
        ('<meta charset="utf-16">', "utf-8"),
        ("", "utf-8"),
        ("<!-- " + "x" * 1024 + '--><meta charset="windows-1252">', "utf-8"),
    ],
)
def test_html_is_in_the_encoding_that_it_declares(declaration: str, encoding: str) -> None:
    page = f"{declaration}<p>{WORDS}"
    assert decode(page.encode(encoding), "text/html") == page


def test_a_byte_order_mark_goes_before_a_declaration() -> None:
    page = f'<meta charset="windows-1252"><p>{WORDS}'
    assert decode(codecs.BOM_UTF8 + page.encode(), "text/html") == page


def test_a_declaration_in_text_is_only_words() -> None:
    with pytest.raises(DocumentError, match="not UTF-8: see byte 31"):
        decode(f'<meta charset="windows-1252"><p>{WORDS}'.encode("cp1252").replace(b"<p>", b""))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (WORDS.encode("cp1252"), "not UTF-8: see byte 2. Save it as UTF-8"),
        (codecs.BOM_UTF8 + b"ab\xff", "not UTF-8: see byte 5"),
        (b'<meta charset="klingon">\xff', "unknown encoding: klingon"),
        (b'<meta charset="rot13">\xff', "do not use: rot13"),
        (b'<meta charset="utf-7">\xff', "do not use: utf-7"),
        (
            b'<meta charset="euc-jp">\xff',
            "not UTF-8: see byte 23. Nor is it EUC_JP, which it declares: see byte 23",
        ),
        (b"A\x00B", "NUL"),
    ],
)
def test_what_is_in_no_such_encoding_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        decode(content, "text/html")

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
        ('<!-- <meta charset="koi8-r"> --><meta charset="windows-1252">', "cp1252"),
        (
            '<meta name="description" content="Why charset=koi8-r > it"><meta charset="windows-1252">',
            "cp1252",
        ),
        ("<script>s = '<meta charset=koi8-r><body>'</script><meta charset=windows-1252>", "cp1252"),
        ("<title><meta charset=koi8-r></title><meta charset='windows-1252'>", "cp1252"),
        (f"<script>{'x=1;' * 30_000}</script><meta charset=windows-1252>", "cp1252"),
        ('<meta content="text/html; charset=windows-1252" http-equiv=content-type>', "cp1252"),
        ('<meta charset="klingon"><meta charset="windows-1252">', "cp1252"),
        ("<body><meta charset=koi8-r>", "utf-8"),
        ("<!-- " + "x" * 1024 + '--><meta charset="windows-1252">', "utf-8"),
    ],
)
def test_html_is_in_the_encoding_that_it_declares(declaration: str, encoding: str) -> None:
    page = f"{declaration}<p>{WORDS}"
    assert decode(page.encode(encoding), "text/html") == page


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("x-cp1251", "Паром"),
        ("TIS-620", "เรือ"),
        ("windows-874", "เรือ"),
        ("iso-8859-8-i", "מעבורת"),
        ("iso-8859-6-e", "عبارة"),
        ("koi8-ru", "Паром"),
        ("cn-big5", "渡輪"),
        ("windows-949", "여객선"),
        ("x-mac-cyrillic", "Паром"),
        ("gb_2312-80", "渡轮"),
        ("iso88592", "prám"),
    ],
)
def test_each_label_of_the_standard_is_known(label: str, words: str) -> None:
    codec = {"iso-8859-8-i": "iso8859-8", "iso-8859-6-e": "iso8859-6", "koi8-ru": "koi8-u", "cn-big5": "big5"}
    codec |= {"x-mac-cyrillic": "mac-cyrillic", "gb_2312-80": "gb2312", "iso88592": "iso8859-2"}
    codec |= {"windows-949": "cp949", "x-cp1251": "cp1251", "TIS-620": "cp874", "windows-874": "cp874"}
    page = f"<meta charset={label}><p>{words}"
    assert decode(page.encode(codec[label]), "text/html") == page


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
        (b'<meta charset="klingon">\xff', "browsers do not know: klingon"),
        (b'<meta charset="rot13">\xff', "browsers do not know: rot13"),
        (b'<meta charset="utf-7">\xff', "browsers do not know: utf-7"),
        (
            b'<meta charset="euc-jp">\xff',
            "not UTF-8: see byte 23. Nor is it euc-jp, which it declares, as browsers read that: see byte 23",
        ),
        (
            b'<meta charset="iso-8859-1">\x9d',
            "Nor is it iso-8859-1, which it declares, as browsers read that",
        ),
        (b"A\x00B", "NUL"),
        ('<meta charset="utf-16le"><p>ferry'.encode("utf-16-le"), "UTF-16 without a byte order mark"),
    ],
)
def test_what_is_in_no_such_encoding_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        decode(content, "text/html")

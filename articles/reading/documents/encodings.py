"""The encoding that an HTML page declares, found and named as browsers do."""

from __future__ import annotations

import re

#: The labels of the WHATWG Encoding Standard (4.2), by Python's codec for what browsers read them as: often a
#: superset of what a label says. UTF-16 is read as UTF-8, since it was readable enough to find the label.
#: Last in a row are labels that browsers do not know, but pages use.
_LABELS = """
utf-8: unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 unicodefffe utf-16be csunicode
 iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf8mb4 utf_8
cp866: 866 cp866 csibm866 ibm866
iso8859-2: csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
iso8859-3: csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
iso8859-4: csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
iso8859-5: csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
iso8859-6: arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
 iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
iso8859-7: csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7
 iso_8859-7:1987 sun_eu_greek
iso8859-8: csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598
 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical
iso8859-10: csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso8859-13: iso-8859-13 iso8859-13 iso885913
iso8859-14: iso-8859-14 iso8859-14 iso885914
iso8859-15: csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
iso8859-16: iso-8859-16
koi8-r: cskoi8r koi koi8 koi8-r koi8_r
koi8-u: koi8-ru koi8-u
mac-roman: csmacintosh mac macintosh x-mac-roman
mac-cyrillic: x-mac-cyrillic x-mac-ukrainian
cp874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
cp1250: cp1250 windows-1250 x-cp1250
cp1251: cp1251 windows-1251 x-cp1251 windows1251 win-1251
cp1252: ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 latin-1
cp1253: cp1253 windows-1253 x-cp1253
cp1254: cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
 windows-1254 x-cp1254
cp1255: cp1255 windows-1255 x-cp1255
cp1256: cp1256 windows-1256 x-cp1256
cp1257: cp1257 windows-1257 x-cp1257
cp1258: cp1258 windows-1258 x-cp1258
gb18030: chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 cp936
big5hkscs: big5 big5-hkscs cn-big5 csbig5 x-x-big5
euc_jp: cseucpkdfmtjapanese euc-jp x-euc-jp eucjp euc_jp
iso2022_jp: csiso2022jp iso-2022-jp
cp932: csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932
cp949: cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
 windows-949 cp949 euckr
"""
_CODECS = {
    label: row.partition(":")[0]
    for row in _LABELS.strip().replace("\n ", " ").split("\n")
    for label in row.partition(":")[2].split()
}
_XML = re.compile(rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([^"'>]{1,40})""", re.IGNORECASE)
#: What a head consists of, as far as it matters. What comments, scripts, styles and titles contain is no
#: markup of the page. Each match goes on to the end of what it found, so that each byte is read once.
_PIECE = re.compile(
    rb"""<!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|title)\b.*?(?:</(?P=raw)\b|\Z)
    | <meta(?=[\s/])(?P<meta>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)
    | <body(?=[\s/>])(?P<body>)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(rb"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_CONTENT_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([^\s;"']{1,40})""", re.IGNORECASE)


class UnknownEncodingError(ValueError):
    """The page declares an encoding by a label that browsers do not know."""


def declared_encoding(content: bytes) -> tuple[str, str]:
    """The label with which a page declares its encoding, and Python's name for that; twice '' if none.

    Raises UnknownEncodingError if it declares only unknown ones.
    """
    unknown = ""
    for declared in _declarations(content):
        label = declared.decode("latin-1").strip()
        if codec := _CODECS.get(label.lower()):
            return label, codec
        unknown = unknown or label
    if unknown:
        raise UnknownEncodingError(unknown)
    return "", ""


def _declarations(content: bytes) -> list[bytes]:
    xml = _XML.match(content)
    found = [xml[1]] if xml else []
    for piece in _PIECE.finditer(content):
        if piece["body"] is not None:
            break
        values = {
            match[1].lower(): match[2] or match[3] or match[4] or b""
            for match in _ATTRIBUTE.finditer(piece["meta"] or b"")
        }
        if b"charset" in values:
            found.append(values[b"charset"])
        elif values.get(b"http-equiv", b"").lower() == b"content-type":
            found += _CONTENT_CHARSET.findall(values.get(b"content", b""))
    return found

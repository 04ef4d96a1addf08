"""Splits a byline, as a page declares or prints it, into its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.reading.html.words import plain
from articles.reading.page.bylines import is_name, read_byline, read_names
from articles.reading.page.organisations import agency_called, author_called, is_nobody, is_organisation
from articles.reading.page.parts import Author
from articles.reading.quotations.lexicon import GIVEN_NAMES, NAME_PARTICLES
from newsdb.text import fold

#: Characters of a byline with and without its credits.
_MAX_DECLARED_LENGTH, _MAX_LENGTH = 400, 200
MAX_ORGANISATION_LENGTH = 60
#: "By" before a name in several languages; declared metadata includes it too.
_BY = re.compile(
    r"^(?i:(?:(?:written|posted|published|submitted|reported|reporting|story|words|text|guest post) )?by"
    r"|(?:propos recueillis )?par|(?:ein(?:e)? \w+ )?von|por|door|geschreven door|a cura di|di"
    r"|(?:skrev(?:et|en) )?a[vf]|dal(?:la)? nostr[oa] \w+|autor(?:in|a|e|zy)?|auteur|author"
    r"|about(?: the author)?|автор|te(?:x|ks)ti?|te[sx]to|texte|بقلم|كتب)(?:\s*[:：]\s*|\s+)(?=[^\Wa-z])"
    r"|^(?i:oleh|penulis|pewarta|reporter|yazar|yazan|haber|текст|írta|szerző|opracowanie|redaktor)\s*:\s*"
    r"|^(?:作者|撰文|文|记者|記者)(?:\s*[:：/／|]\s*|\s+)"
)
#: Labels that are surnames' particles or given names too, where a name of one word would be left.
_ALSO_NAMES = frozenset(("von", "di"))
#: "for the Observer", "| The Observer", and the day.
_AFTER = re.compile(
    r",?\s+(?i:for (?:the )?)[^\Wa-z].*|\s*[|•·].*"
    r"|[\s,–—-]+(?i:(?:published|posted|updated|on)\b[:\s]*)*"
    r"(?:[^\W\d_]+ \d{1,2}, \d{4}|\d{1,2}\.? (?:de )?[^\W\d_]+ (?:de )?\d{4}|\d{1,2}([./])\d{1,2}\1\d{2,4}).*"
    r"|\s(?i:published|posted|updated)\b.*"
)
_PHOTOGRAPHY = r"photo(?:s|graph\w*)?|foto(?:s|’s|'s|graf\w*)?|bild(?:er)?|kuvat?|фото|illustrat\w+|video"
#: Who took the photographs or edited, after the authors.
_CREDIT = re.compile(
    rf"[\s,;./]+(?:{_PHOTOGRAPHY}|edit(?:or|ing|ed)|penyunting)(?:\s+(?:by|von|par|di|a[vf]|de))?(?:\s*[:：]|\s).*",
    re.IGNORECASE,
)
_PHOTOGRAPHER = re.compile(
    rf"(?:^|,|;|\b(?:und|and|et|og|och|y|e))\s*[^,;()]+\((?:{_PHOTOGRAPHY})\)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*\([^()]*\)|[【】]")
#: A site and a path, where a slash is not between two authors.
_ADDRESS = re.compile(r"\w\.\w{2,}/")
_ACCOUNT = re.compile(r"\s+\S+@\S+|\s+@\w+")
#: "Reporter", which follows names in Korean, Chinese and Japanese.
_REPORTER = re.compile(r"(?<=\w)\s*(?:기자|記者|记者)$")
_AND = re.compile(r"\s+(?:und|et|och|og|ve|и|та|dan|és)\s+|(?<=[가-힣])·(?=[가-힣])|[、，]\s*")
#: Words for "and" of one or two letters, which names include, too: two full names are around them.
_SHORT_AND = re.compile(r"(?<=\w)\s+(?:y|e|en|i|a|і)\s+(?=[^\Wa-z]\S*\s+(?:[a-z]{1,3}\s+){0,2}[^\Wa-z])")
_WITH = re.compile(r"\s+(?:mit|avec|con|com|med|met|with)\s+")
_PLACE = re.compile(r"(?<=\w)\s+(?:in|from|à|aus|en|em)\s+[^\Wa-z][^,]*?(?=$|,|\s+and\s)")
_SLASH = re.compile(r"\s*/\s*|\s+[–—-]\s+")


def split_byline(printed: str) -> Iterator[Author]:
    """The authors whom a byline names; none if it is anything else."""
    printed = plain(printed)
    if len(printed) > _MAX_DECLARED_LENGTH or _ADDRESS.search(printed):
        return
    printed = _tidied(printed)
    if not printed or len(printed) > _MAX_LENGTH or is_nobody(printed.replace("/", " ")):
        return
    first, *others = _SLASH.split(printed)
    authors = list(_listed(first))
    yield from authors
    for part in others if authors else ():
        # What else follows a slash or a dash is the place, the outlet or a title.
        if agency_called(part) or fold(part).partition(" ")[0] in GIVEN_NAMES:
            yield from _listed(part)


def _tidied(printed: str) -> str:
    """A byline without labels, credits of photographers and editors, addresses, dates and asides."""
    printed = _without_by(_ACCOUNT.sub("", printed))
    printed = _CREDIT.sub("", _PHOTOGRAPHER.sub("", printed)) or printed
    printed = _AND.sub(", ", _REPORTER.sub("", printed.strip()))
    printed = _ASIDE.sub(
        lambda match: f"/{agency}" if (agency := agency_called(match[0].strip(" ()"))) else "", printed
    )
    return _REPORTER.sub("", _AFTER.sub("", printed)).strip(" ,;")


def _listed(printed: str) -> Iterator[Author]:
    """The authors in a list of names."""
    spelled = (
        printed
        if any(map(str.islower, printed)) and any(map(str.isupper, printed))
        else _with_normal_capitals(printed)
    )
    if not is_organisation(spelled):
        spelled = _SHORT_AND.sub(_comma_between_names, spelled)
    if any(is_name(name) for name in _pieces(_PLACE.sub("", spelled))):
        spelled = _PLACE.sub("", spelled)
    pieces = _pieces(_WITH.sub(", ", spelled))
    if len(pieces) > 1 and all(agency_called(each) or _is_person(each) for each in pieces):
        yield from map(author_called, pieces)
        return
    first, comma, _ = printed.partition(",")
    signed = comma and is_name(first) and not is_organisation(first)
    if is_organisation(printed) and not signed and len(printed) <= MAX_ORGANISATION_LENGTH:
        yield Author(printed, organisation=True)
        return
    *rest, last = (piece.strip() for piece in spelled.split(","))
    agency = [last] if rest and agency_called(last) else []
    read = read_byline(spelled) or read_names(", ".join((*rest, *([] if agency else [last]))))
    for name in (*(read[0] if read else ()), *agency):
        if not is_nobody(name):
            yield author_called(name)


def _pieces(spelled: str) -> list[str]:
    return [piece for piece in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+", spelled) if piece]


def _is_person(piece: str) -> bool:
    return is_name(piece) and not is_organisation(piece)


def _comma_between_names(match: re.Match[str]) -> str:
    """A comma for "and", if there is a full name before it."""
    before = re.split(r"[,;]", match.string[: match.start()])[-1]
    return ", " if is_name(before.strip()) else match[0]


def _with_normal_capitals(name: str) -> str:
    """A name printed all in capitals or all in lower case, with normal capitals."""
    first, *others = name.lower().split()
    words = (first.title(), *(word if word in NAME_PARTICLES else word.title() for word in others))
    return " ".join(words) if others and is_name(name.title()) else name


def _without_by(printed: str) -> str:
    """A byline without "By" and the like. "Von" is a given name, too, where only a surname would be left."""
    match = _BY.match(printed)
    if match is None:
        return printed
    names = printed[match.end() :]
    alone = len(names.split()) == 1 and not is_organisation(names)
    return printed if alone and match[0].strip().lower() in _ALSO_NAMES else names

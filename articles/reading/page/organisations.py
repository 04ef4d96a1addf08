"""Recognises authors that are not people (agencies, desks, outlets), and placeholders for authors."""

from __future__ import annotations

import re

from articles.reading.page.parts import Author
from articles.reading.quotations.lexicon import GIVEN_NAMES
from newsdb.text import fold

#: News agencies, each with the names that bylines use for it; all of them are one author.
_AGENCIES = {
    "Agence France-Presse": "afp",
    "Agencia EFE": "efe",
    "Anadolu Agency": "aa, anadolu, anadolu ajansi",
    "ANSA": "ansa",
    "APA": "apa, austria presse agentur",
    "Associated Press": "ap, ap news",
    "Australian Associated Press": "aap",
    "Bloomberg": "bloomberg news",
    "Canadian Press": "cp",
    "ČTK": "ctk, ceska tiskova kancelar",
    "dpa": "deutsche presse agentur, dpa infocom",
    "epd": "evangelischer pressedienst",
    "Interfax": "",
    "Jiji Press": "jiji",
    "Keystone-SDA": "sda, keystone sda ats",
    "KNA": "katholische nachrichten agentur",
    "Kyodo News": "kyodo",
    "PAP": "polska agencja prasowa",
    "PA Media": "press association",
    "Press Trust of India": "pti",
    "Reuters": "thomson reuters, reuters staff",
    "SID": "sport informations dienst",
    "TASS": "",
    "UPI": "united press international",
    "Xinhua": "xinhua news agency",
    "Yonhap": "yonhap news agency",
}
_AGENCY_BY_NAME = {
    form: name
    for name, forms in _AGENCIES.items()
    for form in (fold(name), *(each.strip() for each in forms.split(",") if each.strip()))
}
#: Words in the names of desks and outlets, but not of people.
_COLLECTIVE = re.compile(
    r"\b(?:staff|desk|newsroom|editors|editorial (?:board|team)|news ?team|team|agenc(?:y|ies)|bureau|wire"
    r"|reporters|correspondents|news|online|digital|press|media|magazine|newspaper|radio|tv|times|tribune|gazette"
    r"|redaktion|agenturen|zeitung|nachrichten|redacci[oó]n|agencias?|r[eé]daction|agences?|redazione|agenzie"
    r"|redactie|reda[cç][aã]o|toimitus|редакция)\b|編集部|新聞|편집부",
    re.IGNORECASE,
)
#: Those of them that are surnames, too, after a given name: "Ada Press".
_SURNAMES = frozenset({"press", "wire"})
_PLACEHOLDER = re.compile(
    r"(?:no|unknown|guest) author|author|by|von|admin(?:istrator)?|anonymous|contributor|editor|root|user"
    r"|super user|site admin|guest|gast|invitad[oa]|wordpress|test|demo|default"
    r"|news|nachrichten|noticias|notícias|notizie|nieuws"
    r"|webmaster|twitter|facebook|instagram|email|(?:view|see|read|show|follow)\b.*|n/?a|none|null|undefined",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|[^\s@]@[^\s@]|/", re.IGNORECASE)


def agency_called(name: str) -> str:
    """The canonical name of the agency that a byline names, or "" if it is not an agency.

    >>> agency_called("The Associated Press"), agency_called("AP"), agency_called("Ada Example")
    ('Associated Press', 'Associated Press', '')
    """
    return _AGENCY_BY_NAME.get(fold(name).removeprefix("the "), "")


def is_organisation(name: str) -> bool:
    """Whether the name is an agency's, or has a word that is typical of desks or outlets.

    >>> is_organisation("Lindle Press"), is_organisation("Ada Press"), is_organisation("The Ada Press Bureau")
    (True, False, True)
    """
    if agency_called(name):
        return True
    given, *rest = fold(name).split() or [""]
    may_be_surname = given in GIVEN_NAMES and len(rest) in {1, 2} and rest[-1] in _SURNAMES
    return _COLLECTIVE.search(" ".join(rest[:-1]) if may_be_surname else name) is not None


def author_called(name: str) -> Author:
    """The author with this name, as a person or an organisation."""
    return Author(name, is_organisation(name))


def is_nobody(name: str) -> bool:
    """Whether it is not a name but a URL, a placeholder or the text of a link."""
    return not fold(name) or _ADDRESS.search(name) is not None or _PLACEHOLDER.fullmatch(name) is not None

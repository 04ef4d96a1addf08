"""Cuts off a headline what belongs to the outlet: its name, its sections, and labels such as "Opinion |"."""

from __future__ import annotations

import re
from collections.abc import Collection

from articles.reading.outlet_names import name_key

#: Separators between a headline and an outlet or section: "Headline | Outlet", "Opinion | Headline".
SEPARATOR = re.compile(r"\s+[|–—·•»-]\s+|\s*[|｜ㅣ•»]\s*")
#: After a headline a colon separates, too. Before one, it follows whoever is quoted.
_LAST_SEPARATOR = re.compile(rf"{SEPARATOR.pattern}|\s*:\s+")
#: Sections between a headline and the outlet's name: "Headline | Ferries | Local | Outlet".
_SECTIONS = re.compile(r"(?:\s*[|｜ㅣ»]\s*[^\s|｜ㅣ»]{1,20}(?: [^\s|｜ㅣ»]{1,20})?){1,4}$")
_LABEL = re.compile(
    r"(?:opinions?|analysis|perspectives?|commentary|comment|editorial|op-ed|column|essay|guest essay"
    r"|letters?|letters to the editor|first person|explainer|explained|fact[ -]check(?:er)?"
    r"|interview|q&a|review|profile|feature|obituary|investigation|special report|long read"
    r"|exclusive|live|live updates|watch|video|photos|podcast|newsletter|news|breaking"
    r"|breaking news|politics|world|business|sports?|culture|science|health|meinung|kommentar"
    r"|kolumne|analyse|leitartikel|reportage|opinión|opinião|opinione|avis|tribune|édito|éditorial"
    r"|análisis|análise|analisi|entretien|entrevista|intervista|opinie)\s*[|｜]\s*",
    re.IGNORECASE,
)


def without_names(headline: str, names: set[str]) -> str:
    """A headline without a leading label, and without the outlet's name before or after it.

    `names` are forms of the outlet's name. A headline that consists of nothing else stays as it is.
    """
    rest = _LABEL.sub("", headline, count=1) if _LABEL.match(headline) else headline
    for _ in range(2):
        first, last = SEPARATOR.search(rest), list(_LAST_SEPARATOR.finditer(rest))[-1:]
        if last and name_key(rest[last[0].end() :]) in names:
            rest = _SECTIONS.sub("", rest[: last[0].start()]).rstrip()
        elif first and name_key(rest[: first.start()]) in names:
            rest = rest[first.end() :].lstrip()
        else:
            break
    return rest or headline


def name_forms(names: Collection[str]) -> set[str]:
    """The forms of an outlet's names in headlines: each name, and the main label of a domain."""
    forms = {name_key(name) for name in names}
    for name in names:
        if re.fullmatch(r"[\w.-]+\.\w{2,}", name):
            forms.add(name_key(name.removeprefix("www.").split(".")[0]))
    return forms - {""}

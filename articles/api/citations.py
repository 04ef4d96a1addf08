"""Formats citations of a statement: as text, as CSL-JSON for reference managers, and as BibTeX."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from articles.api.names import parse_name
from newsdb.api.response.lines import json_lines
from newsdb.api.rows.reading import Row

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Commands, because BibTeX counts braces even if they are escaped.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
    }
)
_IN_ADDRESS = str.maketrans({character: quote(character) for character in '{}\\"^`|<> '})
#: BibTeX's macros for months, which each style formats its own way.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Author(NamedTuple):
    """An author of the article."""

    name: str
    person: bool


class Cited(NamedTuple):
    """A statement to cite, the article's authors, and the day of access."""

    row: Row
    authors: Sequence[Author]
    seen_on: date


def cited(row: Row, authors: Sequence[Author], today: date) -> Cited:
    """Prepare a citation. The day of access is that of the latest capture with the words, else ``today``."""
    latest = row["latest_capture"]
    captured_at = latest["captured_at"] if latest and row["in_latest_capture"] else None
    return Cited(row, authors, date.fromisoformat(str(captured_at)[:10]) if captured_at else today)


def as_text(statement: Cited) -> str:
    """The citation as text: speaker, words and day; article; position in the captured text; URL."""
    row, authors, seen_on = statement
    who = row["speaker"]["name"] if row["speaker"] else row["speaker_label"] or "Unnamed"
    who = _listed([who, *(each["speaker"]["name"] for each in row["joint_with"] if each["speaker"])])
    said = f", {_written(row['date'], row['date_precision'])}" if row["date_basis"] == "said_on" else ""
    if said and row["said_on_source_url"]:
        said += f" (according to {row['said_on_source_url']})"
    article = row["article"]
    published = _written(article["published_on"], article["published_precision"]) or "date unknown"
    by = f"{_listed([author.name for author in authors])}, " if authors else ""
    place = ""
    if row["capture"]:
        points = ", ".join(f"{anchor['start']}–{anchor['end']}" for anchor in row["anchors"])
        digest = row["capture"]["text_sha256"]
        place = f" Code points {points} of the text with SHA-256 {digest} ({row['text_match']})."
    printed_at = _printed_at(row)
    where = f" {printed_at} (accessed {_written(str(seen_on), 'day')})." if printed_at else ""
    return (
        f"{who}: “{row['text']}”{said}. In: {by}“{article['headline']}”, {article['outlet']['name']},"
        f" {published}.{where}{place} {_page(row)}\n"
    )


def as_csl(statement: Cited) -> list[Row]:
    """The citation as CSL-JSON 1.0, with the article as the item."""
    row, authors, seen_on = statement
    article = row["article"]
    item: Row = {
        "id": f"newsdb-{row['uid']}",
        "type": "article-newspaper",
        "title": article["headline"],
        "container-title": article["outlet"]["name"],
        "author": [_csl_name(author) for author in authors],
        "URL": _printed_at(row) or _page(row),
        "accessed": {"date-parts": [_parts(str(seen_on), "day")]},
        "note": as_text(statement._replace(authors=())).strip(),
    }
    if article["published_on"]:
        parts = _parts(article["published_on"], article["published_precision"])
        item["issued"] = {"date-parts": [parts]}
    return [{name: value for name, value in item.items() if value}]


def as_bibtex(statement: Cited) -> str:
    """The citation as a BibTeX ``@misc`` entry, in UTF-8 with special characters escaped."""
    row, authors, seen_on = statement
    article = row["article"]
    published = article["published_on"]
    parts = _parts(published, article["published_precision"]) if published else []
    entry = {
        "author": f"{{{' and '.join(map(_bibtex_name, authors))}}}" if authors else "",
        "title": f"{{{{{_escaped(article['headline'])}}}}}",
        "howpublished": f"{{{_escaped(article['outlet']['name'])}}}",
        "year": f"{{{parts[0]}}}" if parts else "",
        "month": _MONTHS[parts[1] - 1] if len(parts) > 1 else "",
        "day": f"{{{parts[2]}}}" if len(parts) > 2 else "",
        "url": f"{{{(_printed_at(row) or _page(row)).translate(_IN_ADDRESS)}}}",
        "urldate": f"{{{seen_on}}}",
        "note": f"{{{_escaped(as_text(statement._replace(authors=())).strip())}}}",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in entry.items() if value)
    return f"@misc{{newsdb-{row['uid']},\n{lines}}}\n"


#: The media type and formatter for each value of ``cite``.
STYLES: dict[str, tuple[str, Callable[[Cited], bytes]]] = {
    "text": ("text/plain; charset=utf-8", lambda statement: as_text(statement).encode()),
    "csl-json": (
        "application/vnd.citationstyles.csl+json",
        lambda statement: b"[" + json_lines(as_csl(statement)).strip() + b"]\n",
    ),
    "bibtex": ("application/x-bibtex; charset=utf-8", lambda statement: as_bibtex(statement).encode()),
}


def _printed_at(row: Row) -> str:
    """The article's URL, else the URL where it was captured, else ""."""
    return str(row["article"]["source_url"] or (row["capture"] or {}).get("source_url") or "")


def _page(row: Row) -> str:
    """The statement's page for readers."""
    return str(row["url"]).replace("/api/v1/", "/", 1)


def _csl_name(author: Author) -> Row:
    name = parse_name(author.name)
    if not author.person or not name.given:
        return {"literal": author.name}
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _bibtex_name(author: Author) -> str:
    name = parse_name(author.name)
    if not author.person or not name.given:
        return f"{{{_escaped(author.name)}}}"
    words = [name.dropping_particle, name.particle, _bibtex_part(name.family)]
    parts = (" ".join(filter(None, words)), name.suffix, _bibtex_part(name.given))
    return ", ".join(filter(None, parts))


def _bibtex_part(text: str) -> str:
    """Part of a name, in braces if BibTeX would mistake a comma or "and" in it for a separator."""
    return f"{{{_escaped(text)}}}" if re.search(r",|\band\b", text, re.IGNORECASE) else _escaped(text)


def _parts(first: str, precision: Any) -> list[int]:
    return [int(part) for part in first.split("-")][: {"day": 3, "month": 2, "year": 1}[precision]]


def _written(day: str | None, precision: Any) -> str:
    if day is None:
        return ""
    first = date.fromisoformat(day)
    return {"day": f"{first.day} {first:%B %Y}", "month": f"{first:%B %Y}", "year": f"{first:%Y}"}[precision]


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _escaped(text: str) -> str:
    return re.sub(r" +", " ", text.translate(_BIBTEX))


def citation_schemas(row: Row) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each style by media type, with the citation of ``row`` as an example."""
    example = cited(row, [Author("Ada Example", person=True)], date.min)
    return dict(_schema(style, example) for style in STYLES)


def _schema(style: str, example: Cited) -> tuple[str, dict[str, Any]]:
    media_type, write = STYLES[style]
    body: Any = write(example).decode()
    schema: dict[str, Any] = {"type": "string", "description": f"With `cite={style}`."}
    if "json" in media_type:
        body = json.loads(body)
        schema |= {"type": "array", "items": {"type": "object"}}
    return media_type.partition(";")[0], {**schema, "examples": [body]}

"""How to cite a statement: as text, as CSL-JSON for reference managers, as BibTeX."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from newsdb.api.response.lines import json_lines
from newsdb.api.rows.reading import Row

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
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


def as_text(row: Row, authors: list[str]) -> str:
    """Speaker, words, day; where it is printed; the record and its evidence."""
    who = row["speaker"]["name"] if row["speaker"] else row["speaker_label"] or "Unnamed"
    who = _listed([who, *(each["speaker"]["name"] for each in row["joint_with"] if each["speaker"])])
    said = f", {_written(row['date'], row['date_precision'])}" if row["date_basis"] == "said_on" else ""
    article = row["article"]
    published = _written(article["published_on"], article["published_precision"]) or "date unknown"
    by = f"{_listed(authors)}, " if authors else ""
    place = ""
    if row["capture"]:
        points = ", ".join(f"{anchor['start']}–{anchor['end']}" for anchor in row["anchors"])
        digest = row["capture"]["text_sha256"]
        place = f" Code points {points} of the text with SHA-256 {digest} ({row['text_match']})."
    where = f" {article['source_url']}." if article["source_url"] else ""
    return (
        f"{who}: “{row['text']}”{said}. In: {by}“{article['headline']}”, {article['outlet']['name']},"
        f" {published}.{where}{place} {row['url']}\n"
    )


def as_csl(row: Row, authors: list[str]) -> list[Row]:
    """CSL-JSON 1.0: the article as it is cited for these words."""
    article = row["article"]
    item: Row = {
        "id": f"newsdb-{row['uid']}",
        "type": "article-newspaper",
        "title": article["headline"],
        "container-title": article["outlet"]["name"],
        "author": [{"literal": name} for name in authors],
        "URL": article["source_url"] or row["url"],
        "note": as_text(row, []).strip(),
    }
    if article["published_on"]:
        parts = _parts(article["published_on"], article["published_precision"])
        item["issued"] = {"date-parts": [parts]}
    return [{name: value for name, value in item.items() if value}]


def as_bibtex(row: Row, authors: list[str]) -> str:
    """A ``@misc`` entry of plain BibTeX, in UTF-8 with its special characters escaped."""
    article = row["article"]
    published = article["published_on"]
    parts = _parts(published, article["published_precision"]) if published else []
    entry = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in authors),
        "title": f"{{{_escaped(article['headline'])}}}",
        "howpublished": _escaped(article["outlet"]["name"]),
        "year": str(parts[0]) if parts else "",
        "month": str(parts[1]) if len(parts) > 1 else "",
        "url": article["source_url"] or row["url"],
        "note": _escaped(as_text(row, []).strip()),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.items() if value)
    return f"@misc{{newsdb-{row['uid']},\n{lines}}}\n"


#: By what ``cite`` says: the media type, and how the body is made.
STYLES: dict[str, tuple[str, Callable[[Row, list[str]], bytes]]] = {
    "text": ("text/plain; charset=utf-8", lambda row, authors: as_text(row, authors).encode()),
    "csl-json": (
        "application/vnd.citationstyles.csl+json",
        lambda row, authors: b"[" + json_lines(as_csl(row, authors)).strip() + b"]\n",
    ),
    "bibtex": ("application/x-bibtex; charset=utf-8", lambda row, authors: as_bibtex(row, authors).encode()),
}


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
    return dict(_schema(style, row) for style in STYLES)


def _schema(style: str, row: Row) -> tuple[str, dict[str, Any]]:
    media_type, write = STYLES[style]
    cited: Any = write(row, ["Ada Example"]).decode()
    schema: dict[str, Any] = {"type": "string", "description": f"With `cite={style}`."}
    if "json" in media_type:
        cited = json.loads(cited)
        schema |= {"type": "array", "items": {"type": "object"}}
    return media_type.partition(";")[0], {**schema, "examples": [cited]}

"""Represents statements as W3C Web Annotations: the body is the speaker, the target the quoted words.

Another body for each published check links its page.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from articles.api.jsonld import TYPES
from articles.models.statement import GAP
from newsdb.api.links import absolute, address
from newsdb.api.response.lines import json_lines
from newsdb.api.response.renderers import JSONRenderer, LinesRenderer
from newsdb.api.rows.reading import Row

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = f'profile="{CONTEXT}"'


def annotation(row: Row) -> Row:
    """An Annotation."""
    bodies, targets = list(_bodies(row)), list(_targets(row))
    return {
        "@context": CONTEXT,
        "id": row["url"],
        "type": "Annotation",
        "canonical": f"urn:uuid:{row['uid']}",
        "motivation": "identifying",
        "modified": row["updated_at"],
        **({"body": bodies} if bodies else {}),
        "target": targets,
    }


def _bodies(row: Row) -> Iterator[Row]:
    """The speakers, as resolved or else as printed; then the pages of published checks."""
    for each in (row, *row["joint_with"]):
        if speaker := each["speaker"]:
            source = {
                "id": address("actor-detail", speaker["slug"]),
                "type": TYPES[speaker["kind"]],
                "name": speaker["name"],
            }
            yield {"type": "SpecificResource", "purpose": "identifying", "source": source}
    if not row["speaker"] and row["speaker_label"]:
        yield {
            "type": "TextualBody",
            "purpose": "identifying",
            "value": row["speaker_label"],
            "format": "text/plain",
        }
    # Linking, not assessing: the assessment is the publisher's, on its own page.
    for review in row["claim_reviews"]:
        source = {
            "id": review["source_url"],
            "creator": {"type": "Organization", "name": review["publisher"]},
        }
        yield {"type": "SpecificResource", "purpose": "linking", "source": source}


def _targets(row: Row) -> Iterator[Row]:
    """One target per part of the words, in the page that prints it."""
    article, capture = row["article"], row["capture"]
    captured = capture["source_url"] if capture else None
    source = captured or article["source_url"] or address("article-detail", article["uid"])
    for anchor in row["anchors"]:
        quoted = {name: anchor[name] for name in ("exact", "prefix", "suffix") if anchor[name]}
        selectors = [
            {"type": "TextQuoteSelector", **quoted},
            {"type": "TextPositionSelector", "start": anchor["start"], "end": anchor["end"]},
        ]
        yield {"type": "SpecificResource", "source": source, "selector": selectors}
    for part in row["text"].split(GAP) if not row["anchors"] else ():
        yield {
            "type": "SpecificResource",
            "source": source,
            "selector": {"type": "TextQuoteSelector", "exact": part},
        }


class AnnotationRenderer(JSONRenderer):
    """Renders an Annotation, or a page of them as an AnnotationPage."""

    media_type = f"application/ld+json; {PROFILE}"
    format = "annotation"
    whole = True

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        if data is None:
            return b""
        if "results" not in data:
            return json_lines([annotation(data)])
        items = [annotation(row) for row in data["results"]]
        for item in items:
            del item["@context"]
        page = {
            "@context": CONTEXT,
            "id": absolute(renderer_context["request"].get_full_path()),
            "type": "AnnotationPage",
            **({"next": data["next"]} if data["next"] else {}),
            "items": items,
        }
        return json_lines([page])


class AnnotationLinesRenderer(LinesRenderer):
    """Renders one Annotation per line."""

    media_type = f"application/jsonl; {PROFILE}"
    format = "annotation"
    extension = "jsonl"
    whole = True

    def lines(self, serializer: Any, rows: Iterable[Any], *, safe: bool = False, head: bool = True) -> bytes:
        return json_lines(annotation(row) for row in rows)

"""Represents statements and articles as schema.org JSON-LD."""

from typing import Any

from articles.models import NO_HEADLINE, UNKNOWN_OUTLET
from newsdb.api.links import address
from newsdb.api.response.lines import json_lines
from newsdb.api.response.renderers import JSONRenderer
from newsdb.api.rows.reading import Row

CONTEXT = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/entity/"
TYPES = {"person": "Person", "organisation": "Organization"}


def actor(row: Row) -> Row:
    """A Person or an Organization."""
    return _without_unknown(
        {
            "@type": TYPES[row["kind"]],
            "@id": address("actor-detail", row["slug"]),
            "name": row["name"],
            "sameAs": row["wikidata_id"] and WIKIDATA + row["wikidata_id"],
        }
    )


def publisher(row: Row) -> Row:
    """The outlet, as an Organization."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": address("outlet-detail", row["slug"]),
        "name": row["name"],
    }


def article(row: Row) -> Row:
    """A NewsArticle, from an article or a reference to one."""
    return _without_unknown(
        {
            "@type": "NewsArticle",
            "@id": address("article-detail", row["uid"]),
            "identifier": f"urn:uuid:{row['uid']}",
            "headline": _known(row["headline"], NO_HEADLINE),
            "url": row["source_url"],
            "datePublished": _date(row["published_on"], row["published_precision"]),
            "inLanguage": row.get("language"),
            "articleSection": row.get("section"),
            "author": [actor(byline["author"]) for byline in row.get("bylines", [])],
            "publisher": _known(row["outlet"]["name"], UNKNOWN_OUTLET) and publisher(row["outlet"]),
        }
    )


def statement(row: Row) -> Row:
    """A Quotation."""
    named = [each["speaker"] for each in (row, *row["joint_with"]) if each["speaker"]]
    speakers = [actor(each) for each in named]
    speaker = speakers if len(speakers) > 1 else next(iter(speakers), None)
    if not speaker and row["speaker_label"]:  # an unnamed speaker, as printed
        speaker = {"@type": "Person", "name": row["speaker_label"]}
    said = row["date_basis"] == "said_on" or None
    return _without_unknown(
        {
            "@type": "Quotation",
            "@id": row["url"],
            "identifier": f"urn:uuid:{row['uid']}",
            "text": row["text"],
            "inLanguage": row["language"],
            "spokenByCharacter": speaker,
            "creator": speaker,
            "dateCreated": said and _date(row["date"], row["date_precision"]),
            "locationCreated": row["place"] and {"@type": "Place", "name": row["place"]},
            "isBasedOn": article(row["article"]),
            "subjectOf": [review_page(each) for each in row["claim_reviews"]],
            "dateModified": row["updated_at"],
        }
    )


def review_page(row: Row) -> Row:
    """The page of somebody's check. It is not marked up as a ClaimReview, which would make it newsdb's."""
    return _without_unknown(
        {
            "@type": "WebPage",
            "@id": row["source_url"],
            "url": row["source_url"],
            "publisher": {"@type": "Organization", "name": row["publisher"]},
            "datePublished": _date(row["published_on"], row["published_precision"]),
        }
    )


def _date(first: str | None, precision: str | None) -> str | None:
    return first and first[: {"day": 10, "month": 7, "year": 4}[precision or "day"]]


def _known(text: str, unknown: str) -> str | None:
    """The text, unless it is what is recorded instead of an unknown one."""
    return None if text == unknown else text


def _without_unknown(members: Row) -> Row:
    """Remove unknown members: in JSON-LD, absence means unknown."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}


class JSONLDRenderer(JSONRenderer):
    """Renders one node, or a page as ``@graph``; the next page is in the ``Link`` header."""

    media_type = "application/ld+json"
    format = "jsonld"
    whole = True

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        if data is None:
            return b""
        describe = renderer_context["view"].linked_data
        if "results" in data:
            return json_lines([{"@context": CONTEXT, "@graph": [describe(row) for row in data["results"]]}])
        return json_lines([{"@context": CONTEXT, **describe(data)}])

"""Statements as W3C Web Annotations."""

import json
from typing import Any

import pytest
from django.conf import settings
from pyld import jsonld

from tests.factories import ActorFactory, ClaimReviewFactory, StatementFactory, anchored_statement
from tests.reader import Reader

pytestmark = pytest.mark.django_db

ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
OA, DC, FOAF = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
RDF, AS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/activitystreams#"
#: The terms of the W3C's context that a statement uses, with its definitions of them.
CONTEXT = {
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": f"{OA}Annotation",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "SpecificResource": f"{OA}SpecificResource",
    "TextualBody": f"{OA}TextualBody",
    "TextQuoteSelector": f"{OA}TextQuoteSelector",
    "TextPositionSelector": f"{OA}TextPositionSelector",
    "Person": f"{FOAF}Person",
    "Organization": f"{FOAF}Organization",
    "identifying": f"{OA}identifying",
    "linking": f"{OA}linking",
    "body": {"@type": "@id", "@id": f"{OA}hasBody"},
    "target": {"@type": "@id", "@id": f"{OA}hasTarget"},
    "source": {"@type": "@id", "@id": f"{OA}hasSource"},
    "selector": {"@type": "@id", "@id": f"{OA}hasSelector"},
    "motivation": {"@type": "@vocab", "@id": f"{OA}motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": f"{OA}hasPurpose"},
    "canonical": {"@type": "@id", "@id": f"{OA}canonical"},
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": f"{OA}start"},
    "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": f"{OA}end"},
    "name": f"{FOAF}name",
    "value": f"{RDF}value",
    "format": f"{DC}format",
    "creator": {"@type": "@id", "@id": f"{DC}creator"},
    "modified": {"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@id": f"{DC}modified"},
    "items": {"@type": "@id", "@id": f"{AS}items", "@container": "@list"},
    "next": {"@type": "@id", "@id": f"{AS}next"},
}


def load(address: str, options: Any) -> dict[str, Any]:
    assert address == ANNOTATION
    return {"documentUrl": address, "contextUrl": None, "document": {"@context": CONTEXT}}


def members(value: Any) -> set[str]:
    """The names of all members, of whatever depth."""
    if isinstance(value, list):
        return {name for each in value for name in members(each)}
    known = (
        {name: each for name, each in value.items() if name != "@context"} if isinstance(value, dict) else {}
    )
    return {*known, *(name for each in known.values() for name in members(each))}


def expanded(document: dict[str, Any]) -> dict[str, Any]:
    """The document as JSON-LD, of which no member is lost: each is a term of the context."""
    (node,) = jsonld.expand(document, {"documentLoader": load})
    compacted = jsonld.compact(node, {"@context": CONTEXT}, {"documentLoader": load})
    assert members(compacted) == members(document)
    return node


def test_a_statement_is_an_annotation(reader: Reader) -> None:
    ada = ActorFactory(name="Ada Pier", slug="ada")
    statement = anchored_statement("The ferry runs", "It stays", speaker=ada)
    response = reader.get(f"statements/{statement.uid}/", format="annotation")
    assert response["Content-Type"] == f'application/ld+json; profile="{ANNOTATION}"'
    row, found = reader.one(f"statements/{statement.uid}/"), json.loads(response.content)
    assert (found["@context"], found["id"], found["type"]) == (ANNOTATION, row["url"], "Annotation")
    assert found["canonical"] == f"urn:uuid:{statement.uid}"
    (body,) = found["body"]
    assert body["source"] == {
        "id": f"{settings.PUBLIC_URL}/api/v1/actors/ada/",
        "type": "Person",
        "name": "Ada Pier",
    }
    for target, anchor in zip(found["target"], row["anchors"], strict=True):
        assert target["source"].startswith(("http://", "https://"))
        quote, position = target["selector"]
        assert quote.pop("type") == "TextQuoteSelector"
        assert position == {"type": "TextPositionSelector", "start": anchor["start"], "end": anchor["end"]}
        assert quote == {name: anchor[name] for name in ("exact", "prefix", "suffix") if anchor[name]}
    node = expanded(found)
    assert node["@type"] == [f"{OA}Annotation"]
    assert len(node[f"{OA}hasTarget"]) == 2


def test_an_unnamed_speaker_is_called_as_printed(reader: Reader) -> None:
    statement = StatementFactory(speaker=None, speaker_label="a sailor", text="It sank […] I think")
    found = json.loads(reader.get(f"statements/{statement.uid}/", format="annotation").content)
    assert [(body["type"], body["value"]) for body in found["body"]] == [("TextualBody", "a sailor")]
    assert [target["selector"]["exact"] for target in found["target"]] == ["It sank", "I think"]
    expanded(found)
    nobody = StatementFactory(speaker=None, speaker_label="")
    assert "body" not in json.loads(reader.get(f"statements/{nobody.uid}/", format="annotation").content)


def test_a_published_check_is_linked_not_repeated(reader: Reader) -> None:
    review = ClaimReviewFactory(rating="False", published_on="2024-10-23", published_precision="day")
    found = json.loads(reader.get(f"statements/{review.statement.uid}/", format="annotation").content)
    speaker, check = found["body"]
    assert (speaker["purpose"], check["purpose"]) == ("identifying", "linking")
    assert check["source"] == {
        "id": review.source_url,
        "creator": {"type": "Organization", "name": "Example Checks"},
    }
    expanded(found)


def test_a_list_is_an_annotation_page_and_an_export_a_line_each(reader: Reader) -> None:
    uids = {str(StatementFactory().uid) for _ in range(3)}
    page = json.loads(reader.get("statements/", format="annotation", limit=2).content)
    assert (page["type"], len(page["items"])) == ("AnnotationPage", 2)
    assert page["id"] == f"{settings.PUBLIC_URL}/api/v1/statements/?format=annotation&limit=2"
    assert page["next"].startswith(f"{settings.PUBLIC_URL}/api/v1/statements/?")
    expanded(page)
    response = reader.get("statements/export/", format="annotation")
    assert response["Content-Disposition"] == 'attachment; filename="statements.jsonl"'
    lines = [json.loads(line) for line in response.getvalue().splitlines()]
    assert {line["canonical"].removeprefix("urn:uuid:") for line in lines} == uids
    for line in lines:
        expanded(line)


@pytest.mark.parametrize("path", ["statements/", "statements/export/"])
def test_it_is_whole(reader: Reader, path: str) -> None:
    assert reader.fault(path, format="annotation", fields="text")["code"] == "conflict"


def test_only_statements_are_annotations(reader: Reader) -> None:
    reader.problem(406, "articles/", format="annotation")
    reader.problem(406, "articles/export/", format="annotation")

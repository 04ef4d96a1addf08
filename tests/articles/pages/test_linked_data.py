"""What pages say to search engines, as a processor of JSON-LD reads it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pyld import jsonld

from tests.articles.api.test_formats import ANCESTORS, VOCABULARY
from tests.articles.pages.test_lists import said
from tests.articles.pages.test_statement import of, see
from tests.factories import ActorFactory, BylineFactory

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"
#: The terms that pages may use; a processor drops any other.
TERMS = {term: f"{SCHEMA}{term}" for terms in (*VOCABULARY.values(), ANCESTORS) for term in terms}


def load(url: str, options: Any) -> dict[str, Any]:
    """The context of schema.org, as far as it is used here: no test asks anybody else."""
    assert url.rstrip("/") == SCHEMA.rstrip("/")
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}


def read(client: Client, path: str) -> dict[str, Any]:
    """The one node of a page with nothing dropped: the properties by name."""
    see(client, path)
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.+?)</script>', client.get(path).content.decode()
    )
    (node,) = jsonld.expand(json.loads(text), {"documentLoader": load})
    assert set(node) - {"@type", "@id"} == {TERMS[name] for name in json.loads(text) if name[0] != "@"}
    assert jsonld.to_rdf(json.loads(text), {"documentLoader": load, "format": "application/n-quads"})
    return {name.removeprefix(SCHEMA): value for name, value in node.items()}


def test_each_page_of_a_record_describes_it(client):
    statement = said("It hums.", speaker=ActorFactory(name="Ada Lind", wikidata_id="Q42"))
    BylineFactory(article=statement.article)
    outlet = statement.article.outlet
    quotation = read(client, of(statement))
    assert quotation["@type"] == [f"{SCHEMA}Quotation"]
    assert quotation["spokenByCharacter"][0][f"{SCHEMA}name"] == [{"@value": "Ada Lind"}]
    assert read(client, f"/articles/{statement.article.uid}/")["@type"] == [f"{SCHEMA}NewsArticle"]
    person = read(client, f"/actors/{statement.speaker.slug}/")
    assert person["sameAs"] == [{"@value": "https://www.wikidata.org/entity/Q42"}]
    publisher = read(client, f"/outlets/{outlet.slug}/")
    assert publisher["@type"] == [f"{SCHEMA}NewsMediaOrganization"]
    assert publisher["name"] == [{"@value": outlet.name}]
    assert publisher["@id"] == quotation["isBasedOn"][0][f"{SCHEMA}publisher"][0]["@id"]


def test_an_unnamed_speaker_is_called_as_printed(client):
    (speaker,) = read(client, of(said("It hums.", speaker=None, speaker_label="a harbour pilot")))[
        "spokenByCharacter"
    ]
    assert speaker[f"{SCHEMA}name"] == [{"@value": "a harbour pilot"}]
    assert "spokenByCharacter" not in read(client, of(said("It hums.", speaker=None, speaker_label="")))

"""What every record and input looks like: examples in the OpenAPI description, by component.

Nobody in them exists.
"""

import json
from typing import Any

from actors.api import examples as actors
from articles.api.citations import STYLES

UPDATED = "2025-03-05T10:00:00Z"
SHA256 = "6c0b4f6e2a434f0c9a679d7c2f1b8e326c0b4f6e2a434f0c9a679d7c2f1b8e32"

OUTLET_REFERENCE = {"slug": "the-example-gazette", "name": "The Example Gazette"}
OUTLET = {
    "uid": "7c1f0d52-55d3-4a0e-8a55-0b9f3a3c1e21",
    "url": "https://news.example.org/api/v1/outlets/the-example-gazette/",
    **OUTLET_REFERENCE,
    "domains": ["gazette.example"],
    "wikidata_id": None,
    "text_policy": "excerpt",
    "updated_at": UPDATED,
}
ARTICLE_REFERENCE = {
    "uid": "5b0a4f6e-2a43-4f0c-9a67-9d7c2f1b8e32",
    "id": 1,
    "headline": "Council keeps the library open",
    "source_url": "https://gazette.example/library",
    "published_on": "2025-03-01",
    "published_precision": "day",
    "outlet": OUTLET_REFERENCE,
}
ARTICLE = {
    **ARTICLE_REFERENCE,
    "url": "https://news.example.org/api/v1/articles/5b0a4f6e-2a43-4f0c-9a67-9d7c2f1b8e32/",
    "deck": "",
    "section": "Local",
    "language": "en",
    "bylines": [{"position": 0, "author": actors.ACTOR_REFERENCE, "printed_name": "A. Example", "note": ""}],
    "updated_at": UPDATED,
    "snippet": None,
}
CAPTURE_REFERENCE = {"sha256": SHA256, "text_sha256": SHA256, "source_url": "https://gazette.example/library"}
CAPTURE = {
    **CAPTURE_REFERENCE,
    "length": 1822,
    "media_type": "text/plain",
    "extractor": None,
    "extractor_version": None,
    "captured_at": UPDATED,
}
LINK = {
    "position": 0,
    "title": "Bridge reopens",
    "section": "Local",
    "outlet_label": "The Example Gazette",
    "outlet": OUTLET_REFERENCE,
    "printed_date": "5 days ago",
    "published_on": None,
    "published_precision": None,
    "target": None,
}
STATEMENT: dict[str, Any] = {
    "id": 3,
    "uid": "c3f5e0b8-7a5e-4c57-8f0e-6d1f4a2b9c43",
    "url": "https://news.example.org/api/v1/statements/c3f5e0b8-7a5e-4c57-8f0e-6d1f4a2b9c43/",
    "kind": "direct",
    "text": "The library stays.",
    "speaker": actors.ACTOR_REFERENCE,
    "speaker_label": "Ada Example, who chairs the council",
    "cue": "said",
    "audience": "",
    "language": "en",
    "translated": False,
    "date": "2025-02-28",
    "date_precision": "day",
    "date_basis": "said_on",
    "said_on_source_url": None,
    "joint_uid": None,
    "joint_with": [],
    "article": ARTICLE_REFERENCE,
    "anchors": [{"exact": "The library stays.", "prefix": "“", "suffix": "” she", "start": 1, "end": 19}],
    "capture": CAPTURE_REFERENCE,
    "text_match": "matched",
    "text_checked_at": UPDATED,
    "in_latest_capture": True,
    "latest_capture": {"sha256": CAPTURE_REFERENCE["sha256"], "captured_at": UPDATED},
    "attribution": {
        "by": "curator",
        "extractor": None,
        "extractor_version": None,
        "confidence": None,
        "reviewed": True,
    },
    "status": "published",
    "updated_at": UPDATED,
    "snippet": None,
}
PROPOSED: dict[str, Any] = {
    **STATEMENT,
    "status": "proposed",
    "attribution": {
        "by": "extractor",
        "extractor": "newsdb",
        "extractor_version": "0.1.0",
        "confidence": 0.97,
        "reviewed": False,
    },
    "speaker_roles": [],
    "proposal": {
        "name": "Ada Example",
        "mention_start": 26,
        "mention_end": 37,
        "words": "The library stays.",
        "evidence": [{"method": "cue", "name": "Ada Example", "start": 26, "end": 37}],
        "decision": None,
        "decided_at": None,
    },
}
EXTENT = {"statements": 1, "first_date": "2025-02-28", "last_date": "2025-02-28"}

EXAMPLES: dict[str, Any] = {
    **actors.EXAMPLES,
    "Speaker": {**actors.ACTOR, "statement_count": 1},
    "Author": {**actors.ACTOR, "article_count": 1},
    "Outlet": OUTLET,
    "OutletInput": {**OUTLET_REFERENCE, "domains": ["gazette.example"], "text_policy": "excerpt"},
    "PatchedOutletInput": {"text_policy": "none", "reason": "They asked for it."},
    "Article": ARTICLE,
    "ArticleDetail": {
        **ARTICLE,
        "captures": [CAPTURE],
        "related_lists": [{"position": 0, "title": "Topics", "links": [LINK]}],
    },
    "ArticleInput": {
        "headline": "Council keeps the library open",
        "outlet": "the-example-gazette",
        "section": "Local",
        "language": "en",
        "source_url": "https://gazette.example/library",
        "published_on": "2025-03-01",
        "bylines": [{"author": "ada-example", "printed_name": "A. Example"}],
    },
    "PatchedArticleInput": {"published_on": "2025-03", "reason": "The page does not say the day."},
    "RelatedLink": {
        **LINK,
        "id": 1,
        "article": ARTICLE_REFERENCE,
        "list": {"position": 0, "title": "Topics"},
    },
    "Statement": STATEMENT,
    "StatementDetail": {**STATEMENT, "speaker_roles": [actors.ROLE], "proposal": None},
    "NewStatement": {**STATEMENT, "speaker_roles": [actors.ROLE], "proposal": None},
    "RetractionInput": {"reason": "The speaker was somebody else.", "joint": "this"},
    "CaptureInput": {
        "text": "The Example Gazette\nMarch 1, 2025\nCouncil keeps the library open\n“The library stays,” …",
        "source_url": "https://gazette.example/library",
        "captured_at": "2025-03-05T10:00:00Z",
    },
    "Loaded": {
        "action": "created",
        "notes": [],
        "article": {**ARTICLE, "captures": [CAPTURE], "related_lists": []},
        "capture": CAPTURE,
        "proposals": [PROPOSED],
    },
    "StatementInput": {
        "article": ARTICLE_REFERENCE["uid"],
        "kind": "direct",
        "words": ["The library stays."],
        "speaker": "ada-example",
        "speaker_label": "Ada Example, who chairs the council",
        "cue": "said",
        "language": "en",
        "said_on": "2025-02-28",
    },
    "PatchedStatementInput": {"speaker": "ada-example", "reason": "Page 2 names her."},
    "Facets": {
        "kind": {
            "counted": 1,
            "complete": True,
            "buckets": [{"key": "direct", "name": "Direct", "count": 1}],
            "others": 0,
            "missing": 0,
        },
        "month": {
            "counted": 1,
            "complete": True,
            "buckets": [{"key": "2025-02", "count": 1}],
            "others": 0,
            "less_precise": 0,
            "undated": 0,
        },
    },
    "Change": {
        "sequence": 7,
        "record_type": "statement",
        "uid": STATEMENT["uid"],
        "version": 1,
        "action": "created",
        "at": UPDATED,
        "reason": "",
        "reason_code": None,
        "record": STATEMENT,
    },
    "Dataset": {
        "version": 7,
        "updated_at": UPDATED,
        "counts": {
            "statements": 1,
            "speakers": 1,
            "articles": 1,
            "authors": 1,
            "outlets": 1,
            "actors": 2,
            "related_links": 1,
        },
        "coverage": {
            **{name: day for name, day in EXTENT.items() if name != "statements"},
            "undated": 0,
            "by_year": [{"year": 2025, "statements": 1}],
            "by_outlet": [{**OUTLET_REFERENCE, "articles": 1, **EXTENT}],
            "other_outlets": 0,
        },
        "licence": {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "releases": [{"name": "2025-03-05", "version": 7, "created": UPDATED, "sha256": SHA256}],
    },
}


def _citation(style: str) -> tuple[str, dict[str, Any]]:
    media_type, write = STYLES[style]
    cited: Any = write(STATEMENT, ["Ada Example"]).decode()
    schema: dict[str, Any] = {"type": "string", "description": f"With `cite={style}`."}
    if "json" in media_type:
        cited = json.loads(cited)
        schema |= {"type": "array", "items": {"type": "object"}}
    return media_type.partition(";")[0], {**schema, "examples": [cited]}


#: Citations of a statement, by media type: their JSON Schema with an example.
CITATIONS = dict(map(_citation, STYLES))

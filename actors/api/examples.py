"""What actors, and what is written of them, look like: examples in the OpenAPI description, by component."""

ACTOR_REFERENCE = {"slug": "ada-example", "name": "Ada Example", "kind": "person", "wikidata_id": None}
ROLE = {
    "title": "Chair of the council",
    "organisation": {"slug": "council-of-exampleton", "name": "Council of Exampleton"},
    "started_on": "2022-01-01",
    "started_precision": "year",
    "ended_on": None,
    "ended_precision": None,
}
ACTOR = {
    "uid": "0d8bde3c-6a5f-4c1f-9b8e-2f8f1a6f7c10",
    "url": "https://news.example.org/api/v1/actors/ada-example/",
    "slug": "ada-example",
    "kind": "person",
    "name": "Ada Example",
    "names": ["A. Example"],
    "wikidata_id": None,
    "roles": [ROLE],
    "updated_at": "2025-03-05T10:00:00Z",
}
ACTOR_INPUT = {
    "slug": "ada-example",
    "kind": "person",
    "name": "Ada Example",
    "names": ["A. Example"],
    "roles": [
        {"title": "Chair of the council", "organisation": "council-of-exampleton", "started_on": "2022"}
    ],
}
REASON_INPUT = {"reason": "The speaker was somebody else."}
VERSION = {
    "version": 2,
    "action": "updated",
    "at": "2025-03-05T10:00:00Z",
    "by": "curator",
    "reason": "Misspelt.",
    "reason_code": None,
    "changes": [{"field": "name", "before": "Ada Exampel", "after": "Ada Example"}],
}

EXAMPLES = {
    "Actor": ACTOR,
    "ActorInput": ACTOR_INPUT,
    "PatchedActorInput": {"name": "Ada Example", "reason": "Misspelt."},
    "MergeInput": {"into": "ada-example", "reason": "One and the same person."},
    "ReasonInput": REASON_INPUT,
    "Version": VERSION,
}

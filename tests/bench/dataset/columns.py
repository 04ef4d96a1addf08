"""The tables that are filled, in this order: which columns differ row by row, what stands in the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actors.models import Actor, ActorName, ActorSlug, Role
from articles.models import Anchor, Article, Byline, Capture, Outlet, OutletDomain, OutletSlug, Statement


@dataclass(frozen=True)
class Table:
    """``varying`` are the columns of the tuples that are made; ``same`` have one value in all rows."""

    model: Any
    varying: tuple[str, ...]
    same: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        written = {f.column for f in self.model._meta.concrete_fields if not f.generated}
        if odd := written.symmetric_difference(self.columns):
            raise TypeError(f"{self.name}: what is made for these columns? {', '.join(sorted(odd))}")

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.varying, *self.same)


_KEPT = {"status": "published", "retracted_at": None, "retraction_reason": ""}

TABLES = {
    "actor": Table(
        Actor,
        ("id", "uid", "kind", "name", "name_key", "slug", "wikidata_id", "updated_at"),
        {"merged_into_id": None},
    ),
    "actor_name": Table(ActorName, ("id", "actor_id", "name", "key")),
    "actor_slug": Table(ActorSlug, ("id", "slug", "actor_id")),
    "role": Table(
        Role,
        ("id", "actor_id", "title", "started_on"),
        {"organisation_id": None, "started_precision": "day", "ended_on": None, "ended_precision": ""},
    ),
    "outlet": Table(
        Outlet,
        ("id", "uid", "name", "name_key", "slug", "updated_at"),
        {"wikidata_id": None, "text_policy": "none", "merged_into_id": None},
    ),
    "outlet_slug": Table(OutletSlug, ("id", "slug", "outlet_id")),
    "outlet_domain": Table(OutletDomain, ("id", "outlet_id", "domain")),
    "article": Table(
        Article,
        (
            *(
                "id",
                "uid",
                "headline",
                "deck",
                "tokens",
                "outlet_id",
                "section",
                "source_url",
                "source_url_key",
            ),
            *("published_on", "published_precision", "updated_at"),
        ),
        {"language": "en", **_KEPT},
    ),
    "byline": Table(Byline, ("id", "article_id", "author_id", "printed_name"), {"position": 0, "note": ""}),
    "capture": Table(
        Capture,
        (
            *("id", "article_id", "sha256", "text_sha256", "length", "source_url", "source_url_key"),
            "captured_at",
        ),
        # Most texts are not ours to pass on.
        {
            "media_type": "text/plain",
            "extractor": "",
            "extractor_version": "",
            "text": None,
            "text_erased": False,
        },
    ),
    "statement": Table(
        Statement,
        (
            *("id", "uid", "article_id", "capture_id", "outlet_id", "published_on", "published_precision"),
            *(
                "speaker_id",
                "speaker_label",
                "kind",
                "text",
                "words_key",
                "tokens",
                "said_on",
                "said_precision",
            ),
            *("attributed_by", "extractor", "extractor_version", "confidence", "reviewed"),
            *("text_checked_at", "updated_at"),
        ),
        {
            "cue": "said",
            "audience": "",
            "language": "en",
            "translated": False,
            "said_on_source_url": "",
            "place": "",
            "text_match": "matched",
            # Known only where a text is at hand.
            "in_latest_capture": None,
            "latest_capture_id": None,
            "joint_uid": None,
            **_KEPT,
        },
    ),
    "anchor": Table(
        Anchor,
        (
            *("id", "statement_id", "capture_id", "position", "exact", "prefix", "suffix", "start", "end"),
            "checked_at",
        ),
        {"match": "matched"},
    ),
}

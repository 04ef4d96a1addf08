"""The tables of the public dataset: their rows and columns, in an order in which they can be loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce

from actors.models import Actor, ActorName, ActorSlug, Role
from articles.export.fields import column_of
from articles.export.tables import Reference, Row, Table
from articles.models import (
    Anchor,
    Article,
    Byline,
    Capture,
    ClaimReview,
    Outlet,
    OutletDomain,
    OutletName,
    OutletSlug,
    RelatedLink,
    RelatedList,
    Statement,
)


@dataclass(frozen=True)
class Public:
    """The public rows of a model.

    ``columns`` maps names to field paths; the path of a reference ends in the field that identifies the other
    row in releases. ``shown`` replaces paths by expressions. ``derived`` columns are computed from others.
    ``optional`` columns may be missing in older releases, as may the whole table if it was ``added_later``.
    """

    name: str
    rows: QuerySet
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    order: Any = "pk"
    added_later: bool = False

    @property
    def model(self) -> Any:
        return self.rows.model

    @cached_property
    def table(self) -> Table:
        """The schema of the table, from the model's fields."""
        return Table(
            name=self.name,
            description=f"{' '.join(self.model.__doc__.split()).split('. ')[0].rstrip('.')}.",
            columns=tuple(
                column_of(
                    self.model, name, path, derived=name in self.derived, optional=name in self.optional
                )
                for name, path in self.columns.items()
            ),
            key=self.key,
            optional=self.added_later,
            references=tuple(
                Reference(tuple(found), other.name, tuple(other.name_of(path) for path in found.values()))
                for foreign_key, found in self.references.items()
                for other in TABLES
                if other.model is foreign_key.related_model
            ),
        )

    @cached_property
    def references(self) -> dict[Any, dict[str, str]]:
        """For each foreign key, the columns that identify the other row, with the paths from there."""
        found: dict[Any, dict[str, str]] = {}
        for name, path in self.columns.items():
            first, _, rest = path.partition("__")
            if rest:
                found.setdefault(self.model._meta.get_field(first), {})[name] = rest
        return found

    def name_of(self, path: str) -> str:
        """The name of the column for ``path``."""
        return next(name for name, shown in self.columns.items() if shown == path)

    def stream(self) -> Iterator[Row]:
        """Yield the rows in batches; use a snapshot for a consistent state of all tables."""
        return self.values().iterator(chunk_size=2000)

    def values(self) -> QuerySet:
        """The query for the rows."""
        paths = (self.shown.get(name, path) for name, path in self.columns.items())
        return self.rows.order_by(self.order).values_list(*paths)


def _same(*names: str) -> dict[str, str]:
    return dict(zip(names, names, strict=True))


def _survivor(foreign_key: str) -> Coalesce:
    """The slug of the actor or outlet, or of the one that it was merged into."""
    return Coalesce(f"{foreign_key}__merged_into__slug", f"{foreign_key}__slug")


class Bytewise(models.Func):
    """Sorts text bytewise, independently of the database's locale."""

    template = '%(expressions)s COLLATE "C"'
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s COLLATE BINARY")


UNMERGED_ACTORS, UNMERGED_OUTLETS = Actor.objects.not_merged(), Outlet.objects.not_merged()
PUBLISHED: dict[str, Any] = {"article__status": "published"}

#: Tables come after those they refer to. Rows come in the order in which they were recorded, which is
#: significant: for captures, names and equal dates.
TABLES = (
    Public(
        "actors",
        UNMERGED_ACTORS,
        _same("uid", "kind", "name", "slug", "wikidata_id", "updated_at"),
        key=("uid",),
    ),
    # Slugs are sorted: the database records current ones itself, so their order cannot be restored.
    Public(
        "actor_slugs",
        ActorSlug.objects.all(),
        {"slug": "slug", "actor": "actor__slug"},
        key=("slug",),
        shown={"actor": _survivor("actor")},
        order=Bytewise("slug"),
    ),
    Public(
        "actor_names",
        ActorName.objects.filter(actor__in=UNMERGED_ACTORS),
        {"actor": "actor__slug", "name": "name"},
        key=("actor", "name"),
    ),
    Public(
        "roles",
        Role.objects.filter(actor__in=UNMERGED_ACTORS),
        {
            "actor": "actor__slug",
            "title": "title",
            "organisation": "organisation__slug",
            **_same("started_on", "started_precision", "ended_on", "ended_precision"),
        },
        shown={"organisation": _survivor("organisation")},
    ),
    Public(
        "outlets",
        UNMERGED_OUTLETS,
        _same("uid", "name", "slug", "wikidata_id", "text_policy", "updated_at"),
        key=("uid",),
    ),
    Public(
        "outlet_slugs",
        OutletSlug.objects.all(),
        {"slug": "slug", "outlet": "outlet__slug"},
        key=("slug",),
        shown={"outlet": _survivor("outlet")},
        order=Bytewise("slug"),
        added_later=True,
    ),
    Public(
        "outlet_names",
        OutletName.objects.filter(outlet__in=UNMERGED_OUTLETS),
        {"outlet": "outlet__slug", "name": "name"},
        key=("outlet", "name"),
        added_later=True,
    ),
    Public(
        "outlet_domains",
        OutletDomain.objects.all(),
        {"outlet": "outlet__slug", "domain": "domain"},
        key=("domain",),
    ),
    Public(
        "articles",
        Article.objects.public(),
        {
            **_same("uid", "headline", "deck"),
            "outlet": "outlet__slug",
            **_same("section", "language", "source_url", "published_on", "published_precision", "updated_at"),
        },
        key=("uid",),
    ),
    Public(
        "bylines",
        # A byline left with a merged actor duplicates the survivor's on the same article.
        Byline.objects.filter(author__in=UNMERGED_ACTORS, **PUBLISHED),
        {
            "article": "article__uid",
            "position": "position",
            "author": "author__slug",
            **_same("printed_name", "note"),
        },
        key=("article", "position"),
    ),
    Public(
        "captures",
        Capture.objects.filter(**PUBLISHED),
        {
            "article": "article__uid",
            **_same("sha256", "text_sha256", "length", "media_type", "extractor", "extractor_version"),
            **_same("source_url", "captured_at"),
        },
        key=("sha256",),
    ),
    Public(
        "related_lists",
        RelatedList.objects.filter(**PUBLISHED),
        {"article": "article__uid", **_same("position", "title")},
        key=("article", "position"),
    ),
    Public(
        "related_links",
        RelatedLink.objects.public(),
        {
            "article": "related_list__article__uid",
            "list": "related_list__position",
            **_same("position", "title", "source_url", "section", "outlet_label"),
            "outlet": "outlet__slug",
            **_same("printed_date", "published_on", "published_precision"),
            "target": "target__uid",
        },
        key=("article", "list", "position"),
        optional=("source_url",),
        shown={"target": Case(When(target__status="published", then=F("target__uid")))},
    ),
    Public(
        "statements",
        Statement.objects.public().filter(**PUBLISHED),
        {
            "uid": "uid",
            "article": "article__uid",
            "speaker": "speaker__slug",
            **_same(
                "joint_uid", "speaker_label", "kind", "text", "cue", "audience", "language", "translated"
            ),
            **_same("said_on", "said_precision", "said_on_source_url", "place"),
            **_same("date", "date_precision", "date_basis"),
            **_same("attributed_by", "extractor", "extractor_version", "confidence", "reviewed"),
            **_same("text_match", "text_checked_at", "in_latest_capture"),
            "latest_capture": "latest_capture__sha256",
            "updated_at": "updated_at",
        },
        key=("uid",),
        shown={"speaker": _survivor("speaker")},
        derived=("date", "date_precision", "date_basis", "text_match", "text_checked_at"),
        optional=("place", "joint_uid", "in_latest_capture", "latest_capture"),
    ),
    Public(
        "anchors",
        Anchor.objects.filter(
            statement__status="published",
            statement__article__status="published",
            capture__article__status="published",
        ),
        {
            "statement": "statement__uid",
            "capture": "capture__sha256",
            **_same("position", "exact", "prefix", "suffix", "start", "end", "match", "checked_at"),
        },
        key=("statement", "capture", "position"),
    ),
    Public(
        "claim_reviews",
        ClaimReview.objects.filter(statement__status="published", statement__article__status="published"),
        {
            "statement": "statement__uid",
            **_same("source_url", "publisher", "rating", "published_on", "published_precision"),
        },
        key=("statement", "source_url"),
        added_later=True,
    ),
)

"""The dataset as a whole: its version, what it covers and how it may be used."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db.models import Exists
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from articles.api.serializers.dataset import MOST, CountsSerializer, DatasetSerializer
from articles.export.releases import StoredRelease, releases_in
from articles.models import Outlet, Statement
from articles.models.corpus import CORPORA
from articles.models.extent import extents_by, last_date_of
from articles.models.holdings import Holdings, holdings
from articles.models.sample import holds_sample
from articles.models.statement import UNDATED
from newsdb.api.endpoints.base import StrictView
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.rows.reading import Row
from newsdb.models import Change
from newsdb.models.version_cache import cached_per_version


class DatasetViewSet(StrictView, ViewSet):
    """The dataset's version, counts, coverage by date and outlet, licence and releases."""

    serializer_class = DatasetSerializer

    def list(self, request: Request) -> HttpResponse:
        """The dataset's version, counts, coverage by date and outlet, licence and releases."""
        releases = releases_in(Path(settings.RELEASES_DIR)) if settings.RELEASES_DIR else []
        conditional = ConditionalResponse(request, releases, settings.DATASET_LICENCE, _publisher())
        return conditional.respond(partial(self._describe, releases))

    def _describe(self, releases: Sequence[StoredRelease]) -> Response:
        version, updated_at = Change.objects.public().version()
        counts, coverage, corpora = _cached_facts()
        row = {
            "version": version,
            "updated_at": updated_at,
            "counts": counts,
            "coverage": coverage,
            "licence": settings.DATASET_LICENCE,
            "corpora": corpora,
            **_publisher(),
            "sample": holds_sample(),
            "releases": [asdict(release) for release in releases],
        }
        return Response(row)


def _publisher() -> Row:
    """Where to report mistakes, and the legal notices of the publisher; null if not set."""
    return {
        name: getattr(settings, name.upper()) or None for name in ("contact", "privacy_url", "imprint_url")
    }


def _corpora() -> list[Row]:
    """The corpora that public statements are from, all looked up in one query."""
    # Without this, SQLite would scan all statements for one of a corpus that may have none.
    public = Statement.objects.public().by_index("articles_statement_by_corpus")
    held = (Exists(public.from_corpora([name])) for name in CORPORA)
    present = Change.objects.order_by("pk").values_list(*held).first() or ()
    return [
        {
            "name": name,
            "title": corpus.title,
            "source_url": corpus.source_url,
            "licence": {"name": corpus.licence, "url": corpus.licence_url},
        }
        for (name, corpus), is_present in zip(CORPORA.items(), present, strict=False)
        if is_present
    ]


@cached_per_version(1)
def _cached_facts() -> tuple[Row, Row, list[Row]]:
    found = holdings()
    coverage = {
        **_dates(found),
        **_by_year(found),
        "by_outlet": _by_outlet(found),
        "other_outlets": max(0, found.outlets - MOST),
    }
    return {str(name): getattr(found, str(name)) for name in CountsSerializer().fields}, coverage, _corpora()


def _dates(found: Holdings) -> Row:
    days = found.statements_by_day.keys() - {UNDATED}
    last_date = last_date_of(Statement.objects.public(), max(days, default=None))
    return {"first_date": min(days, default=None), "last_date": last_date}


def _by_year(found: Holdings) -> Row:
    years: Counter[int] = Counter()
    for day, count in found.statements_by_day.items():
        years[day.year] += count
    undated = years.pop(UNDATED.year, 0)
    return {"undated": undated, "by_year": [{"year": y, "statements": years[y]} for y in sorted(years)]}


def _by_outlet(found: Holdings) -> list[Row]:
    outlets = [
        (-found.statements_by_outlet.get(pk, 0), -found.articles_by_outlet.get(pk, 0), slug, name, pk)
        for pk, slug, name in Outlet.objects.not_merged().order_by().values_list("pk", "slug", "name")
    ]
    most = sorted(outlets)[:MOST]
    extents = extents_by(Statement.objects.public(), "outlet", {pk: -count for count, *_, pk in most})
    return [
        {"slug": slug, "name": name, "articles": -articles, **extents[pk]}
        for _, articles, slug, name, pk in most
    ]

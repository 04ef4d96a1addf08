"""The dataset as a whole: its version, what it covers and how it may be used."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from articles.export.releases import LATEST, KeptRelease, releases_in
from articles.models import Outlet, Statement
from articles.models.extent import extents_by, last_date_of
from articles.models.holdings import Holdings, holdings
from articles.models.statement import UNDATED
from newsdb.api.endpoints.base import StrictView
from newsdb.api.response.conditional import ConditionalResponse
from newsdb.api.rows.reading import Row
from newsdb.models import Change
from newsdb.models.remembered import remembered

#: How many outlets are listed.
MOST = 100


class CountsSerializer(serializers.Serializer):
    """How many public records there are."""

    statements = serializers.IntegerField(min_value=0, help_text="Statements.")
    speakers = serializers.IntegerField(min_value=0, help_text="Actors with statements.")
    articles = serializers.IntegerField(min_value=0, help_text="Articles.")
    authors = serializers.IntegerField(min_value=0, help_text="Actors with bylines.")
    outlets = serializers.IntegerField(min_value=0, help_text="Outlets.")
    actors = serializers.IntegerField(min_value=0, help_text="People and organisations.")
    related_links = serializers.IntegerField(min_value=0, help_text="Printed links.")

    class Meta:
        example = {
            "statements": 1,
            "speakers": 1,
            "articles": 1,
            "authors": 1,
            "outlets": 1,
            "actors": 2,
            "related_links": 1,
        }


class YearSerializer(serializers.Serializer):
    """How many statements are of one year."""

    year = serializers.IntegerField(help_text="The year.")
    statements = serializers.IntegerField(min_value=1, help_text="How many statements are of it.")

    class Meta:
        example = {"year": 2025, "statements": 1}


class OutletCoverageSerializer(serializers.Serializer):
    """What there is of one outlet."""

    slug = serializers.CharField(help_text="Its address.")
    name = serializers.CharField(help_text="Its name.")
    articles = serializers.IntegerField(min_value=0, help_text="How many of its articles.")
    statements = serializers.IntegerField(min_value=0, help_text="How many statements printed in it.")
    first_date = serializers.DateField(allow_null=True, help_text="The first day of their dates, or null.")
    last_date = serializers.DateField(allow_null=True, help_text="The last day of their dates, or null.")

    class Meta:
        example = {
            "slug": "the-example-gazette",
            "name": "The Example Gazette",
            "articles": 1,
            "statements": 1,
            "first_date": "2025-02-28",
            "last_date": "2025-02-28",
        }


class DatasetCoverageSerializer(serializers.Serializer):
    """What the statements are of; that it holds nothing does not mean that nothing was said."""

    first_date = serializers.DateField(allow_null=True, help_text="The first day of their dates, or null.")
    last_date = serializers.DateField(allow_null=True, help_text="The last day of their dates, or null.")
    undated = serializers.IntegerField(min_value=0, help_text="How many have no date.")
    by_year = YearSerializer(many=True, help_text="By the year of their date, oldest first.")
    by_outlet = OutletCoverageSerializer(
        many=True, help_text=f"By outlet, those with most statements first; {MOST} at most."
    )
    other_outlets = serializers.IntegerField(min_value=0, help_text="How many outlets are not listed.")

    class Meta:
        example = {"first_date": "2025-02-28", "last_date": "2025-02-28", "undated": 0, "other_outlets": 0}


class LicenceSerializer(serializers.Serializer):
    """Under which the dataset may be used. It holds no publishers' texts, whose rights are theirs."""

    name = serializers.CharField(help_text="Its short name, as in: CC0-1.0.")
    url = serializers.URLField(help_text="Where it is written.")

    class Meta:
        example = {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}


class ReleaseSerializer(serializers.Serializer):
    """A release, as `manage.py export_dataset` writes it."""

    name = serializers.CharField(help_text="The name of its directory.")
    version = serializers.IntegerField(help_text="The dataset's version that it holds.")
    created = serializers.DateTimeField(help_text="When it was written.")
    sha256 = serializers.CharField(
        help_text="SHA-256 of its datapackage.json, which states that of every file, hexadecimal."
    )

    class Meta:
        example = {
            "name": "2025-03-05",
            "version": 7,
            "created": "2025-03-05T10:00:00Z",
            "sha256": "6c0b4f6e2a434f0c9a679d7c2f1b8e326c0b4f6e2a434f0c9a679d7c2f1b8e32",
        }


class DatasetSerializer(serializers.Serializer):
    """The dataset as a whole."""

    version = serializers.IntegerField(
        min_value=0, help_text="The number of its latest public change: that one's `sequence` in `changes/`."
    )
    updated_at = serializers.DateTimeField(
        allow_null=True, help_text="When that was; null while it is empty."
    )
    counts = CountsSerializer(help_text="How many public records there are.")
    coverage = DatasetCoverageSerializer(help_text="What the statements are of.")
    licence = LicenceSerializer(help_text="Under which it may be used, publishers' texts aside.")
    releases = ReleaseSerializer(many=True, help_text=f"The {LATEST} latest, newest first.")

    class Meta:
        example = {"version": 7, "updated_at": "2025-03-05T10:00:00Z"}


class DatasetViewSet(StrictView, ViewSet):
    """The dataset's version, counts, coverage by date and outlet, licence and releases."""

    serializer_class = DatasetSerializer

    def list(self, request: Request) -> HttpResponse:
        """The dataset's version, counts, coverage by date and outlet, licence and releases."""
        releases = releases_in(Path(settings.RELEASES_DIR)) if settings.RELEASES_DIR else []
        conditional = ConditionalResponse(request, releases, settings.DATASET_LICENCE)
        return conditional.respond(partial(self._describe, releases))

    def _describe(self, releases: Sequence[KeptRelease]) -> Response:
        version, updated_at = Change.objects.public().version()
        counts, coverage = _counts_and_coverage()
        answer = {
            "version": version,
            "updated_at": updated_at,
            "counts": counts,
            "coverage": coverage,
            "licence": settings.DATASET_LICENCE,
            "releases": [asdict(release) for release in releases],
        }
        return Response(answer)


@remembered(1)
def _counts_and_coverage() -> tuple[Row, Row]:
    held = holdings()
    coverage = {
        **_dates(held),
        **_by_year(held),
        "by_outlet": _by_outlet(held),
        "other_outlets": max(0, held.outlets - MOST),
    }
    return {str(name): getattr(held, str(name)) for name in CountsSerializer().fields}, coverage


def _dates(held: Holdings) -> Row:
    days = held.statements_by_day.keys() - {UNDATED}
    last_date = last_date_of(Statement.objects.public(), max(days, default=None))
    return {"first_date": min(days, default=None), "last_date": last_date}


def _by_year(held: Holdings) -> Row:
    years: Counter[int] = Counter()
    for day, count in held.statements_by_day.items():
        years[day.year] += count
    undated = years.pop(UNDATED.year, 0)
    return {"undated": undated, "by_year": [{"year": y, "statements": years[y]} for y in sorted(years)]}


def _by_outlet(held: Holdings) -> list[Row]:
    outlets = [
        (-held.statements_by_outlet.get(pk, 0), -held.articles_by_outlet.get(pk, 0), slug, name, pk)
        for pk, slug, name in Outlet.objects.order_by().values_list("pk", "slug", "name")
    ]
    most = sorted(outlets)[:MOST]
    extents = extents_by(Statement.objects.public(), "outlet", {pk: -count for count, *_, pk in most})
    return [
        {"slug": slug, "name": name, "articles": -articles, **extents[pk]}
        for _, articles, slug, name, pk in most
    ]

"""The dataset as a whole."""

from rest_framework import serializers

from articles.export.releases import LATEST

#: The most outlets listed.
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
    """The number of statements of one year."""

    year = serializers.IntegerField(help_text="The year.")
    statements = serializers.IntegerField(
        min_value=1, help_text="How many statements have a date in that year."
    )

    class Meta:
        example = {"year": 2025, "statements": 1}


class OutletCoverageSerializer(serializers.Serializer):
    """The coverage of one outlet."""

    slug = serializers.CharField(help_text="Its address.")
    name = serializers.CharField(help_text="Its name.")
    articles = serializers.IntegerField(min_value=0, help_text="How many of its articles are public.")
    statements = serializers.IntegerField(min_value=0, help_text="How many public statements it printed.")
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
    """What the statements cover; that there are none does not mean that nothing was said."""

    first_date = serializers.DateField(allow_null=True, help_text="The first day of their dates, or null.")
    last_date = serializers.DateField(allow_null=True, help_text="The last day of their dates, or null.")
    undated = serializers.IntegerField(min_value=0, help_text="How many statements have no date.")
    by_year = YearSerializer(many=True, help_text="By the year of their date, oldest first.")
    by_outlet = OutletCoverageSerializer(
        many=True, help_text=f"By outlet, those with the most statements first; {MOST} at most."
    )
    other_outlets = serializers.IntegerField(min_value=0, help_text="How many outlets are not listed.")

    class Meta:
        example = {"first_date": "2025-02-28", "last_date": "2025-02-28", "undated": 0, "other_outlets": 0}


class LicenceSerializer(serializers.Serializer):
    """The licence of the dataset, which has no publishers' texts."""

    name = serializers.CharField(help_text="Its short name, for example: CC0-1.0.")
    url = serializers.URLField(help_text="The URL of its text.")

    class Meta:
        example = {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}


class CorpusSerializer(serializers.Serializer):
    """A published corpus that statements were imported from."""

    name = serializers.CharField(help_text="Its name in `corpus=` and in a statement's `attribution`.")
    title = serializers.CharField(help_text="Its name.")
    source_url = serializers.URLField(help_text="Where it was published.")
    licence = LicenceSerializer(help_text="Its own licence.")

    class Meta:
        example = {
            "name": "quotebank",
            "title": "Quotebank",
            "source_url": "https://zenodo.org/record/4277311",
            "licence": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        }


class ReleaseSerializer(serializers.Serializer):
    """A release, as `manage.py export_dataset` writes it."""

    name = serializers.CharField(help_text="The name of its directory.")
    version = serializers.IntegerField(help_text="The dataset's version in it.")
    created = serializers.DateTimeField(help_text="When it was written.")
    sha256 = serializers.CharField(
        help_text="SHA-256 of its datapackage.json in hexadecimal; that file lists the hash of every other"
        " one."
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
        min_value=0, help_text="The `sequence` of its latest public change in `changes/`."
    )
    updated_at = serializers.DateTimeField(
        allow_null=True, help_text="When that change was made; null while the dataset is empty."
    )
    counts = CountsSerializer(help_text="How many public records there are.")
    coverage = DatasetCoverageSerializer(help_text="What the statements cover.")
    licence = LicenceSerializer(help_text="The licence of the dataset, but not of publishers' texts.")
    corpora = CorpusSerializer(many=True, help_text="The corpora that statements were imported from.")
    contact = serializers.CharField(
        allow_null=True, help_text="Where to report a mistake: a URL or a mailto: address; null if unset."
    )
    privacy_url = serializers.URLField(allow_null=True, help_text="The privacy notice; null if unset.")
    imprint_url = serializers.URLField(
        allow_null=True, help_text="Who publishes this dataset; null if unset."
    )
    sample = serializers.BooleanField(
        help_text="Whether the records are those invented by `manage.py load_sample`."
    )
    releases = ReleaseSerializer(many=True, help_text=f"The latest {LATEST} releases, newest first.")

    class Meta:
        example = {
            "version": 7,
            "updated_at": "2025-03-05T10:00:00Z",
            "contact": "mailto:desk@example.org",
            "privacy_url": "https://example.org/privacy",
            "imprint_url": "https://example.org/imprint",
            "sample": False,
        }

"""The columns that an answer shows, of tables that newsdb made."""

from django.db import models


class Actor(models.Model):
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    wikidata_id = models.CharField(max_length=12, null=True)  # noqa: DJ001

    class Meta:
        managed = False
        db_table = "actors_actor"

    def __str__(self) -> str:
        return self.name


class Outlet(models.Model):
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "articles_outlet"

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    headline = models.CharField(max_length=500)
    source_url = models.CharField(max_length=2000)
    published_on = models.DateField(null=True)
    published_precision = models.CharField(max_length=5)
    outlet = models.ForeignKey(Outlet, on_delete=models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "articles_article"

    def __str__(self) -> str:
        return self.headline


class Capture(models.Model):
    sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    source_url = models.CharField(max_length=2000)

    class Meta:
        managed = False
        db_table = "articles_capture"

    def __str__(self) -> str:
        return self.sha256


class Statement(models.Model):
    uid = models.UUIDField()
    kind = models.CharField(max_length=8)
    text = models.TextField()
    speaker = models.ForeignKey(Actor, null=True, on_delete=models.DO_NOTHING)
    speaker_label = models.CharField(max_length=300)
    cue = models.CharField(max_length=100)
    audience = models.CharField(max_length=300)
    language = models.CharField(max_length=35)
    translated = models.BooleanField(null=True)
    date = models.DateField(null=True)
    date_precision = models.CharField(max_length=5)
    date_basis = models.CharField(max_length=12)
    sort_date = models.DateField()
    said_on_source_url = models.CharField(max_length=2000)
    article = models.ForeignKey(Article, on_delete=models.DO_NOTHING)
    outlet = models.ForeignKey(Outlet, on_delete=models.DO_NOTHING, related_name="+")
    capture = models.ForeignKey(Capture, null=True, on_delete=models.DO_NOTHING)
    text_match = models.CharField(max_length=10)
    text_checked_at = models.DateTimeField(null=True)
    attributed_by = models.CharField(max_length=9)
    extractor = models.CharField(max_length=100)
    extractor_version = models.CharField(max_length=50)
    confidence = models.FloatField(null=True)
    reviewed = models.BooleanField()
    status = models.CharField(max_length=9)
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "articles_statement"

    def __str__(self) -> str:
        return self.text


class Anchor(models.Model):
    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="anchors")
    position = models.PositiveSmallIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32)
    suffix = models.CharField(max_length=32)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = "articles_anchor"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.exact

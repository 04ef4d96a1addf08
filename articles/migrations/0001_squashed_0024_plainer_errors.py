"""The tables of articles, statements and what belongs to them."""

import articles.search.analyser
import articles.search.index
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import newsdb.addresses
import newsdb.models.constraints
import newsdb.models.fields
import newsdb.text
import uuid
from django.db import migrations, models
from articles.migrations._search import count_as_by_default, count_more, create_indexes, drop_indexes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_squashed_0005_plainer_errors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Permanent identifier, the same in exports and in the change feed.",
                        unique=True,
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        help_text="As the outlet calls itself; [unknown outlet] for articles whose publisher is unknown.",
                        max_length=200,
                    ),
                ),
                (
                    "name_key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold,
                        source="name",
                    ),
                ),
                (
                    "slug",
                    newsdb.models.fields.CharField(
                        help_text="Its current slug in addresses; former slugs keep working.",
                        max_length=100,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Lower-case words joined by hyphens."
                            )
                        ],
                    ),
                ),
                (
                    "wikidata_id",
                    newsdb.models.fields.CharField(
                        blank=True,
                        help_text="Its Wikidata id, or null if unknown.",
                        max_length=12,
                        null=True,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^Q[1-9][0-9]*\\Z", "Q followed by a number, such as Q3874799."
                            )
                        ],
                    ),
                ),
                (
                    "text_policy",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("none", "None"),
                            ("excerpt", "excerpt (300 code points around each anchor)"),
                            ("full", "Full"),
                        ],
                        default="none",
                        help_text="How much captured text is public: none, excerpt (300 code points around each anchor) or full.",
                        max_length=7,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["name_key", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("name")),
                        name="articles_outlet_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_policy__in", ["none", "excerpt", "full"])),
                        name="articles_outlet_text_policy",
                        violation_error_message="text_policy is one of: none, excerpt, full.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*\\Z")),
                        name="articles_outlet_slug",
                        violation_error_message="A slug consists of lower-case words joined by hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^(q[0-9]+|export)\\Z"), _negated=True),
                        name="articles_outlet_slug_reserved",
                        violation_error_message="A slug cannot be export, or q followed by digits, which is reserved for Wikidata ids.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wikidata_id", None), ("wikidata_id__regex", "^Q[1-9][0-9]*\\Z"), _connector="OR"
                        ),
                        name="articles_outlet_wikidata_id",
                        violation_error_message="A Wikidata id is Q followed by a number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="articles_outlet_named",
                        violation_error_message="An outlet needs a name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Permanent identifier, the same in exports and in the change feed.",
                        unique=True,
                    ),
                ),
                (
                    "headline",
                    newsdb.models.fields.CharField(
                        help_text="As printed; [no headline] if there is none.", max_length=500
                    ),
                ),
                (
                    "deck",
                    newsdb.models.fields.TextField(
                        blank=True,
                        default="",
                        help_text="The line under the headline; empty if unknown or absent.",
                    ),
                ),
                (
                    "tokens",
                    articles.search.index.TokensField(
                        blank=True,
                        default="",
                        editable=False,
                        key=articles.search.analyser.analyse,
                        serialize=False,
                        source=("headline", "deck"),
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        help_text="Who published it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.outlet",
                    ),
                ),
                (
                    "section",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="As printed, for example: Politics.", max_length=100
                    ),
                ),
                (
                    "language",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="BCP 47 tag, for example: en; empty if unknown.",
                        max_length=35,
                    ),
                ),
                (
                    "source_url",
                    newsdb.models.fields.WebAddressField(
                        blank=True,
                        default="",
                        help_text="Its address on the web; empty if unknown.",
                        max_length=2000,
                    ),
                ),
                (
                    "source_url_key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        default="",
                        editable=False,
                        key=newsdb.addresses.canonical_url,
                        source="source_url",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of the day, month or year of publication, or null if unknown.",
                        null=True,
                    ),
                ),
                (
                    "published_precision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="",
                        help_text="day, month or year; empty if unknown.",
                        max_length=5,
                    ),
                ),
                (
                    "published_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=newsdb.models.constraints.LastDay("published_on", "published_precision"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "status",
                    newsdb.models.fields.CharField(
                        choices=[("published", "Published"), ("retracted", "Retracted")],
                        default="published",
                        help_text="published or retracted.",
                        max_length=9,
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When it was retracted.", null=True
                    ),
                ),
                (
                    "retraction_reason",
                    newsdb.models.fields.TextField(
                        blank=True, default="", editable=False, help_text="Why it was retracted."
                    ),
                ),
                (
                    "sort_date",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "published_on", models.Value(datetime.date(1, 1, 1))
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-sort_date", "-id"],
                "indexes": [
                    models.Index(fields=["-sort_date", "-id"], name="articles_article_newest"),
                    models.Index(fields=["outlet", "-sort_date", "-id"], name="articles_article_by_outlet"),
                    models.Index(fields=["updated_at"], name="articles_article_updated"),
                    models.Index(
                        condition=models.Q(("status", "retracted")),
                        fields=["outlet"],
                        name="articles_article_withdrawn",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("headline"),
                            newsdb.models.constraints.NoNul("deck"),
                            newsdb.models.constraints.NoNul("section"),
                            newsdb.models.constraints.NoNul("retraction_reason"),
                        ),
                        name="articles_article_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["published", "retracted"])),
                        name="articles_article_status",
                        violation_error_message="status is one of: published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_url", ""),
                            (
                                "source_url__regex",
                                '^https?://[^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\\'@/?#]+([/?#][^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\]*)?\\Z',
                            ),
                            _connector="OR",
                        ),
                        name="articles_article_source_url",
                        violation_error_message="source_url begins with http:// or https:// and a host, without user or password, and holds no spaces, quotation marks, angle brackets or backslashes (percent-encode them).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", True), ("published_precision", "")),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_precision", "day"),
                            ),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_on__day", 1),
                                ("published_precision", "month"),
                            ),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_on__day", 1),
                                ("published_on__month", 1),
                                ("published_precision", "year"),
                            ),
                            _connector="OR",
                        ),
                        name="articles_article_published_precision",
                        violation_error_message="Give both published_on and published_precision (day, month or year), or neither. For a month or a year, published_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("headline", ""), _negated=True),
                        name="articles_article_headed",
                        violation_error_message="An article needs a headline.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_url_key", ""), _negated=True),
                        fields=("source_url_key",),
                        name="articles_article_one_an_address",
                        violation_error_message="There is already an article with this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted_at__isnull", False),
                                ("status", "retracted"),
                                models.Q(("retraction_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "retracted"), _negated=True),
                                ("retracted_at", None),
                                ("retraction_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="articles_article_retraction_explained",
                        violation_error_message="A retraction needs a time and a reason; nothing else may have them.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="articles.outlet",
                    ),
                ),
                (
                    "domain",
                    newsdb.models.fields.CharField(
                        help_text="For example: thehill.com.",
                        max_length=253,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9-]+(\\.[a-z0-9-]+)+\\Z",
                                "Give a bare domain in lower case, such as thehill.com.",
                            )
                        ],
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("domain__regex", "^[a-z0-9-]+(\\.[a-z0-9-]+)+\\Z")),
                        name="articles_outletdomain_domain",
                        violation_error_message="Give a bare domain in lower case, such as thehill.com.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="articles.outlet",
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        help_text="As printed; case and accents are ignored in searches for it.",
                        max_length=200,
                    ),
                ),
                (
                    "key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold,
                        source="name",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outlet", "name"),
                        name="articles_outletname_once_an_outlet",
                        violation_error_message="This outlet already has this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("name")),
                        name="articles_outletname_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="articles_outletname_named",
                        violation_error_message="A name cannot be empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    newsdb.models.fields.CharField(
                        max_length=100,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Lower-case words joined by hyphens."
                            )
                        ],
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slugs",
                        to="articles.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*\\Z")),
                        name="articles_outletslug_slug",
                        violation_error_message="A slug consists of lower-case words joined by hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^q[0-9]+\\Z"), _negated=True),
                        name="articles_outletslug_reserved",
                        violation_error_message="A slug of q followed by digits is reserved for Wikidata ids.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_lists",
                        to="articles.article",
                    ),
                ),
                (
                    "title",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="Its heading as printed.", max_length=200
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 for the first list on the page."
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("title")),
                        name="articles_relatedlist_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "position"),
                        name="articles_relatedlist_position_once",
                        violation_error_message="Two lists cannot have the same position.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Syndication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("corrected", "Corrected"),
                            ("rejected", "Rejected"),
                        ],
                        default="",
                        help_text="accepted, corrected or rejected; empty until it is decided.",
                        max_length=9,
                    ),
                ),
                (
                    "decided_by",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The user who decided.", max_length=150
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was decided; null until then.", null=True
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="syndications",
                        to="articles.article",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        help_text="The article that was there first.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "shared",
                    models.FloatField(
                        help_text="The proportion of the shorter article's paragraphs that are in both."
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("decided_by")),
                        name="articles_syndication_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", ""), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision__in", ["accepted", "corrected", "rejected"]),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_syndication_decided",
                        violation_error_message="A decision (accepted, corrected or rejected) needs a person and a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared__gt", 0), ("shared__lte", 1)),
                        name="articles_syndication_shared",
                        violation_error_message="shared must be more than 0 and at most 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("article", models.F("other")), _negated=True),
                        name="articles_syndication_of_two",
                        violation_error_message="An article cannot be its own copy.",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "other"),
                        name="articles_syndication_once",
                        violation_error_message="This has already been proposed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="articles.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bylines", to="actors.actor"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="0 for the first name.")),
                (
                    "printed_name",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The name as printed.", max_length=200
                    ),
                ),
                (
                    "note",
                    newsdb.models.fields.TextField(
                        blank=True,
                        default="",
                        help_text="The note about the author, as printed; empty if unknown or absent.",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("printed_name"),
                            newsdb.models.constraints.NoNul("note"),
                        ),
                        name="articles_byline_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "position"),
                        name="articles_byline_position_once",
                        violation_error_message="Two authors cannot have the same position.",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "author"),
                        name="articles_byline_author_once",
                        violation_error_message="This author is already in the bylines.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captures",
                        to="articles.article",
                    ),
                ),
                (
                    "sha256",
                    newsdb.models.fields.CharField(
                        help_text="SHA-256 of the bytes received, hexadecimal.", max_length=64, unique=True
                    ),
                ),
                (
                    "text_sha256",
                    newsdb.models.fields.CharField(
                        help_text="SHA-256 of the decoded text as UTF-8, to which the anchors' offsets refer.",
                        max_length=64,
                    ),
                ),
                (
                    "length",
                    models.PositiveIntegerField(
                        help_text="Length of the decoded text in Unicode code points."
                    ),
                ),
                (
                    "media_type",
                    newsdb.models.fields.CharField(
                        default="text/plain", help_text="For example: text/plain, text/html.", max_length=100
                    ),
                ),
                (
                    "extractor",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="The program that extracted the text from HTML.",
                        max_length=100,
                    ),
                ),
                ("extractor_version", newsdb.models.fields.CharField(blank=True, default="", max_length=50)),
                (
                    "source_url",
                    newsdb.models.fields.WebAddressField(
                        blank=True,
                        default="",
                        help_text="The address it was captured from; empty if unknown.",
                        max_length=2000,
                    ),
                ),
                (
                    "source_url_key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.addresses.canonical_url,
                        source="source_url",
                    ),
                ),
                (
                    "captured_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was captured, or null if unknown.", null=True
                    ),
                ),
                (
                    "text",
                    newsdb.models.fields.TextField(
                        blank=True, help_text="The decoded text, if it is available.", null=True
                    ),
                ),
                (
                    "text_erased",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Whether the text contained words that were erased.",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("media_type"),
                            newsdb.models.constraints.NoNul("extractor"),
                            newsdb.models.constraints.NoNul("extractor_version"),
                        ),
                        name="articles_capture_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text", None), ("text__length", models.F("length")), _connector="OR"
                        ),
                        name="articles_capture_clean_body",
                        violation_error_message="The text does not have the length of the capture.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="articles_capture_sha256",
                        violation_error_message="Must be 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_sha256__regex", "^[0-9a-f]{64}$")),
                        name="articles_capture_text_sha256",
                        violation_error_message="Must be 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_url", ""),
                            (
                                "source_url__regex",
                                '^https?://[^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\\'@/?#]+([/?#][^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\]*)?\\Z',
                            ),
                            _connector="OR",
                        ),
                        name="articles_capture_source_url",
                        violation_error_message="source_url begins with http:// or https:// and a host, without user or password, and holds no spaces, quotation marks, angle brackets or backslashes (percent-encode them).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_erased", False), ("text", None), _connector="OR"),
                        name="articles_capture_text_erased",
                        violation_error_message="This text contains words that were erased, so it cannot be stored.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Permanent identifier, the same in fixtures, exports, the change feed and citations.",
                        unique=True,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        help_text="The article that prints it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="articles.article",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        help_text="The actor who said it; null if unnamed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="actors.actor",
                    ),
                ),
                (
                    "joint_uid",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="Shared by the rows of a joint statement, one for each speaker; otherwise null.",
                        null=True,
                    ),
                ),
                (
                    "speaker_label",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The speaker as printed.", max_length=300
                    ),
                ),
                (
                    "kind",
                    newsdb.models.fields.CharField(
                        choices=[("direct", "Direct"), ("partial", "Partial"), ("indirect", "Indirect")],
                        help_text="direct: whole sentences in quotation marks; partial: a fragment in quotation marks; indirect: reported without quotation marks.",
                        max_length=8,
                    ),
                ),
                (
                    "text",
                    newsdb.models.fields.TextField(
                        help_text="The words; parts of an interrupted quotation are joined by “ […] ”."
                    ),
                ),
                (
                    "words_key",
                    newsdb.models.fields.KeyField(
                        blank=True, default="", editable=False, key=newsdb.text.fold, source="text"
                    ),
                ),
                (
                    "tokens",
                    articles.search.index.TokensField(
                        blank=True,
                        default="",
                        editable=False,
                        key=articles.search.analyser.analyse,
                        serialize=False,
                        source="text",
                    ),
                ),
                (
                    "cue",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="The reporting verb as printed, for example: said.",
                        max_length=100,
                    ),
                ),
                (
                    "audience",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="Whom the words were addressed to, as printed.",
                        max_length=300,
                    ),
                ),
                (
                    "language",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="Language of the words as printed; BCP 47 tag, for example: en.",
                        max_length=35,
                    ),
                ),
                (
                    "translated",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether they were said in another language; null if unknown.",
                        null=True,
                    ),
                ),
                (
                    "said_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of the day, month or year in which it was said, or null if unknown.",
                        null=True,
                    ),
                ),
                (
                    "said_precision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "said_on_source_url",
                    newsdb.models.fields.WebAddressField(
                        blank=True,
                        default="",
                        help_text="The page that states when it was said, if the article does not.",
                        max_length=2000,
                    ),
                ),
                (
                    "place",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="Where it was said, as printed, for example: Rome.",
                        max_length=200,
                    ),
                ),
                (
                    "status",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("published", "Published"),
                            ("rejected", "Rejected"),
                            ("retracted", "Retracted"),
                        ],
                        default="published",
                        help_text="Only published statements are public.",
                        max_length=9,
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When it was retracted.", null=True
                    ),
                ),
                (
                    "retraction_reason",
                    newsdb.models.fields.TextField(
                        blank=True, default="", editable=False, help_text="Why it was retracted."
                    ),
                ),
                (
                    "attributed_by",
                    newsdb.models.fields.CharField(
                        choices=[("curator", "Curator"), ("extractor", "Extractor")],
                        default="curator",
                        help_text="Who attributed it to the speaker: a curator or an extractor.",
                        max_length=9,
                    ),
                ),
                (
                    "extractor",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The extractor's name.", max_length=100
                    ),
                ),
                ("extractor_version", newsdb.models.fields.CharField(blank=True, default="", max_length=50)),
                (
                    "confidence",
                    models.FloatField(
                        blank=True, help_text="The extractor's confidence, from 0 to 1.", null=True
                    ),
                ),
                (
                    "reviewed",
                    models.BooleanField(default=True, help_text="Whether a person has confirmed it."),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.outlet",
                    ),
                ),
                ("published_on", models.DateField(editable=False, null=True)),
                (
                    "published_precision",
                    newsdb.models.fields.CharField(blank=True, default="", editable=False, max_length=5),
                ),
                (
                    "date",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("said_on", "published_on"),
                        help_text="First day of the day, month or year in which it was said or, if that is unknown, in which the article was published; null if both are unknown.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "date_precision",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(said_on__isnull=False, then=models.F("said_precision")),
                            default=models.F("published_precision"),
                        ),
                        help_text="day, month or year; empty if there is no date.",
                        output_field=newsdb.models.fields.CharField(
                            choices=[("day", "Day"), ("month", "Month"), ("year", "Year")], max_length=5
                        ),
                    ),
                ),
                (
                    "date_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=newsdb.models.constraints.LastDay(
                            django.db.models.functions.comparison.Coalesce("said_on", "published_on"),
                            models.Case(
                                models.When(said_on__isnull=False, then=models.F("said_precision")),
                                default=models.F("published_precision"),
                            ),
                        ),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "date_basis",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(said_on__isnull=False, then=models.Value("said_on")),
                            models.When(published_on__isnull=False, then=models.Value("published_on")),
                            default=models.Value(""),
                        ),
                        help_text="What the date is taken from: said_on, or published_on, which means that it was said no later.",
                        output_field=newsdb.models.fields.CharField(
                            choices=[("said_on", "Said On"), ("published_on", "Published On")], max_length=12
                        ),
                    ),
                ),
                (
                    "sort_date",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "said_on", "published_on", models.Value(datetime.date(1, 1, 1))
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        editable=False,
                        help_text="The captured text to which the anchors' offsets refer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.capture",
                    ),
                ),
                (
                    "text_match",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("unchecked", "Unchecked"),
                            ("mismatched", "Mismatched"),
                        ],
                        default="unchecked",
                        editable=False,
                        help_text="matched: every anchor was found in the text with that hash; mismatched: not every anchor was; unchecked.",
                        max_length=10,
                    ),
                ),
                (
                    "text_checked_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the anchors were last compared with the text.",
                        null=True,
                    ),
                ),
                (
                    "in_latest_capture",
                    models.BooleanField(
                        editable=False,
                        help_text="Whether the words are in the article's latest capture, ignoring case and punctuation. false: not found in it, although it was extracted in the same way and is not much shorter; null: unknown.",
                        null=True,
                    ),
                ),
                (
                    "latest_capture",
                    models.ForeignKey(
                        editable=False,
                        help_text="The capture that `in_latest_capture` refers to, the latest by `captured_at`; null if that is null.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.capture",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, help_text="When it last changed."
                    ),
                ),
            ],
            options={
                "ordering": ["-sort_date", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["-sort_date", "-id"],
                        name="articles_statement_newest",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["speaker", "-sort_date", "-id"],
                        name="articles_statement_by_speaker",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["outlet", "-sort_date", "-id"],
                        name="articles_statement_by_outlet",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["speaker", "outlet", "-sort_date", "-id", "kind", "date_precision"],
                        name="articles_statement_by_both",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published"), models.Q(("place", ""), _negated=True)),
                        fields=["place", "-sort_date", "-id"],
                        name="articles_statement_by_place",
                    ),
                    models.Index(fields=["updated_at"], name="articles_statement_updated"),
                    models.Index(
                        condition=models.Q(("joint_uid__isnull", False)),
                        fields=["joint_uid"],
                        name="articles_statement_joint",
                    ),
                    models.Index(
                        django.db.models.functions.text.Left("words_key", 200),
                        models.F("article"),
                        name="articles_statement_same_words",
                    ),
                    models.Index(
                        condition=models.Q(("in_latest_capture", False), ("status", "published")),
                        fields=["-sort_date", "-id"],
                        name="articles_statement_not_found",
                    ),
                    models.Index(
                        condition=models.Q(("status", "proposed")),
                        fields=["-sort_date", "-id"],
                        name="articles_statement_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("status", "retracted")),
                        fields=["-retracted_at"],
                        name="articles_statement_retracted",
                    ),
                    models.Index(
                        condition=models.Q(("status", "proposed")),
                        fields=["article", "outlet", "confidence"],
                        name="articles_statement_to_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("text"),
                            newsdb.models.constraints.NoNul("speaker_label"),
                            newsdb.models.constraints.NoNul("cue"),
                            newsdb.models.constraints.NoNul("audience"),
                            newsdb.models.constraints.NoNul("place"),
                            newsdb.models.constraints.NoNul("retraction_reason"),
                            newsdb.models.constraints.NoNul("extractor"),
                            newsdb.models.constraints.NoNul("extractor_version"),
                        ),
                        name="articles_statement_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["direct", "partial", "indirect"])),
                        name="articles_statement_kind",
                        violation_error_message="kind is one of: direct, partial, indirect.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["proposed", "published", "rejected", "retracted"])
                        ),
                        name="articles_statement_status",
                        violation_error_message="status is one of: proposed, published, rejected, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attributed_by__in", ["curator", "extractor"])),
                        name="articles_statement_attributed_by",
                        violation_error_message="attributed_by is one of: curator, extractor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_match__in", ["matched", "unchecked", "mismatched"])),
                        name="articles_statement_text_match",
                        violation_error_message="text_match is one of: matched, unchecked, mismatched.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said_on__isnull", True), ("said_precision", "")),
                            models.Q(
                                ("said_on__gte", datetime.date(1000, 1, 1)),
                                ("said_on__isnull", False),
                                ("said_on__lte", datetime.date(9998, 12, 31)),
                                ("said_precision", "day"),
                            ),
                            models.Q(
                                ("said_on__gte", datetime.date(1000, 1, 1)),
                                ("said_on__isnull", False),
                                ("said_on__lte", datetime.date(9998, 12, 31)),
                                ("said_on__day", 1),
                                ("said_precision", "month"),
                            ),
                            models.Q(
                                ("said_on__gte", datetime.date(1000, 1, 1)),
                                ("said_on__isnull", False),
                                ("said_on__lte", datetime.date(9998, 12, 31)),
                                ("said_on__day", 1),
                                ("said_on__month", 1),
                                ("said_precision", "year"),
                            ),
                            _connector="OR",
                        ),
                        name="articles_statement_said_precision",
                        violation_error_message="Give both said_on and said_precision (day, month or year), or neither. For a month or a year, said_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_on_source_url", ""),
                            (
                                "said_on_source_url__regex",
                                '^https?://[^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\\'@/?#]+([/?#][^\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"<>`\\\\]*)?\\Z',
                            ),
                            _connector="OR",
                        ),
                        name="articles_statement_said_on_source_url",
                        violation_error_message="said_on_source_url begins with http:// or https:// and a host, without user or password, and holds no spaces, quotation marks, angle brackets or backslashes (percent-encode them).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="articles_statement_worded",
                        violation_error_message="A statement needs words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_match", "matched"), _negated=True),
                            models.Q(("capture__isnull", False), ("text_checked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="articles_statement_matched_in_a_capture",
                        violation_error_message="Only words that were checked against a capture can be matched.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_latest_capture", None), ("latest_capture", None)),
                            models.Q(("in_latest_capture__isnull", False), ("latest_capture__isnull", False)),
                            _connector="OR",
                        ),
                        name="articles_statement_latest_capture_named",
                        violation_error_message="Set in_latest_capture and latest_capture, or leave both null.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_on_source_url", ""), ("said_on__isnull", False), _connector="OR"
                        ),
                        name="articles_statement_source_of_a_day",
                        violation_error_message="said_on_source_url needs a date in said_on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attributed_by", "curator"), ("confidence", None), ("extractor", "")),
                            models.Q(
                                ("attributed_by", "extractor"),
                                ("confidence__isnull", False),
                                ("confidence__range", (0, 1)),
                                models.Q(("extractor", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_statement_extractor_named",
                        violation_error_message="An extractor needs a name and a confidence from 0 to 1; a curator has neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted_at__isnull", False),
                                ("status", "retracted"),
                                models.Q(("retraction_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "retracted"), _negated=True),
                                ("retracted_at", None),
                                ("retraction_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="articles_statement_retraction_explained",
                        violation_error_message="A retraction needs a time and a reason; nothing else may have them.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading",
                        to="articles.capture",
                    ),
                ),
                (
                    "extractor",
                    newsdb.models.fields.CharField(help_text="The extractor's name.", max_length=100),
                ),
                ("extractor_version", newsdb.models.fields.CharField(blank=True, default="", max_length=50)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("extractor"),
                            newsdb.models.constraints.NoNul("extractor_version"),
                        ),
                        name="articles_reading_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "related_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="articles.relatedlist",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 for the first link of its list."
                    ),
                ),
                ("title", newsdb.models.fields.CharField(help_text="As printed.", max_length=500)),
                (
                    "section",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="As printed, for example: Politics.", max_length=100
                    ),
                ),
                (
                    "outlet_label",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The outlet as printed.", max_length=200
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        help_text="The outlet that the label names, if known.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="related_links",
                        to="articles.outlet",
                    ),
                ),
                (
                    "printed_date",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text='The date as printed, for example: "5 days ago".',
                        max_length=100,
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of the day, month or year that the printed date means, or null if unknown.",
                        null=True,
                    ),
                ),
                (
                    "published_precision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="",
                        help_text="day, month or year; empty if unknown.",
                        max_length=5,
                    ),
                ),
                (
                    "published_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=newsdb.models.constraints.LastDay("published_on", "published_precision"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        help_text="The linked article, once it is in the dataset.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="linked_from",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("title"),
                            newsdb.models.constraints.NoNul("section"),
                            newsdb.models.constraints.NoNul("outlet_label"),
                            newsdb.models.constraints.NoNul("printed_date"),
                        ),
                        name="articles_relatedlink_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", True), ("published_precision", "")),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_precision", "day"),
                            ),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_on__day", 1),
                                ("published_precision", "month"),
                            ),
                            models.Q(
                                ("published_on__gte", datetime.date(1000, 1, 1)),
                                ("published_on__isnull", False),
                                ("published_on__lte", datetime.date(9998, 12, 31)),
                                ("published_on__day", 1),
                                ("published_on__month", 1),
                                ("published_precision", "year"),
                            ),
                            _connector="OR",
                        ),
                        name="articles_relatedlink_published_precision",
                        violation_error_message="Give both published_on and published_precision (day, month or year), or neither. For a month or a year, published_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="articles_relatedlink_titled",
                        violation_error_message="A link needs a title.",
                    ),
                    models.UniqueConstraint(
                        fields=("related_list", "position"),
                        name="articles_relatedlink_position_once",
                        violation_error_message="Two links cannot have the same position.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("corrected", "Corrected"),
                            ("rejected", "Rejected"),
                        ],
                        default="",
                        help_text="accepted, corrected or rejected; empty until it is decided.",
                        max_length=9,
                    ),
                ),
                (
                    "decided_by",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The user who decided.", max_length=150
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was decided; null until then.", null=True
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_proposals",
                        to="actors.actor",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_proposals",
                        to="articles.capture",
                    ),
                ),
                (
                    "start",
                    models.PositiveIntegerField(
                        help_text="Offset of the first code point of the note, counted from 0."
                    ),
                ),
                ("end", models.PositiveIntegerField(help_text="Offset just past its last code point.")),
                (
                    "title",
                    newsdb.models.fields.CharField(
                        help_text="For example: Secretary of Defense.", max_length=300
                    ),
                ),
                (
                    "organisation",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="The organisation at which it is held, as printed; empty if unknown.",
                        max_length=200,
                    ),
                ),
                (
                    "started_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of the day, month or year in which it started, or null if unknown.",
                        null=True,
                    ),
                ),
                (
                    "started_precision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="First day of the day, month or year in which it ended, or null.",
                        null=True,
                    ),
                ),
                (
                    "ended_precision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "ended_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=newsdb.models.constraints.LastDay("ended_on", "ended_precision"),
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("title"),
                            newsdb.models.constraints.NoNul("organisation"),
                            newsdb.models.constraints.NoNul("decided_by"),
                        ),
                        name="articles_roleproposal_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", ""), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision__in", ["accepted", "corrected", "rejected"]),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_roleproposal_decided",
                        violation_error_message="A decision (accepted, corrected or rejected) needs a person and a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end__isnull", False), ("start__isnull", False), ("start__lt", models.F("end"))
                        ),
                        name="articles_roleproposal_place",
                        violation_error_message="Give both start and end, the start before the end, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="articles_roleproposal_titled",
                        violation_error_message="A role needs a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_on__isnull", True), ("started_precision", "")),
                            models.Q(
                                ("started_on__gte", datetime.date(1000, 1, 1)),
                                ("started_on__isnull", False),
                                ("started_on__lte", datetime.date(9998, 12, 31)),
                                ("started_precision", "day"),
                            ),
                            models.Q(
                                ("started_on__gte", datetime.date(1000, 1, 1)),
                                ("started_on__isnull", False),
                                ("started_on__lte", datetime.date(9998, 12, 31)),
                                ("started_on__day", 1),
                                ("started_precision", "month"),
                            ),
                            models.Q(
                                ("started_on__gte", datetime.date(1000, 1, 1)),
                                ("started_on__isnull", False),
                                ("started_on__lte", datetime.date(9998, 12, 31)),
                                ("started_on__day", 1),
                                ("started_on__month", 1),
                                ("started_precision", "year"),
                            ),
                            _connector="OR",
                        ),
                        name="articles_roleproposal_started_precision",
                        violation_error_message="Give both started_on and started_precision (day, month or year), or neither. For a month or a year, started_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_precision", "")),
                            models.Q(
                                ("ended_on__gte", datetime.date(1000, 1, 1)),
                                ("ended_on__isnull", False),
                                ("ended_on__lte", datetime.date(9998, 12, 31)),
                                ("ended_precision", "day"),
                            ),
                            models.Q(
                                ("ended_on__gte", datetime.date(1000, 1, 1)),
                                ("ended_on__isnull", False),
                                ("ended_on__lte", datetime.date(9998, 12, 31)),
                                ("ended_on__day", 1),
                                ("ended_precision", "month"),
                            ),
                            models.Q(
                                ("ended_on__gte", datetime.date(1000, 1, 1)),
                                ("ended_on__isnull", False),
                                ("ended_on__lte", datetime.date(9998, 12, 31)),
                                ("ended_on__day", 1),
                                ("ended_on__month", 1),
                                ("ended_precision", "year"),
                            ),
                            _connector="OR",
                        ),
                        name="articles_roleproposal_ended_precision",
                        violation_error_message="Give both ended_on and ended_precision (day, month or year), or neither. For a month or a year, ended_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_last__isnull", True),
                            ("started_on__lte", models.F("ended_last")),
                            _connector="OR",
                        ),
                        name="articles_roleproposal_dates_in_order",
                        violation_error_message="A role cannot end before it starts.",
                    ),
                    models.UniqueConstraint(
                        models.F("actor"),
                        models.F("title"),
                        models.F("organisation"),
                        django.db.models.functions.comparison.Coalesce("started_on", datetime.date(1, 1, 1)),
                        name="articles_roleproposal_once",
                        violation_error_message="This role has already been proposed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fingerprints",
                        to="articles.capture",
                    ),
                ),
                (
                    "digest",
                    models.BigIntegerField(help_text="64 bits of the SHA-256 of the paragraph's words."),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["digest"], name="articles_fingerprint_digest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("capture", "digest"),
                        name="articles_fingerprint_once",
                        violation_error_message="This paragraph has already been counted.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    newsdb.models.fields.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("corrected", "Corrected"),
                            ("rejected", "Rejected"),
                        ],
                        default="",
                        help_text="accepted, corrected or rejected; empty until it is decided.",
                        max_length=9,
                    ),
                ),
                (
                    "decided_by",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="The user who decided.", max_length=150
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was decided; null until then.", null=True
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal",
                        to="articles.statement",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        help_text="The text it was found in.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="articles.capture",
                    ),
                ),
                (
                    "words",
                    newsdb.models.fields.TextField(
                        help_text="The words as proposed. Once rejected or corrected, they are not proposed again."
                    ),
                ),
                (
                    "mention_start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Offset of the first code point of the speaker as printed, counted from 0, or null.",
                        null=True,
                    ),
                ),
                (
                    "mention_end",
                    models.PositiveIntegerField(
                        blank=True, help_text="Offset just past its last code point, or null.", null=True
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="The fullest name that the text has for the speaker; empty if it has none.",
                        max_length=300,
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What each method found: a list of objects with method, name, start and end.",
                    ),
                ),
                (
                    "shipped_confidence",
                    models.FloatField(
                        editable=False,
                        help_text="The confidence by the calibration that ships with newsdb; null if it was not recorded.",
                        null=True,
                    ),
                ),
                (
                    "replaced",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="The statement's fields before the decision, with which it can be undone.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("decision", ""), _negated=True),
                        fields=["decided_by", "-decided_at"],
                        name="articles_proposal_decided_by",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("words"),
                            newsdb.models.constraints.NoNul("name"),
                            newsdb.models.constraints.NoNul("decided_by"),
                        ),
                        name="articles_proposal_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", ""), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision__in", ["accepted", "corrected", "rejected"]),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="articles_proposal_decided",
                        violation_error_message="A decision (accepted, corrected or rejected) needs a person and a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mention_end__isnull", False),
                                ("mention_start__isnull", False),
                                ("mention_start__lt", models.F("mention_end")),
                            ),
                            models.Q(("mention_end__isnull", True), ("mention_start__isnull", True)),
                            _connector="OR",
                        ),
                        name="articles_proposal_mention",
                        violation_error_message="Give both mention_start and mention_end, the start before the end, or neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="articles.statement",
                    ),
                ),
                ("shape", models.IntegerField(help_text="A checksum of the SQL that wrote it.")),
                ("text", models.TextField(help_text="JSON.")),
            ],
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="articles.statement",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchors",
                        to="articles.capture",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 for the first part of the quotation."
                    ),
                ),
                ("exact", newsdb.models.fields.TextField(help_text="The words, without quotation marks.")),
                (
                    "prefix",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="Up to 32 code points before them.", max_length=32
                    ),
                ),
                (
                    "suffix",
                    newsdb.models.fields.CharField(
                        blank=True, default="", help_text="Up to 32 code points after them.", max_length=32
                    ),
                ),
                (
                    "start",
                    models.PositiveIntegerField(help_text="Offset of the first code point, counted from 0."),
                ),
                ("end", models.PositiveIntegerField(help_text="Offset just past the last code point.")),
                (
                    "match",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("unchecked", "Unchecked"),
                            ("mismatched", "Mismatched"),
                        ],
                        default="unchecked",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("checked_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["capture_id", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            newsdb.models.constraints.NoNul("exact"),
                            newsdb.models.constraints.NoNul("prefix"),
                            newsdb.models.constraints.NoNul("suffix"),
                        ),
                        name="articles_anchor_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("match__in", ["matched", "unchecked", "mismatched"])),
                        name="articles_anchor_match",
                        violation_error_message="match is one of: matched, unchecked, mismatched.",
                    ),
                    models.UniqueConstraint(
                        fields=("statement", "capture", "position"),
                        name="articles_anchor_position_once",
                        violation_error_message="Two parts cannot have the same position.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="articles_anchor_start_before_end",
                        violation_error_message="An anchor must start before it ends.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "end",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("start"), "+", django.db.models.functions.text.Length("exact")
                                ),
                            )
                        ),
                        name="articles_anchor_spans_its_words",
                        violation_error_message="end minus start must be the length of the words in code points.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prefix__length__lte", 32), ("suffix__length__lte", 32)),
                        name="articles_anchor_context_length",
                        violation_error_message="prefix and suffix can have at most 32 code points each.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("match", "unchecked")),
                            models.Q(
                                models.Q(("match", "unchecked"), _negated=True), ("checked_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="articles_anchor_checked_when",
                        violation_error_message="A match or mismatch needs the time of the check.",
                    ),
                ],
            },
        ),
        migrations.RunPython(create_indexes, drop_indexes),
        migrations.RunPython(count_more, count_as_by_default),
    ]

"""The tables of actors."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import newsdb.models.constraints
import newsdb.models.fields
import newsdb.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Actor",
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
                    "kind",
                    newsdb.models.fields.CharField(
                        choices=[("person", "Person"), ("organisation", "Organisation")],
                        default="person",
                        help_text="person or organisation.",
                        max_length=12,
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        help_text="The name it is displayed under.", max_length=200
                    ),
                ),
                (
                    "name_key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold_name,
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
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The actor that this one was merged into.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="actors.actor",
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["name_key", "id"],
                "indexes": [models.Index(fields=["kind"], name="actors_actor_of_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "organisation"])),
                        name="actors_actor_kind",
                        violation_error_message="kind is one of: person, organisation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("name")),
                        name="actors_actor_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*\\Z")),
                        name="actors_actor_slug",
                        violation_error_message="A slug consists of lower-case words joined by hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^(q[0-9]+|export)\\Z"), _negated=True),
                        name="actors_actor_slug_reserved",
                        violation_error_message="A slug cannot be export, or q followed by digits, which is reserved for Wikidata ids.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wikidata_id", None), ("wikidata_id__regex", "^Q[1-9][0-9]*\\Z"), _connector="OR"
                        ),
                        name="actors_actor_wikidata_id",
                        violation_error_message="A Wikidata id is Q followed by a number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="actors_actor_named",
                        violation_error_message="An actor needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="actors_actor_not_merged_into_itself",
                        violation_error_message="An actor cannot be merged into itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="actors.actor"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_away",
                        to="actors.actor",
                    ),
                ),
                (
                    "reason",
                    newsdb.models.fields.TextField(help_text="Why they are the same; public in the history."),
                ),
                ("by", newsdb.models.fields.CharField(help_text="Who merged them.", max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved",
                    models.JSONField(
                        help_text="Ids of the moved rows, by model and field, such as articles.Statement.speaker."
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("merged",),
                        name="actors_actormerge_one_at_a_time",
                        violation_error_message="It has already been merged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="actors_actormerge_reasoned",
                        violation_error_message="A merge needs a reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="actors.actor"
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        help_text="Case and accents are ignored in searches for it.", max_length=200
                    ),
                ),
                (
                    "key",
                    newsdb.models.fields.KeyField(
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        key=newsdb.text.fold_name,
                        source="name",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("actor", "name"),
                        name="actors_actorname_once_an_actor",
                        violation_error_message="This actor already has this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(newsdb.models.constraints.NoNul("name")),
                        name="actors_actorname_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="actors_actorname_named",
                        violation_error_message="A name cannot be empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorSlug",
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
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slugs",
                        to="actors.actor",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*\\Z")),
                        name="actors_actorslug_slug",
                        violation_error_message="A slug consists of lower-case words joined by hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^q[0-9]+\\Z"), _negated=True),
                        name="actors_actorslug_reserved",
                        violation_error_message="A slug of q followed by digits is reserved for Wikidata ids.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="actors.actor"
                    ),
                ),
                (
                    "title",
                    newsdb.models.fields.CharField(
                        help_text="For example: Secretary of Defense.", max_length=300
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The organisation at which the title is held, if known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="actors.actor",
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
                        condition=models.Q(newsdb.models.constraints.NoNul("title")),
                        name="actors_role_clean_text",
                        violation_error_message="Text cannot contain the NUL character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="actors_role_titled",
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
                        name="actors_role_started_precision",
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
                        name="actors_role_ended_precision",
                        violation_error_message="Give both ended_on and ended_precision (day, month or year), or neither. For a month or a year, ended_on is its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_last__isnull", True),
                            ("started_on__lte", models.F("ended_last")),
                            _connector="OR",
                        ),
                        name="actors_role_dates_in_order",
                        violation_error_message="A role cannot end before it starts.",
                    ),
                    models.UniqueConstraint(
                        models.F("actor"),
                        models.F("title"),
                        django.db.models.functions.comparison.Coalesce("organisation", 0),
                        django.db.models.functions.comparison.Coalesce("started_on", datetime.date(1, 1, 1)),
                        name="actors_role_once",
                        violation_error_message="This actor already has this role.",
                    ),
                ],
            },
        ),
    ]

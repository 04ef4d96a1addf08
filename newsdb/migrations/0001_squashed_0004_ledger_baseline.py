"""The tables of the ledger and of access."""

import django.db.models.deletion
import newsdb.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditorGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    newsdb.models.fields.CharField(
                        help_text="For example: articles.change_statement.", max_length=200, unique=True
                    ),
                ),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["permission"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sequence",
                    models.BigIntegerField(
                        help_text="Position in the feed. Once it has been published, no lower number follows.",
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "record_type",
                    newsdb.models.fields.CharField(
                        help_text="actor, outlet, article or statement.", max_length=20
                    ),
                ),
                ("uid", models.UUIDField(help_text="The record that changed.")),
                (
                    "version",
                    models.PositiveIntegerField(
                        help_text="1 when the record was created, then one more for each change."
                    ),
                ),
                (
                    "action",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Updated"),
                            ("retracted", "Retracted"),
                            ("merged", "Merged"),
                            ("deleted", "Deleted"),
                            ("erased", "Erased"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "public",
                    models.BooleanField(
                        default=False, help_text="Whether the record is public after this change."
                    ),
                ),
                (
                    "actor",
                    newsdb.models.fields.CharField(
                        blank=True,
                        default="",
                        help_text="Who made the change; empty for the system.",
                        max_length=150,
                    ),
                ),
                (
                    "reason",
                    newsdb.models.fields.TextField(
                        blank=True, default="", help_text="Why the change was made, if a reason was given."
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "snapshot",
                    models.JSONField(
                        help_text="The record after this change; null once it is deleted or erased.",
                        null=True,
                    ),
                ),
                (
                    "shape",
                    models.IntegerField(
                        editable=False,
                        help_text="Checksum of the names of the snapshot's fields.",
                        null=True,
                    ),
                ),
                (
                    "baseline",
                    models.JSONField(
                        editable=False,
                        help_text="The record before this change, with the same fields as `snapshot`; null if the previous version's snapshot has them.",
                        null=True,
                    ),
                ),
                ("transaction", models.BigIntegerField(editable=False)),
            ],
            options={
                "ordering": ["-sequence"],
                "indexes": [
                    models.Index(fields=["record_type", "uid", "version"], name="newsdb_change_history"),
                    models.Index(
                        condition=models.Q(("sequence", None)),
                        fields=["transaction"],
                        name="newsdb_change_unnumbered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record_type", "uid", "transaction"),
                        name="newsdb_change_one_a_transaction",
                        violation_error_message="A transaction can change a record only once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action__in", ["created", "updated", "retracted", "merged", "deleted", "erased"])
                        ),
                        name="newsdb_change_action",
                        violation_error_message="action is one of: created, updated, retracted, merged, deleted, erased.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record_type",
                    newsdb.models.fields.CharField(help_text="statement, actor or article.", max_length=20),
                ),
                ("uid", models.UUIDField(help_text="The record that was erased.")),
                (
                    "record_id",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Its number in API addresses, or null if unknown.",
                        null=True,
                    ),
                ),
                ("erased_on", models.DateField(help_text="The day it was erased.")),
                (
                    "reason_code",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("court", "a court's order"),
                            ("personal_data", "personal data"),
                            ("other", "Other"),
                        ],
                        help_text="court, personal_data or other.",
                        max_length=13,
                    ),
                ),
                (
                    "cleaned_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was removed from the database's files; null until then.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record_type", "uid"),
                        name="newsdb_erasure_once",
                        violation_error_message="This record has already been erased.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason_code__in", ["court", "personal_data", "other"])),
                        name="newsdb_erasure_reason_code",
                        violation_error_message="reason_code is one of: court, personal_data, other.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    newsdb.models.fields.CharField(
                        help_text="What it is for, for example: nightly import.", max_length=100
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "digest",
                    newsdb.models.fields.CharField(
                        editable=False,
                        help_text="SHA-256 of the token, hexadecimal.",
                        max_length=64,
                        unique=True,
                    ),
                ),
                (
                    "scope",
                    newsdb.models.fields.CharField(
                        choices=[("read", "Read"), ("write", "Write")], default="read", max_length=5
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "write"])),
                        name="newsdb_token_scope",
                        violation_error_message="scope is one of: read, write.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasedDigest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="newsdb.erasure",
                    ),
                ),
                (
                    "kind",
                    newsdb.models.fields.CharField(
                        choices=[
                            ("words", "Words"),
                            ("name", "Name"),
                            ("address", "Address"),
                            ("page", "Page"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "digest",
                    newsdb.models.fields.CharField(help_text="HMAC-SHA-256, hexadecimal.", max_length=64),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "digest", "erasure"),
                        name="newsdb_eraseddigest_once",
                        violation_error_message="This is already recorded as erased.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["words", "name", "address", "page"])),
                        name="newsdb_eraseddigest_kind",
                        violation_error_message="kind is one of: words, name, address, page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="newsdb_eraseddigest_digest",
                        violation_error_message="Must be 64 hexadecimal digits.",
                    ),
                ],
            },
        ),
    ]

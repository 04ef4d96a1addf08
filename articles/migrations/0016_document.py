import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_joint_statements")]

    operations = [
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
        migrations.DeleteModel(name="Rendering"),
    ]

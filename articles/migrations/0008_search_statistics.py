from django.db import migrations

from articles.migrations._search import count_as_by_default, count_more


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_rendering"),
    ]

    operations = [
        migrations.RunPython(count_more, count_as_by_default),
    ]

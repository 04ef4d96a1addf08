from django.apps import AppConfig
from django.db.models.signals import pre_save


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.ingest.fixtures import complete_anchor
        from articles.models import Anchor

        pre_save.connect(complete_anchor, sender=Anchor)

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import pre_save


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from actors.models import duplicate_rules
        from articles.ingest.calibration import check_calibration
        from articles.ingest.fixtures import complete_anchor
        from articles.models import Anchor
        from articles.services.duplicates import StatementDuplicates, check_loaded_duplicates
        from articles.services.joint import check_joint_articles
        from newsdb.ledger.context import after_loading

        register(check_calibration)
        pre_save.connect(complete_anchor, sender=Anchor)
        duplicate_rules.append(StatementDuplicates())
        after_loading += [check_loaded_duplicates, check_joint_articles]

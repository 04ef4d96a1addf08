"""Rows whose every text would run as a script, were it not escaped where it is shown."""

from datetime import date
from typing import Any

from axes.models import AccessFailureLog
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone

from newsdb.ledger import attributed
from tests import factories

#: What it does when it runs: a browser can be asked whether it did.
RUNS = "window.ran=1"
SCRIPT = f"<script>{RUNS}</script>"
TEXTS = (
    f'\u202e{SCRIPT}"\'><img src=x onerror="{RUNS}"><a href="javascript:{RUNS}">'
    f"{{{{7*7}}}}{{% debug %}}</textarea></title></style>\u2066&lt;b&gt;",
    f"\"'><script>{RUNS}</script>{{{{7*7}}}}",
    "<b onclick=ran=1>'\"",
    "<i>\"'",
)
ADDRESSES = (f'https://hostile.example/"><script>{RUNS}</script>', f"https://hostile.example/'onclick={RUNS}")
OURS = ("actors", "articles", "newsdb")


def written() -> list[type[models.Model]]:
    """Our models whose rows people write, or programs for them; not what the database derives from those."""
    ours = (model for model in apps.get_models() if model._meta.app_label in OURS)
    return [model for model in ours if not getattr(model, "derived", False)]


def fill() -> tuple[dict[type[models.Model], Any], set[str]]:
    """Make a row of every model that is written, with hostile text in every column that takes it.

    Returns the rows by model, and the names of the columns that refuse all of it.
    """
    with attributed(by=TEXTS[0][:150], reason=TEXTS[0]):
        rows = _rows()
        for model in written():
            if model not in rows:
                rows[model] = getattr(factories, f"{model.__name__}Factory")()
    refused = {
        f"{model._meta.label}.{field.name}"
        for model, row in rows.items()
        for field in model._meta.concrete_fields
        if _takes_text(field)
        # Some columns are only for some rows, as an extractor's name is.
        and not any(
            _is_hostile(each, field) or _spoil(each, field) for each in [row, *model._base_manager.all()]
        )
    }
    Group.objects.create(name=TEXTS[0][:150])
    AccessFailureLog.objects.create(username=TEXTS[0][:150], user_agent=TEXTS[0][:255], path_info=TEXTS[1])
    # The log of failed logins holds what a stranger sends.
    Client(headers={"User-Agent": TEXTS[0]}).post(
        "/admin/login/", {"username": TEXTS[0][:150], "password": "guess"}
    )
    return rows, refused


def _rows() -> dict[type[models.Model], Any]:
    """Rows that belong together, so that each page shows what hangs on its record."""
    actor, outlet = factories.ActorFactory(), factories.OutletFactory()
    article = factories.ArticleFactory(outlet=outlet)
    said = {"said_on": date(2025, 2, 28), "said_precision": "day"}
    statement = factories.anchored_statement(TEXTS[0], article=article, speaker=actor, **said)
    listed = factories.RelatedListFactory(article=article)
    user = User.objects.create(username=TEXTS[0][:150], first_name=TEXTS[0][:150], last_name=TEXTS[1])
    rows: list[Any] = [
        *(actor, outlet, article, statement, listed, statement.anchors.get(), statement.capture),
        factories.ActorNameFactory(actor=actor),
        factories.ActorSlugFactory(actor=actor),
        factories.ActorMergeFactory(survivor=actor),
        factories.RoleFactory(actor=actor),
        factories.OutletDomainFactory(outlet=outlet),
        factories.OutletMergeFactory(survivor=outlet),
        factories.OutletNameFactory(outlet=outlet),
        factories.BylineFactory(article=article, author=actor),
        factories.RelatedLinkFactory(related_list=listed, outlet=outlet, target=article),
        factories.TokenFactory(user=user),
    ]
    decided = {"decision": "rejected", "decided_by": TEXTS[0][:150], "decided_at": timezone.now()}
    rows += [factories.ProposalFactory(**decided), factories.RoleProposalFactory(**decided)]
    rows.append(factories.SyndicationFactory(**decided))
    factories.CaptureFactory(article=article, media_type=TEXTS[1])
    retracted = {"status": "retracted", "retracted_at": timezone.now(), "retraction_reason": TEXTS[0]}
    factories.StatementFactory(**retracted)
    factories.ArticleFactory(**retracted)
    found = {type(row): row for row in rows}
    change = apps.get_model("newsdb", "Change")
    return {**found, change: change.objects.filter(record_type="statement").first()}


def _takes_text(field: models.Field) -> bool:
    text = isinstance(field, models.CharField | models.TextField)
    return text and not field.choices and not field.generated


def _is_hostile(row: Any, field: models.Field) -> bool:
    row.refresh_from_db()
    return "<" in (getattr(row, field.attname) or "")


def _spoil(row: Any, field: models.Field) -> bool:
    """Put a hostile text into the column; whether the database took one."""
    for text in (*TEXTS, *ADDRESSES):
        if field.max_length and len(text) > field.max_length:
            continue
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: text})
        except DatabaseError:
            continue
        if _is_hostile(row, field):
            return True
    return False

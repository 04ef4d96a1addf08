"""Carries out an erasure: one transaction for the rows, then the cleaning of the database files."""

from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from actors.models import Actor, ActorMerge, ActorSlug, Role
from articles.models import (
    Article,
    Byline,
    Capture,
    Proposal,
    RelatedLink,
    RoleProposal,
    Statement,
)
from articles.search.index import refill_index
from articles.services.erasure.ledger import clear_ledger
from articles.services.erasure.matching import is_distinctive, parts_of
from articles.services.erasure.planning import Plan, merges_of, plan_erasure
from articles.services.erasure.sessions import end_sessions
from newsdb.ledger import attributed
from newsdb.models import ErasedDigest, Erasure
from newsdb.models.cleaning import clean_files
from newsdb.models.erasure import DigestKind, digest_of
from newsdb.text import fold


def erase(*, record: Any, reason_code: str, erased_on: date | None = None) -> Plan:
    """Erase a record and its dependants in one transaction. Call ``finish_cleaning`` afterwards.

    Returns the plan that was carried out. ``erased_on`` defaults to today; give the original day when
    repeating an erasure in a restored backup.
    """
    with attributed(by="", erasing=True):
        plan = plan_erasure(record)
        for each in plan.records:
            _record_erasure(each, reason_code, erased_on or timezone.now().date())
        _clear(plan)
        _delete_statements(plan)
        _delete_articles(plan)
        _delete_actors(plan)
        clear_ledger(plan)
        end_sessions(plan.all_words)
        for model in (Article, Statement):
            refill_index(connection, model)
    return plan


def finish_cleaning() -> int:
    """Remove deleted rows from the database files; returns how many erasures still needed it.

    Raises ``CleaningError`` if another transaction blocks it; run it again then.
    """
    unclean = list(Erasure.objects.unclean().values_list("pk", flat=True))
    if unclean:
        clean_files(connection)
        Erasure.objects.filter(pk__in=unclean).update(cleaned_at=timezone.now())
    return len(unclean)


def _record_erasure(record: Any, reason_code: str, day: date) -> None:
    erasure, _ = Erasure.objects.get_or_create(
        record_type=record.record.type,
        uid=record.uid,
        defaults={"record_id": record.pk, "erased_on": day, "reason_code": reason_code},
    )
    known = {(kind, value) for kind, value in _identifying_values(record) if value}
    ErasedDigest.objects.bulk_create(
        [ErasedDigest(erasure=erasure, kind=k, digest=digest_of(k, v)) for k, v in sorted(known)],
        ignore_conflicts=True,
    )


def _identifying_values(record: Any) -> list[tuple[str, str]]:
    """The values whose hashes identify an erased record if it comes back."""
    if isinstance(record, Statement):
        proposed = Proposal.objects.filter(statement=record).values_list("words", flat=True)
        wholes = [fold(text) for text in (record.text, *proposed)]
        parts = [key for part in parts_of(record) if is_distinctive(key := fold(part))]
        return [(DigestKind.WORDS, key) for key in (*wholes, *parts)]
    if isinstance(record, Actor):
        names = [record.name, *record.names.values_list("name", flat=True)]
        slugs = [record.slug, *record.slugs.values_list("slug", flat=True)]
        return [
            *((DigestKind.NAME, fold(name)) for name in names),
            *((DigestKind.ADDRESS, slug) for slug in slugs),
        ]
    captures = list(record.captures.values_list("sha256", "source_url_key"))
    pages = {record.source_url_key, *(value for capture in captures for value in capture)}
    return [(DigestKind.PAGE, page) for page in pages]


def _clear(plan: Plan) -> None:
    Capture.objects.filter(pk__in=plan.captures).update(text=None, text_erased=True)
    for (model, column), ids in plan.cleared.items():
        rows = model._base_manager.filter(pk__in=ids)
        if model is RoleProposal:
            rows.delete()
        else:
            field = model._meta.get_field(column)
            rows.update(
                **{column: None if field.null else field.get_default() if column == "evidence" else ""}
            )


def _delete_statements(plan: Plan) -> None:
    Statement.objects.filter(pk__in=[statement.pk for statement in plan.statements]).delete()


def _delete_articles(plan: Plan) -> None:
    for article in plan.articles:
        RelatedLink.objects.filter(target=article).update(target=None)
        article.captures.all().delete()
        article.delete()


def _delete_actors(plan: Plan) -> None:
    ids = [actor.pk for actor in plan.actors]
    Byline.objects.filter(author__in=ids).delete()
    ActorMerge.objects.filter(merges_of(ids)).delete()
    for role in Role.objects.filter(organisation__in=ids):
        same = Role.objects.filter(
            actor=role.actor_id, title=role.title, organisation=None, started_on=role.started_on
        )
        if role.actor_id in ids or same.exists():
            role.delete()
        else:
            Role.objects.filter(pk=role.pk).update(organisation=None)
    Role.objects.filter(actor__in=ids).delete()
    RoleProposal.objects.filter(actor__in=ids).delete()
    for actor in plan.actors:
        actor.names.all().delete()
    ActorSlug.objects.filter(actor__in=ids).delete()
    # In one query: the records refer to each other through merges.
    rows: Any = Actor.objects.filter(pk__in=ids)
    rows._raw_delete(rows.db)

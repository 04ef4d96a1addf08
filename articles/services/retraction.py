"""Retracts and restores records; a retracted one publicly says when and why."""

from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from articles.models.article import Article
from articles.models.statement import Statement
from newsdb.ledger import attributed


class Joint(StrEnum):
    """How much of a joint statement is retracted: one row, or all public rows."""

    THIS = "this"
    ALL = "all"


class JointChoiceError(ValidationError):
    """The statement is joint, and the caller did not choose which rows to retract."""

    def __init__(self) -> None:
        super().__init__("Others said it too: choose whether to retract this row alone or all of them.")


def retract_statement(*, statement: Statement, reason: str, by: str, joint: str = "") -> None:
    """Retract a published statement; its URL then answers 410 with the time and ``reason``.

    ``joint`` is a value of ``Joint``. Without it, raises ``JointChoiceError`` if other rows of the joint
    statement are public.
    """
    now = timezone.now()
    with attributed(by=by, reason=reason):
        others = public_siblings(statement).select_for_update(of=("self",))
        if not joint and others:
            raise JointChoiceError
        for each in (statement, *(others if joint == Joint.ALL else ())):
            _retract(each, reason, by, now)


def siblings(statement: Statement) -> QuerySet[Statement]:
    """The other rows of a joint statement, whatever their status."""
    rows = Statement.objects.exclude(pk=statement.pk).order_by("pk")
    return rows.filter(joint_uid=statement.joint_uid) if statement.joint_uid else rows.none()


def public_siblings(statement: Statement) -> QuerySet[Statement]:
    """The other public rows of a joint statement."""
    return siblings(statement).filter(status="published")


def retract_article(*, article: Article, reason: str, by: str) -> None:
    """Retract an article and its published statements, with the same reason.

    All get the same time, so that they can be restored together.
    """
    now = timezone.now()
    with attributed(by=by, reason=reason):
        for statement in Statement.objects.public().filter(article=article):
            _retract(statement, reason, by, now)
        _retract(article, reason, by, now)


def restore_statement(*, statement: Statement, reason: str, by: str) -> None:
    """Publish a retracted statement again."""
    if statement.article.status == "retracted":
        raise ValidationError("Its article is retracted: restore that first.")
    _restore(statement, reason, by)


def restore_article(*, article: Article, reason: str, by: str) -> None:
    """Publish a retracted article again, with the statements retracted together with it."""
    with attributed(by=by, reason=reason):
        together = article.statements.filter(status="retracted", retracted_at=article.retracted_at)
        statements = list(together)
        _restore(article, reason, by)
        for statement in statements:
            _restore(statement, reason, by)


def _retract(record: Article | Statement, reason: str, by: str, now: datetime) -> None:
    if not reason.strip():
        raise ValidationError("A retraction needs a reason, which everyone who requests the record sees.")
    if record.status != "published":
        raise ValidationError(f"Only a published record can be retracted; this one is {record.status}.")
    with attributed(by=by, reason=reason):
        record.status, record.retraction_reason = "retracted", reason
        record.retracted_at = now
        record.save(update_fields=["status", "retracted_at", "retraction_reason"])


def _restore(record: Article | Statement, reason: str, by: str) -> None:
    if not reason.strip():
        raise ValidationError("A restoration needs a reason, which is public in the history.")
    if record.status != "retracted":
        raise ValidationError(f"Only a retracted record can be restored; this one is {record.status}.")
    with attributed(by=by, reason=reason):
        record.status, record.retracted_at, record.retraction_reason = "published", None, ""
        record.save(update_fields=["status", "retracted_at", "retraction_reason"])

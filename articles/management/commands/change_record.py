import shlex
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import Q

from actors.models import Actor, UnresolvedDuplicatesError, merge_actors
from articles.management.progress import rewrite_progress
from articles.models import Article, Outlet
from newsdb.ledger import attributed
from newsdb.ledger.rewriting import count_showing, save_in_batches
from newsdb.management.migrated import MigratedCommand
from newsdb.models.merging import merge_records, undo_merge
from newsdb.models.write_errors import WRITE_ERRORS, explain

MODELS: dict[str, Any] = {"actor": Actor, "outlet": Outlet, "article": Article}


class Command(MigratedCommand):
    help = (
        "Change, merge or delete a record that appears in too many others for a request. It"
        " rewrites all of them in one transaction, during which other writers wait."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record_type", choices=list(MODELS), metavar="actor|outlet|article")
        parser.add_argument("id", help="Its slug or, for an article, its uid.", metavar="ID")
        doing = parser.add_mutually_exclusive_group(required=True)
        doing.add_argument(
            "--set",
            nargs="+",
            metavar="FIELD=VALUE",
            help="; ".join(f"of an {name}: {', '.join(_settable(model))}" for name, model in MODELS.items()),
        )
        doing.add_argument("--merge-into", metavar="ID", help="Merge an actor or outlet into this one.")
        doing.add_argument("--unmerge", action="store_true", help="Undo the merge of an actor or outlet.")
        doing.add_argument("--delete", action="store_true", help="Delete it.")
        parser.add_argument(
            "--retract",
            nargs="+",
            type=UUID,
            default=[],
            metavar="UID",
            help="With --merge-into: of each pair of duplicates, the statement to retract.",
        )
        parser.add_argument("--reason", required=True, help="Why; public in the history.")
        parser.add_argument("--by", required=True, metavar="NAME", help="Who is changing it, for the ledger.")

    def handle(self, *, record_type: str, id: str, verbosity: int, **options: Any) -> None:
        try:
            record = _find(record_type, id)
            name = f"{record_type} {record} ({id})"
            done = self._change(record, verbosity, options)
        except UnresolvedDuplicatesError as error:
            pairs = "; ".join(" or ".join(str(each.uid) for each in pair) for pair in error.duplicates)
            raise CommandError(f"{' '.join(error.messages)} With --retract: {pairs}.") from None
        except WRITE_ERRORS as error:
            raise CommandError(" ".join(explain(error))) from None
        if verbosity:
            self.stdout.write(f"{name[0].upper()}{name[1:]} is {done}.")

    def _change(self, record: Any, verbosity: int, options: dict[str, Any]) -> str:
        """Do what ``options`` say; return the participle for the message."""
        facts = {"by": options["by"], "reason": options["reason"]}

        def progress() -> AbstractContextManager[None]:
            return rewrite_progress(count_showing(record), verbosity=verbosity)

        if options["set"]:
            _set(record, options["set"])
            with progress():
                save_in_batches(record, **facts)
            return "changed"
        if options["delete"]:
            with attributed(**facts):
                record.delete()
            return "deleted"
        if options["unmerge"]:
            merges = getattr(record, "merges_away", None)
            merge = merges and merges.filter(undone_at=None).first()
            if merge is None:
                raise ValidationError(f"{record} is not merged into another {record._meta.verbose_name}.")
            with rewrite_progress(sum(map(len, merge.moved.values())), verbosity=verbosity):
                undo_merge(merge=merge, **facts)
            return "restored"
        survivor = _find(record.record.type, options["merge_into"])
        with progress():
            if isinstance(record, Actor):
                merge_actors(survivor=survivor, merged=record, retract=options["retract"], **facts)
            elif isinstance(record, Outlet):
                merge_records(survivor=survivor, merged=record, **facts)
            else:
                raise ValidationError("Only actors and outlets can be merged.")
        return f"merged into {survivor}"


def _find(record_type: str, key: str) -> Any:
    """The record with this slug, former slug or uid. Raises ``ValidationError``."""
    model = MODELS[record_type]
    try:
        wanted = [Q(uid=UUID(key))]
    except ValueError:
        # A merged actor keeps its own slug, while its addresses belong to the survivor.
        wanted = [Q(slug=key.lower()), Q(slugs__slug=key.lower())] if hasattr(model, "slug") else []
    for condition in wanted:
        if record := model._base_manager.filter(condition).first():
            return record
    raise ValidationError(f"There is no {record_type} {key}.")


def _settable(model: Any) -> list[str]:
    return [name for name in model.reference if name != "uid"]


def _set(record: Any, pairs: Sequence[str]) -> None:
    """Set the fields, and validate the record. Raises ``ValidationError``."""
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or name not in _settable(type(record)):
            allowed = ", ".join(_settable(type(record)))
            raise ValidationError(f"--set {shlex.quote(pair)}: write FIELD=VALUE; the fields are {allowed}.")
        field = record._meta.get_field(name)
        related: Any = field.related_model
        if related:
            value = _find(related.record.type, text) if text else None
        else:
            value = None if field.null and not text else field.to_python(text)
        setattr(record, name, value)
    try:
        record.full_clean()
    except ValidationError as error:
        raise ValidationError(
            [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
        ) from None

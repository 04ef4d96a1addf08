"""Lists erasures for storage outside the database, and repeats them after restoring a backup."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.services.erasure.execution import erase
from articles.services.erasure.planning import MODELS
from newsdb.models import ErasedDigest, Erasure

KEYS = {"record_type", "uid", "record_id", "erased_on", "reason_code", "digests"}


@dataclass
class Replayed:
    """How many records were erased again, recorded as erased without being found, or already known."""

    erased: int = 0
    noted: int = 0
    known: int = 0


def listed() -> Iterator[dict[str, Any]]:
    """Yield all erasures for JSON; of the erased content, only keyed hashes."""
    for erasure in Erasure.objects.prefetch_related("digests"):
        yield {
            "record_type": erasure.record_type,
            "uid": str(erasure.uid),
            "record_id": erasure.record_id,
            "erased_on": erasure.erased_on.isoformat(),
            "reason_code": erasure.reason_code,
            "digests": [[digest.kind, digest.digest] for digest in erasure.digests.all()],
        }


def replay(lines: Iterable[str]) -> Replayed:
    """Repeat the erasures of ``listed``, one JSON object per line; all lines are read first.

    Raises ``ValueError``, which names the line, if one cannot be read.
    """
    done = Replayed()
    for row, digests in [_read(number, line) for number, line in enumerate(lines, 1) if line.strip()]:
        with transaction.atomic():
            record = MODELS[row.record_type]._base_manager.filter(uid=row.uid).first()
            there = Erasure.objects.of(row.record_type, row.uid).first()
            if record is not None:
                erase(record=record, reason_code=row.reason_code, erased_on=row.erased_on)
                done.erased += 1
            elif there is None:
                row.save()
                done.noted += 1
            else:
                done.known += 1
            there = Erasure.objects.of(row.record_type, row.uid).get()
            ErasedDigest.objects.bulk_create(
                [ErasedDigest(erasure=there, kind=kind, digest=digest) for kind, digest in digests],
                ignore_conflicts=True,
            )
    return done


def _read(number: int, line: str) -> tuple[Erasure, list[tuple[str, str]]]:
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or not row.keys() <= KEYS or row["record_type"] not in MODELS:
            raise ValueError
        digests = [(str(kind), str(digest)) for kind, digest in row.pop("digests", [])]
        erasure = Erasure(
            record_type=row["record_type"],
            uid=UUID(row["uid"]),
            record_id=row.get("record_id"),
            erased_on=date.fromisoformat(row["erased_on"]),
            reason_code=row["reason_code"],
        )
        erasure.clean_fields()
        for kind, digest in digests:
            ErasedDigest(erasure=erasure, kind=kind, digest=digest).clean_fields(exclude=["erasure"])
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
        raise ValueError(
            f"line {number} is not an erasure in the format of manage.py erase --list; nothing was erased."
        ) from error
    return erasure, digests

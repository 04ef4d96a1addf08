"""Loads documents one by one; an error in one does not stop the next."""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from django.conf import settings
from django.db import OperationalError, connection

from articles.ingest.load import LoadError, Outcome, load_document
from articles.ingest.material import Material
from articles.ingest.reader_process import read_ahead
from articles.reading.budget import OverBudgetError
from articles.reading.documents import Document, DocumentError, Refused
from newsdb.models.write_errors import is_disk_full

logger = logging.getLogger(__name__)


def ingest(
    documents: Iterable[Document | Refused],
    *,
    jobs: int = 1,
    publish: float | None = None,
    by: str = "",
    reason: str = "",
) -> Iterator[tuple[str, Outcome | Refused]]:
    """Load each document, and yield its id and the outcome. The other options are those of ``load``.

    With more than one of ``jobs``, that many processes read documents ahead; order and results are the same.
    Raises ``OperationalError`` if the database's disk is full, and ``BrokenProcessPool`` if a reading process
    was killed.
    """
    ahead: Iterable[tuple[Document | Refused, Future[Material] | None]] = (
        read_ahead(documents, jobs=jobs, seconds=settings.INGEST_SECONDS)
        if jobs > 1
        else ((document, None) for document in documents)
    )
    for document, reading in ahead:
        if isinstance(document, Refused):
            yield document.where, document
            continue
        try:
            material = reading.result() if reading else None
            outcome = load_document(document, material=material, publish=publish, by=by, reason=reason)
        except (DocumentError, LoadError, OverBudgetError) as error:
            yield document.id, Refused(document.id, str(error))
        except BrokenProcessPool:
            raise
        except OperationalError as error:
            if is_disk_full(error):  # later documents would fail too
                raise
            yield document.id, _failed(document, error)
        except Exception as error:  # a bug must not prevent later documents
            yield document.id, _failed(document, error)
        else:
            yield document.id, outcome


def _failed(document: Document, error: Exception) -> Refused:
    logger.exception("%s was not loaded", document.id)
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    return Refused(document.id, f"{type(error).__name__}: {error}")

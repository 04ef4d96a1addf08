"""Loads documents one by one; an error in one does not stop the next."""

import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import OperationalError, connection

from articles.ingest.load import LoadError, Outcome, find_loaded, load_document
from articles.ingest.tasks import read_document
from articles.ingest.workers import ReaderKilledError, Workers, WorkersLostError, read_in_order
from articles.reading.budget import OverBudgetError
from articles.reading.documents import Document, DocumentError, Refused
from newsdb.models.write_errors import is_disk_full

logger = logging.getLogger(__name__)


def ingest(
    documents: Iterable[Document | Refused],
    *,
    workers: Workers | None = None,
    publish: float | None = None,
    by: str = "",
    reason: str = "",
) -> Iterator[tuple[str, Outcome | Refused]]:
    """Load each document, and yield its id and the outcome. The other options are those of ``load``.

    With ``workers``, they read documents ahead; order and results are the same. Raises ``OperationalError``
    if the database's disk is full, and ``WorkersLostError`` if no worker is left.
    """
    for document, read in read_in_order(
        documents, read_document, settings.INGEST_SECONDS, skip=_need_not_be_read, workers=workers
    ):
        if isinstance(document, Refused):
            yield document.where, document
            continue
        try:
            material = read() if read else None
            outcome = load_document(document, material=material, publish=publish, by=by, reason=reason)
        except (DocumentError, LoadError, OverBudgetError, ReaderKilledError) as error:
            yield document.id, Refused(document.id, str(error))
        except WorkersLostError:
            raise
        except OperationalError as error:
            if is_disk_full(error):  # later documents would fail too
                raise
            yield document.id, _failed(document, error)
        except Exception as error:  # a bug must not prevent later documents
            yield document.id, _failed(document, error)
        else:
            yield document.id, outcome


def _need_not_be_read(document: Document | Refused) -> bool:
    return isinstance(document, Refused) or bool(find_loaded(document.sha256))


def _failed(document: Document, error: Exception) -> Refused:
    logger.exception("%s was not loaded", document.id)
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    return Refused(document.id, f"{type(error).__name__}: {error}")

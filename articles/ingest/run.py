"""Many documents, one after the other: whatever is wrong with one, the next is loaded."""

import logging
from collections.abc import Iterable, Iterator

from django.db import connection

from articles.ingest.documents import Document, DocumentError, Refused
from articles.ingest.load import LoadError, Outcome, find_loaded, load
from articles.ingest.material import receive
from articles.ingest.quotations.parse import Engine

logger = logging.getLogger(__name__)


def ingest(
    documents: Iterable[Document | Refused],
    *,
    engine: Engine | None = None,
    publish: float | None = None,
    by: str = "",
    reason: str = "",
) -> Iterator[tuple[str, Outcome | Refused]]:
    """Load each document, and tell its id with what became of it. The options are those of ``load``."""
    for document in documents:
        if isinstance(document, Refused):
            yield document.where, document
            continue
        try:
            outcome = find_loaded(document.content, engine=engine) or load(
                receive(document), engine=engine, publish=publish, by=by, reason=reason
            )
        except (DocumentError, LoadError) as error:
            yield document.id, Refused(document.id, str(error))
        except Exception as error:  # a fault of ours must not cost the documents after it
            logger.exception("%s was not loaded", document.id)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            yield document.id, Refused(document.id, f"{type(error).__name__}: {error}")
        else:
            yield document.id, outcome

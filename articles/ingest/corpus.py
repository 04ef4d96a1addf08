"""Imports quotations of a corpus in batches, each in one transaction; leaves what is there as it is."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import DEFAULT_DB_ALIAS, connections

from articles.ingest.corpus_names import find_outlets, find_speakers
from articles.ingest.corpus_rows import CorpusRows
from articles.ingest.erased import erased_names
from articles.models import Article, Capture, Statement
from articles.models.choices import Status
from articles.models.corpus import CORPORA
from articles.reading.corpora import READERS, CorpusQuotation, LineError, read_lines
from articles.services.related_lists import set_targets
from newsdb.addresses import canonical_url
from newsdb.ledger import attributed
from newsdb.models import ErasedDigest, Erasure
from newsdb.models.any_of import AnyOf
from newsdb.models.bulk import transaction_time, triggers_disabled
from newsdb.models.erasure import DigestKind
from newsdb.text import fold

#: About how many statements are imported together.
BATCH = 5000
#: The namespace of the uids of imported statements.
NAMESPACE = uuid.UUID("6f0c2f9e-6f4b-5b43-9f0a-0d0f7a6f2c11")
#: The fields that are written of an article and of a statement.
ARTICLE = (
    *("uid", "headline", "deck", "outlet", "source_url", "source_url_key", "language"),
    *("published_on", "published_precision", "updated_at"),
)
STATEMENT = (
    *("uid", "article", "speaker", "speaker_label", "kind", "text", "words_key", "language", "status"),
    *("attributed_by", "extractor", "confidence", "reviewed"),
    *("outlet", "published_on", "published_precision", "updated_at"),
)
#: Called with a line's number and what is wrong with it.
Report = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A quotation in one of its articles."""

    line: int
    quotation: CorpusQuotation
    url: str
    key: str
    uid: uuid.UUID

    @property
    def host(self) -> str:
        """The host of its address, as ``newsdb.addresses.host_of`` has it."""
        return self.key.partition("/")[0].partition("?")[0].partition(":")[0]


@dataclass(frozen=True, slots=True)
class _Article:
    """What statements show of their article."""

    pk: int
    status: str
    outlet: int
    published_on: date | None
    published_precision: str
    is_new: bool = False


@dataclass(frozen=True)
class CorpusImport:
    """An import of ``corpus``. From the confidence ``publish`` on, statements are published unreviewed."""

    corpus: str
    publish: float | None
    report: Report

    def run(self, stream: BinaryIO, track: Callable[[int], None] = lambda done: None) -> Counter[str]:
        """Import a file; returns how many statements were created, known and bad.

        ``track`` is called after each batch, with the number of statements so far.
        """
        counts: Counter[str] = Counter()
        reason = f"Imported from {CORPORA[self.corpus].title}."
        for batch in self._batches(stream, counts):
            with attributed(by="", reason=reason):
                self._load(batch, counts)
            track(counts.total())
        return counts

    def _batches(self, stream: BinaryIO, counts: Counter[str]) -> Iterator[list[_Printed]]:
        batch: list[_Printed] = []
        for number, line in read_lines(stream):
            try:
                batch += self._printed(number, READERS[self.corpus](line))
            except LineError as error:
                self._refuse(number, str(error), counts)
            if len(batch) >= BATCH:
                yield batch
                batch = []
        yield batch

    def _printed(self, line: int, quotations: Iterable[CorpusQuotation]) -> list[_Printed]:
        found = []
        for quotation in quotations:
            for url in quotation.urls:
                key = canonical_url(url)
                if not key:
                    raise LineError(f"{url[:200]} is not a web address.")
                uid = uuid.uuid5(NAMESPACE, f"{self.corpus} {quotation.key} {key}")
                found.append(_Printed(line, quotation, url, key, uid))
        return found

    def _refuse(self, line: int, reason: str, counts: Counter[str]) -> None:
        counts["bad"] += 1
        self.report(line, reason)

    def _load(self, batch: Sequence[_Printed], counts: Counter[str]) -> None:
        new = _without_known(batch)
        counts["known"] += len(batch) - len(new)
        if not new:
            return
        speakers = find_speakers(each.quotation for each in new)
        outlets = find_outlets({each.host for each in new})
        connection = connections[DEFAULT_DB_ALIAS]
        # No other transaction can write articles and statements from here on, so reads stay valid.
        with triggers_disabled(connection, [model._meta.db_table for model in (Article, Statement)]):
            now = transaction_time(connection)
            tables = [CorpusRows(Article, ARTICLE, connection), CorpusRows(Statement, STATEMENT, connection)]
            articles = self._articles(new, tables[0], outlets, now, counts)
            self._statements(new, tables[1], articles, speakers, now, counts)
            for table in tables:
                table.record()
        set_targets({key: each.pk for key, each in articles.items() if each and each.is_new})

    def _articles(
        self,
        new: Sequence[_Printed],
        table: CorpusRows,
        outlets: Mapping[str, int],
        now: datetime,
        counts: Counter[str],
    ) -> dict[str, _Article | None]:
        """The articles by canonical address, None for one that is refused; those that are new are created."""
        articles: dict[str, _Article | None] = {**_known_articles({each.key for each in new})}
        lines: dict[str, list[int]] = {}
        first: list[_Printed] = []
        for each in new:
            if each.key not in articles:
                lines.setdefault(each.key, []).append(each.line)
                if len(lines[each.key]) == 1:
                    first.append(each)

        def refuse(place: int, reason: str) -> None:
            for line in lines[first[place].key]:
                self._refuse(line, f"{first[place].url[:200]}: {reason}", counts)

        for place, each in enumerate(first):
            if each.host not in outlets:
                refuse(place, f"{each.host} cannot be an outlet.")
        articles |= {each.key: None for each in first}
        first = [each for each in first if each.host in outlets]
        rows = []
        for each in first:
            quotation, day = each.quotation, each.quotation.published_on
            rows.append((
                uuid.uuid4(), (quotation.headline or each.url)[:500], "", outlets[each.host],
                each.url, each.key, quotation.language, day, "day" if day else "", now,
            ))  # fmt: skip
        for each, row, pk in zip(first, rows, table.write(rows, refuse), strict=True):
            if pk is not None:
                articles[each.key] = _Article(pk, "published", row[3], row[7], row[8], is_new=True)
        return articles

    def _statements(
        self,
        new: Sequence[_Printed],
        table: CorpusRows,
        articles: Mapping[str, _Article | None],
        speakers: Mapping[tuple[str, ...], int],
        now: datetime,
        counts: Counter[str],
    ) -> None:
        taken = _words_taken(article.pk for article in articles.values() if article and not article.is_new)
        lines, rows = [], []
        for each in new:
            article, quotation = articles[each.key], each.quotation
            if article is None:  # its line is reported already
                continue
            speaker = speakers.get(quotation.wikidata_ids)
            words = fold(quotation.text)
            # Labels distinguish unnamed speakers, as in the rule newsdb_published_once.
            same = (article.pk, words or quotation.text, speaker or quotation.speaker)
            if same in taken:
                counts["known"] += 1
                continue
            taken.add(same)
            sure = self.publish is not None and quotation.confidence >= self.publish
            status = Status.PUBLISHED if sure and article.status == "published" else Status.PROPOSED
            lines.append(each.line)
            rows.append((
                each.uid, article.pk, speaker, quotation.speaker, "direct", quotation.text, words,
                quotation.language, status.value, "extractor", self.corpus, quotation.confidence, False,
                article.outlet, article.published_on, article.published_precision, now,
            ))  # fmt: skip
        written = table.write(rows, lambda place, reason: self._refuse(lines[place], reason, counts))
        counts["created"] += sum(pk is not None for pk in written)


def _known_articles(keys: set[str]) -> dict[str, _Article]:
    """The articles whose own address, or a capture's, is one of these canonical addresses."""
    facts = ("pk", "status", "outlet", "published_on", "published_precision")
    with_url = Article.objects.with_own_url().filter(AnyOf("source_url_key", values=keys))
    own = with_url.values_list("source_url_key", *facts)
    left = keys - {key for key, *_ in own}
    captured = Capture.objects.filter(AnyOf("source_url_key", values=left)).values_list(
        "source_url_key", *(f"article__{fact}" for fact in facts)
    )
    return {key: _Article(*row) for key, *row in [*captured, *own]}


def _words_taken(articles: Iterable[int]) -> set[tuple[int, str, int | str]]:
    """What these articles are known to print: article, words, and speaker or label."""
    rows = Statement.objects.filter(AnyOf("article", values=list(articles))).values_list(
        "article", "words_key", "text", "speaker", "speaker_label"
    )
    return {(article, words or text, speaker or label) for article, words, text, speaker, label in rows}


def _without_known(batch: Sequence[_Printed]) -> list[_Printed]:
    """The statements of the batch that are neither in the dataset nor erased."""
    uids = {each.uid for each in batch}
    known = set(Statement.objects.filter(AnyOf("uid", values=uids)).values_list("uid", flat=True))
    erased = Erasure.objects.filter(record_type="statement")
    if erased.exists():
        known |= set(erased.filter(AnyOf("uid", values=uids)).values_list("uid", flat=True))
    new = list({each.uid: each for each in reversed(batch) if each.uid not in known}.values())[::-1]
    if not new or not ErasedDigest.objects.exists():
        return new
    words = ErasedDigest.objects.erased(DigestKind.WORDS, {fold(each.quotation.text) for each in new})
    pages = ErasedDigest.objects.erased(DigestKind.PAGE, {each.key for each in new})
    names = erased_names([each.quotation.speaker for each in new])
    return [
        each
        for each in new
        if fold(each.quotation.text) not in words
        and each.key not in pages
        and each.quotation.speaker not in names
    ]

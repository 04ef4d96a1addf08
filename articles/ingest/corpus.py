"""Imports quotations of a corpus in batches, each in one transaction; leaves what is there as it is."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from actors.models import Actor
from articles.ingest.corpus_speakers import find_speakers
from articles.ingest.erased import erased_names
from articles.ingest.finding import Identity, create_outlet, find_outlet
from articles.models import Article, Outlet, Statement
from articles.models.choices import AttributedBy, Status
from articles.models.choices import Kind as StatementKind
from articles.models.corpus import CORPORA
from articles.reading.corpora import READERS, CorpusQuotation, LineError, read_lines
from newsdb.addresses import canonical_url, host_of
from newsdb.ledger import attributed
from newsdb.models import ErasedDigest, Erasure
from newsdb.models.erasure import DigestKind
from newsdb.models.write_errors import WRITE_ERRORS, explain
from newsdb.text import fold

#: About how many statements are imported together.
BATCH = 500
#: The namespace of the uids of imported statements.
NAMESPACE = uuid.UUID("6f0c2f9e-6f4b-5b43-9f0a-0d0f7a6f2c11")
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


@dataclass(frozen=True)
class CorpusImport:
    """An import of ``corpus``. From the confidence ``publish`` on, statements are published unreviewed."""

    corpus: str
    publish: float | None
    report: Report

    def run(self, stream: BinaryIO, track: Callable[[], None] = lambda: None) -> Counter[str]:
        """Import a file, calling ``track`` after each batch; returns how many were created, known and bad."""
        counts: Counter[str] = Counter()
        reason = f"Imported from {CORPORA[self.corpus].title}."
        for batch in self._batches(stream, counts):
            with attributed(by="", reason=reason):
                self._load(batch, counts)
            track()
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
                    raise LineError(f"{url[:200]} is no web address.")
                uid = uuid.uuid5(NAMESPACE, f"{self.corpus} {quotation.key} {key}")
                found.append(_Printed(line, quotation, url, key, uid))
        return found

    def _refuse(self, line: int, reason: str, counts: Counter[str]) -> None:
        counts["bad"] += 1
        self.report(line, reason)

    def _load(self, batch: Sequence[_Printed], counts: Counter[str]) -> None:
        new = _without_known(batch)
        counts["known"] += len(batch) - len(new)
        speakers = find_speakers(each.quotation for each in new)
        articles = self._articles(new, counts)
        taken: set[tuple[Any, ...]] = set(
            Statement.objects.filter(article__in={article.pk for article in articles.values()}).values_list(
                "article", "words_key", "speaker", "speaker_label"
            )
        )
        statements: list[tuple[int, Statement]] = []
        for each in new:
            article = articles.get(each.key)
            if article is None:  # its line is reported already
                continue
            speaker = speakers.get(each.quotation.wikidata_ids)
            statement = self._statement(each, article, speaker)
            same = (article.pk, fold(statement.text), speaker and speaker.pk, statement.speaker_label)
            if same in taken:
                counts["known"] += 1
                continue
            taken.add(same)
            try:
                statement.clean_fields(exclude=["article", "speaker"])
            except ValidationError as error:
                self._refuse(each.line, " ".join(error.messages), counts)
                continue
            statements.append((each.line, statement))
        self._create(Statement, statements, counts)

    def _statement(self, each: _Printed, article: Article, speaker: Actor | None) -> Statement:
        quotation, publish = each.quotation, self.publish
        sure = publish is not None and quotation.confidence >= publish
        return Statement(
            uid=each.uid,
            article=article,
            speaker=speaker,
            speaker_label=quotation.speaker,
            kind=StatementKind.DIRECT,
            text=quotation.text,
            language=quotation.language,
            status=Status.PUBLISHED if sure and article.status == "published" else Status.PROPOSED,
            attributed_by=AttributedBy.EXTRACTOR,
            extractor=self.corpus,
            confidence=quotation.confidence,
            reviewed=False,
        )

    def _articles(self, new: Sequence[_Printed], counts: Counter[str]) -> dict[str, Article]:
        """The articles by canonical address; those that are not there are created."""
        keys = {each.key for each in new}
        found: dict[str, Article] = {}
        rows: Any = Article.objects.filter(Q(source_url_key__in=keys) | Q(captures__source_url_key__in=keys))
        for article in rows.annotate(captured_key=F("captures__source_url_key")):
            found.update(dict.fromkeys({article.source_url_key, article.captured_key} & keys, article))
        made: dict[str, tuple[int, Article]] = {}
        outlets: dict[str, Outlet] = {}
        for each in new:
            if each.key in found or each.key in made:
                continue
            try:
                made[each.key] = (each.line, self._article(each, outlets))
            except ValidationError as error:
                self._refuse(each.line, f"{each.url[:200]}: {' '.join(error.messages)}", counts)
        created = self._create(Article, list(made.values()), counts, count=False)
        return found | {canonical_url(article.source_url): article for article in created}

    def _article(self, each: _Printed, outlets: dict[str, Outlet]) -> Article:
        host = host_of(each.url)
        if host not in outlets:
            identity = Identity("", each.url, "", (), "", host)
            outlets[host] = find_outlet(identity) or create_outlet(identity)
        article = Article(
            headline=(each.quotation.headline or each.url)[:500],
            outlet=outlets[host],
            source_url=each.url,
            language=each.quotation.language,
            published_on=each.quotation.published_on,
            published_precision="day" if each.quotation.published_on else "",
        )
        article.clean_fields(exclude=["outlet"])
        return article

    def _create(
        self, model: Any, rows: Sequence[tuple[int, Any]], counts: Counter[str], *, count: bool = True
    ) -> list[Any]:
        """Create all rows at once or, if that fails, those that can be created, one by one."""
        try:
            with transaction.atomic():
                created = model.objects.bulk_create([row for _, row in rows])
        except WRITE_ERRORS:
            created = []
            for line, row in rows:
                row.pk = None
                try:
                    with transaction.atomic():
                        row.save(force_insert=True)
                except WRITE_ERRORS as error:
                    self._refuse(line, " ".join(explain(error)), counts)
                else:
                    created.append(row)
        if count:
            counts["created"] += len(created)
        return created


def _without_known(batch: Sequence[_Printed]) -> list[_Printed]:
    """Those that are neither in the dataset nor erased."""
    uids = {each.uid for each in batch}
    known = set(Statement.objects.filter(uid__in=uids).values_list("uid", flat=True))
    known |= set(Erasure.objects.filter(record_type="statement", uid__in=uids).values_list("uid", flat=True))
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

"""Reads the lines of Quotebank and of GDELT's Global Quotation Graph."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from articles.reading.corpora.records import LineError, day, member, record_in, strings, words
from articles.reading.documents.json_lines import cut_lines
from articles.reading.documents.packed import decompressed

_WIKIDATA_ID = re.compile(r"Q[1-9]\d{0,10}")
#: What Quotebank calls a speaker whom the article does not name.
_NOBODY = "None"
#: BCP 47 codes of the names of languages in GDELT's records. Others are unknown.
_LANGUAGES = {
    "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it", "portuguese": "pt",
    "russian": "ru", "arabic": "ar", "chinese": "zh", "japanese": "ja", "korean": "ko", "turkish": "tr",
    "dutch": "nl", "polish": "pl", "ukrainian": "uk", "hindi": "hi", "indonesian": "id", "greek": "el",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CorpusQuotation:
    """A quotation in a corpus.

    ``key`` identifies it within the corpus. ``published_on`` is the day of the article, if that is known.
    """

    key: str
    text: str
    urls: tuple[str, ...]
    speaker: str = ""
    wikidata_ids: tuple[str, ...] = ()
    confidence: float = 0.0
    published_on: date | None = None
    headline: str = ""
    language: str = ""


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines of a file, compressed or not, with their numbers; empty lines are left out.

    Raises ``DocumentError`` if the file is damaged.
    """
    # One line is read at a time, however large a corpus is.
    for number, line in enumerate(cut_lines(decompressed(stream, limited=False)), start=1):
        if line.strip():
            yield number, line


def read_quotebank(line: bytes) -> list[CorpusQuotation]:
    """The quotation of a line of Quotebank. Raises ``LineError``.

    Its date is that of the quotation's earliest article; if there are several, nothing says which one that
    is.
    """
    record = record_in(line)
    urls = tuple(dict.fromkeys(strings(member(record, "urls", list), "urls")))
    if not urls:
        raise LineError("urls is empty.")
    name = " ".join(member(record, "speaker", str, _NOBODY).split())
    ids = tuple(dict.fromkeys(strings(member(record, "qids", list, []), "qids")))
    if not all(map(_WIKIDATA_ID.fullmatch, ids)):
        raise LineError("qids has something other than Wikidata ids.")
    published_on = day(member(record, "date", str, ""))
    return [
        CorpusQuotation(
            key=words(record, "quoteID"),
            text=words(record, "quotation"),
            urls=urls,
            speaker="" if name == _NOBODY else name,
            wikidata_ids=() if name == _NOBODY else ids,
            confidence=_probability(member(record, "probas", list, []), name),
            published_on=published_on if len(urls) == 1 else None,
            language="en",
        )
    ]


def _probability(probas: list[Any], name: str) -> float:
    """Quotebank's probability that ``name`` is the speaker."""
    try:
        found = {str(each): float(value) for each, value in probas}
    except (TypeError, ValueError):
        raise LineError("probas is not a list of pairs of a name and a number.") from None
    probability = found.get(name, 0.0)
    if not 0 <= probability <= 1:
        raise LineError("probas has a probability that is not between 0 and 1.")
    return probability


def read_gdelt_gqg(line: bytes) -> list[CorpusQuotation]:
    """The quotations of an article in GDELT's Global Quotation Graph. Raises ``LineError``.

    The graph does not say who is quoted, so the confidence in the speaker is 0.
    """
    record = record_in(line)
    url = words(record, "url")
    headline = " ".join(member(record, "title", str, "").split())
    published_on = day(member(record, "date", str, ""))
    language = member(record, "lang", str, "").lower()
    quotes = member(record, "quotes", list)
    if not all(isinstance(quote, dict) for quote in quotes):
        raise LineError("quotes has something other than objects.")
    return [
        CorpusQuotation(
            key=f"{url} {number}",
            text=words(quote, "quote"),
            urls=(url,),
            published_on=published_on,
            headline=headline,
            language=_LANGUAGES.get(language, language if re.fullmatch("[a-z]{2}", language) else ""),
        )
        for number, quote in enumerate(quotes)
    ]


READERS: Mapping[str, Callable[[bytes], list[CorpusQuotation]]] = {
    "quotebank": read_quotebank,
    "gdelt-gqg": read_gdelt_gqg,
}

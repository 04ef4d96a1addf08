"""Reads the lines of Quotebank and of GDELT's Global Quotation Graph."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

import orjson

from articles.reading.documents.json_lines import check_line, cut_lines
from articles.reading.documents.packed import decompressed
from articles.reading.documents.records import DocumentError

_WIKIDATA_ID = re.compile(r"Q[1-9]\d{0,10}")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
#: What Quotebank calls a speaker whom the article does not name.
_NOBODY = "None"
#: BCP 47 codes of the names of languages in GDELT's records. Others are unknown.
_LANGUAGES = {
    "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it", "portuguese": "pt",
    "russian": "ru", "arabic": "ar", "chinese": "zh", "japanese": "ja", "korean": "ko", "turkish": "tr",
    "dutch": "nl", "polish": "pl", "ukrainian": "uk", "hindi": "hi", "indonesian": "id", "greek": "el",
}  # fmt: skip


class LineError(ValueError):
    """The line is no record of the corpus."""


@dataclass(frozen=True, slots=True)
class CorpusQuotation:
    """A quotation as a corpus has it.

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
    # However large a corpus is, a line of it is read at a time.
    for number, line in enumerate(cut_lines(decompressed(stream, limited=False)), start=1):
        if line.strip():
            yield number, line


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        check_line(line)
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise LineError("It is not JSON.") from None
    except DocumentError as error:
        raise LineError(str(error)) from None
    if not isinstance(record, dict):
        raise LineError("It is not a JSON object.")
    return record


def _member(record: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    value = record.get(name, default)
    if not isinstance(value, kind):
        raise LineError(f"{name} is {'missing' if value is None else 'of the wrong type'}.")
    return value


def _words(record: Mapping[str, Any], name: str) -> str:
    text = " ".join(_member(record, name, str).split())
    if not text:
        raise LineError(f"{name} is empty.")
    return text


def _day(text: str) -> date | None:
    if not text:
        return None
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError:
        raise LineError(f"date is no date: {text[:40]}") from None


def read_quotebank(line: bytes) -> list[CorpusQuotation]:
    """The quotation of a line of Quotebank. Raises ``LineError``.

    Its date is that of the quotation's earliest article: of several, nothing says which one that is.
    """
    record = _record(line)
    urls = tuple(dict.fromkeys(_strings(_member(record, "urls", list), "urls")))
    if not urls:
        raise LineError("urls is empty.")
    name = " ".join(_member(record, "speaker", str, _NOBODY).split())
    ids = tuple(dict.fromkeys(_strings(_member(record, "qids", list, []), "qids")))
    if not all(map(_WIKIDATA_ID.fullmatch, ids)):
        raise LineError("qids has something other than Wikidata ids.")
    day = _day(_member(record, "date", str, ""))
    return [
        CorpusQuotation(
            key=_words(record, "quoteID"),
            text=_words(record, "quotation"),
            urls=urls,
            speaker="" if name == _NOBODY else name,
            wikidata_ids=() if name == _NOBODY else ids,
            confidence=_probability(_member(record, "probas", list, []), name),
            published_on=day if len(urls) == 1 else None,
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
    record = _record(line)
    url = _words(record, "url")
    headline = " ".join(_member(record, "title", str, "").split())
    day = _day(_member(record, "date", str, ""))
    language = _member(record, "lang", str, "").lower()
    quotes = _member(record, "quotes", list)
    if not all(isinstance(quote, dict) for quote in quotes):
        raise LineError("quotes has something other than objects.")
    return [
        CorpusQuotation(
            key=f"{url} {number}",
            text=_words(quote, "quote"),
            urls=(url,),
            published_on=day,
            headline=headline,
            language=_LANGUAGES.get(language, language if re.fullmatch("[a-z]{2}", language) else ""),
        )
        for number, quote in enumerate(quotes)
    ]


def _strings(values: list[Any], name: str) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise LineError(f"{name} has something other than text.")
    return values


READERS: Mapping[str, Callable[[bytes], list[CorpusQuotation]]] = {
    "quotebank": read_quotebank,
    "gdelt-gqg": read_gdelt_gqg,
}

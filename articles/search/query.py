"""What may be asked for: words, "phrases" and -not."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.search.analyser import analyse

MAX_TERMS = 50

#: Tokens that follow one upon the other; most often just one.
Phrase = tuple[str, ...]

_MARKS = '"“”„«»'
_TERM = re.compile(
    rf"(?P<minus>-?)(?:[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]|(?P<word>[^\s{_MARKS}]+))|\S"
)


class QueryError(ValueError):
    """A query that asks for nothing that could be found; the message is for who asked."""

    def __init__(self, detail: str, *, code: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class Query:
    """Every one of ``wanted`` has to stand in the text, and none of ``unwanted``."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...] = ()


@lru_cache(maxsize=256)
def parse_query(text: str) -> Query:
    """The query that ``text`` stands for. Raises ``QueryError``.

    >>> parse_query('ferries "from Monday" -strike')
    Query(wanted=(('ferri',), ('from', 'monday')), unwanted=(('strike',),))

    Case, accents, punctuation and the endings of English words do not matter, and there are no other
    operators: a word such as ``or`` is a word. What is written as one but is several words, as in
    ``Jong-un``, is a phrase.
    """
    wanted: dict[Phrase, None] = {}  # in order, each once
    unwanted: dict[Phrase, None] = {}
    for term in _TERM.finditer(text):
        written = term["phrase"] if term["word"] is None else term["word"]
        if written is None:
            raise QueryError(
                "a quotation mark stands alone: a phrase has one on either side.", code="unbalanced"
            )
        if phrase := tuple(analyse(written).split()):
            (unwanted if term["minus"] else wanted)[phrase] = None
    if len(wanted) + len(unwanted) > MAX_TERMS:
        raise QueryError(f"it may have at most {MAX_TERMS} words and phrases.", code="too_many_words")
    if not wanted:
        raise QueryError(
            'give at least one word or "phrase" that is to be found'
            + (", besides those that are not." if unwanted else "; there is no letter or digit in this."),
            code="only_negations" if unwanted else "no_words",
        )
    return Query(tuple(wanted), tuple(unwanted))

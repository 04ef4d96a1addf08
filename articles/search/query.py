"""The query language: words, "phrases", prefix*, one OR another, and -word to exclude one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.search.analyser import analyse, token_of
from newsdb.text import fold

MAX_TERMS = 50
#: The fewest letters of a prefix: a shorter one would match too many words.
SHORTEST_PREFIX = 3

#: Consecutive tokens, most often just one. The last may be a prefix, ending with ``*``.
Phrase = tuple[str, ...]
#: Alternative phrases.
Term = tuple[Phrase, ...]

_MARKS = '"“”„«»'
_TERM = re.compile(
    rf"(?P<minus>-?)(?:[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]|(?P<word>[^\s{_MARKS}]+))|\S"
)
_OPERATORS = re.compile(r"\b(?:AND|OR|NOT)\b")
_INNER_STAR = re.compile(r"\*\w")
_STAR = re.compile(r"\w\*|\*\w")
#: A field of other search engines ("speaker:ada"), but no time, address or short abbreviation.
_FIELD = re.compile(rf"[a-z_]{{3,}}:(?=[\w{_MARKS}])")


class QueryError(ValueError):
    """The query is invalid; the message is for whoever sent it."""

    def __init__(self, detail: str, *, code: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class Query:
    """A text matches if it has all of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@lru_cache(maxsize=256)
def parse_query(text: str) -> Query:
    """Parse ``text`` into a query. Raises ``QueryError``.

    >>> parse_query('ferries OR boat* "from Monday" -strike')
    Query(wanted=((('ferri',), ('boat*',)), (('from', 'monday'),)), unwanted=((('strike',),),))

    Case, accents, punctuation and English word endings are ignored. Several words written as one, as in
    ``Jong-un``, are a phrase. ``OR`` binds more tightly than the space between words; in lower case it is an
    ordinary word. So are ``and`` and ``not``; other search engines' ``AND`` changes nothing and ``NOT`` is
    refused, except among words that are all in capitals, as in a headline. Fields (``speaker:ada``) are, too.
    """
    wanted: dict[Term, None] = {}  # as ordered sets
    unwanted: dict[Term, None] = {}
    for minus, term in _alternatives(text):
        (unwanted if minus else wanted)[term] = None
    if sum(map(len, [*wanted, *unwanted])) > MAX_TERMS:
        raise QueryError(f"it may have at most {MAX_TERMS} words and phrases.", code="too_many_words")
    if not wanted:
        raise QueryError(
            'give at least one word or "phrase" to find'
            + (
                ", in addition to those to exclude." if unwanted else "; there is no letter or digit in this."
            ),
            code="only_negations" if unwanted else "no_words",
        )
    return Query(tuple(wanted), tuple(unwanted))


def _alternatives(text: str) -> Iterator[tuple[bool, Term]]:
    """Yield each term, and whether it is unwanted; alternatives with OR are one term."""
    terms: list[tuple[bool, Term]] = []
    in_capitals = _OPERATORS.sub("", text).isupper()
    either = False
    uses_or = False
    for minus, written, quoted in _written(text):
        if not quoted and written == "OR":
            if either or not terms or terms[-1][0]:
                raise _misplaced_or()
            either = uses_or = True
            continue
        if not (quoted or minus or in_capitals):
            if written == "AND":
                continue
            if written == "NOT":
                raise QueryError("NOT must be a minus sign, for example: ferry -boat.", code="not")
        if term := _term(written, quoted=quoted):
            if not either:
                terms.append((minus, term))
            elif minus:
                raise _misplaced_or()
            else:
                terms[-1] = (False, tuple(dict.fromkeys([*terms[-1][1], *term])))
            either = False
    if either:
        raise _misplaced_or()
    if uses_or and "(" in text:
        raise QueryError(
            "it may not have parentheses with OR, which applies to the words beside it.", code="parentheses"
        )
    yield from terms


def _written(text: str) -> Iterator[tuple[bool, str, bool]]:
    """Yield each term as written, whether it has a minus sign, and whether it is in quotation marks."""
    for term in _TERM.finditer(text):
        quoted = term["word"] is None
        if not quoted and (field := _FIELD.match(text, term.start("word"))):
            raise QueryError(
                f"it has no fields ({field[0]}): give a parameter, or put the words in quotation marks.",
                code="field",
            )
        written = term["phrase"] if quoted else term["word"]
        if written is None:
            raise QueryError(
                "a quotation mark is unpaired: a phrase has one on each side.", code="unbalanced"
            )
        yield bool(term["minus"]), written, quoted


def _misplaced_or() -> QueryError:
    return QueryError(
        "OR must be between two words or phrases to search for, for example: ferry OR boat.", code="or"
    )


def _term(written: str, *, quoted: bool) -> Term:
    """The phrase. With ``*``, it is the prefix or the stemmed word, which may be shorter than the prefix."""
    phrase = tuple(analyse(written).split())
    if (_STAR if quoted else _INNER_STAR).search(written):
        raise QueryError(
            "* must be at the end of a word that is not in quotation marks, for example: boat*.",
            code="misplaced_star",
        )
    if quoted or not phrase or not written.endswith("*"):
        return (phrase,) if phrase else ()
    letters = fold(written).split()[-1]
    if len(letters) < SHORTEST_PREFIX:
        raise QueryError(f"* must have at least {SHORTEST_PREFIX} letters before it.", code="short_prefix")
    spelt = letters if letters.isascii() else f"u{letters.encode().hex()}"
    prefix = (*phrase[:-1], f"{spelt}*")
    return (prefix,) if token_of(letters).startswith(spelt) else (prefix, phrase)

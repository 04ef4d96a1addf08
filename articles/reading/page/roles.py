"""Reads the roles in an author's note ("served as press officer at the Council from 2012 to 2018")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from articles.reading.page.parts import PrintedRole
from articles.reading.spans import Span
from newsdb.dates import PartialDate

#: Code points; a longer paragraph is not a note.
LONGEST_NOTE = 3000
_MAX_TITLE_LENGTH = 200

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)’'”\"]{2}[.!?])\s+(?=[A-Z“\"])")
_HOLDING_VERB = (
    r"\b(?:has|have|had)\s+(?:also\s+|previously\s+|long\s+)?(?:been|served\s+as|worked\s+as)"
    r"|\b(?:serves|served|works|worked|acts|acted)\s+(?:\w{1,12}ly\s+)?as"
    r"|\b(?:is|are|was|were)(?!\s+(?:born|based|married|not)\b)"
)
_SO_FAR = r"(?:(?:currently|now|also|formerly|previously|once|then|today)\s+)*"
#: The words between two roles.
_ROLE_START = re.compile(
    rf"(?:,?\s+and\s+(?:also\s+)?)?(?:{_HOLDING_VERB})\s+{_SO_FAR}|,?\s+and\s+(?:also\s+)?(?:as\s+)?(?=(?:an?|the|as)\s)|,?\s+and\s+as\s+"
)
_ARTICLE = re.compile(r"(?:as\s+)?(?:(?:an?|the|one\s+of\s+the)\s+)?", re.IGNORECASE)
#: "is writing", "was awarded" and "is author of" do not introduce a title.
_NOT_A_TITLE = re.compile(
    r"(?:\w+ing|\w+ed|co-?author|author|born|the|in|at|on|from|to|known|winner|recipient|married|proud)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:(?P<{0}month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? )?(?P<{0}year>[12][0-9]{{3}})"
)
_NOW = r"(?:now|today|the present|present)"
_PERIOD = re.compile(
    r"[,(]?\s*\(?\b(?:(?:from|between)\s+)?"
    rf"(?:since\s+{_MONTH.format('since')}|(?:until|till)\s+{_MONTH.format('until')}"
    rf"|{_MONTH.format('from')}\s?(?:-|–|—|to|until|and|through)\s?(?:{_MONTH.format('to')}|{_NOW})"
    rf"|in\s+{_MONTH.format('in')})\)?",
    re.IGNORECASE | re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INSTITUTION = re.compile(
    r"\b(?:Universit\w+|Institut\w+|Colleg\w+|Council|Cent(?:er|re)|Foundation|Associat\w+|Societ\w+|Committee"
    r"|Commission|Party|Bank|Group|Compan\w+|Inc|Network|Forum|School|Academy|Agency|Ministry|Department|Office"
    r"|Times|Post|News|Journal|Gazette|Observer|Herald|Tribune|Review|Magazine|Union|Alliance|Project)\b"
)
#: What may follow the name of an organisation.
_AFTER_NAME = re.compile(
    r"\s*(?:\(|,|;|:|\.$|\s(?:in|from|since|where|who|which|based|and (?:an?|the|author)|under|until)\s)"
)


def read_roles(note: str, *, offset: int = 0) -> tuple[PrintedRole, ...]:
    """The roles in a note, in order; `offset` is added to their positions."""
    if len(note) > LONGEST_NOTE:
        return ()
    roles = []
    for start, end in _sentences(note):
        for first, last in _clauses(note, start, end):
            role = _read_role(note, first, last, offset)
            if role:
                roles.append(role)
    return tuple(roles)


def _sentences(note: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(note):
        yield start, match.start()
        start = match.end()
    yield start, len(note)


def _clauses(note: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each part of a sentence that begins with a title."""
    begins = list(_ROLE_START.finditer(note, start, end))
    # "and a fellow of …" names a role only after "is".
    while begins and not re.search(_HOLDING_VERB, begins[0][0]):
        begins.pop(0)
    for index, match in enumerate(begins):
        yield match.end(), begins[index + 1].start() if index + 1 < len(begins) else end


def _read_role(note: str, start: int, end: int, offset: int) -> PrintedRole | None:
    if article := _ARTICLE.match(note, start, end):
        start = article.end()
    period = _PERIOD.search(note, start, end)
    stop = period.start() if period else end
    title_end, organisation = _split_title(note[start:stop])
    title = note[start : start + title_end].strip(" ,.;:")
    if not title or len(title) > _MAX_TITLE_LENGTH or _NOT_A_TITLE.match(title):
        return None
    printed_end = start + (organisation[1] if organisation else title_end)
    printed = note[start:printed_end].strip(" ,.;:")
    started, ended = _dates_of_period(period) if period else (None, None)
    return PrintedRole(
        title=title[0].upper() + title[1:],
        organisation=note[start + organisation[0] : start + organisation[1]].strip(" ,.;:")
        if organisation
        else "",
        started=started,
        ended=ended,
        printed=printed,
        place=Span(offset + start, offset + start + len(printed)),
    )


def _split_title(words: str) -> tuple[int, tuple[int, int] | None]:
    """The end of the title, and the start and end of the organisation's name."""
    at = re.search(r",?\s+(?:at|with|for)\s+(?:the\s+)?(?=(?:The\s+)?[^\W\d_a-z])", words)
    if at and at[0].split()[0] in ("at", ",at") and words[at.end()].isupper():
        return at.start(), (at.end(), _name_end(words, at.end()))
    for of in re.finditer(r"\s+of\s+(the\s+)?(?=[^\W\d_a-z])", words):
        before, name = words[: of.start()], words[of.end() : _name_end(words, of.end())]
        belongs = of[1] or name.startswith("The ") or _INSTITUTION.search(name)
        if belongs and not re.search(r"\s(?:to|for)\s", before):
            return of.start(), (of.end(), _name_end(words, of.end()))
    return _name_end(words, 0), None


def _name_end(words: str, start: int) -> int:
    match = _AFTER_NAME.search(words, start)
    return match.start() if match else len(words)


def _dates_of_period(match: re.Match[str]) -> tuple[PartialDate | None, PartialDate | None]:
    dates = {
        side: _date(match[f"{side}month"], match[f"{side}year"])
        for side in ("since", "until", "from", "to", "in")
        if match[f"{side}year"]
    }
    during = dates.get("in")
    return dates.get("since") or dates.get("from") or during, dates.get("until") or dates.get("to") or during


def _date(month: str | None, year: str) -> PartialDate:
    if month is None:
        return PartialDate(date(int(year), 1, 1), "year")
    return PartialDate(date(int(year), _MONTHS.index(month[:3].lower()) + 1, 1), "month")

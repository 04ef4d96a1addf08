"""The parts of a page. What it does not print is "", None or empty; nothing is inferred."""

from __future__ import annotations

from dataclasses import dataclass, fields

from articles.reading.printed_links import PrintedList
from articles.reading.spans import Span
from newsdb.dates import PartialDate

#: Authors of one article; a longer list is not a byline, and notes are searched for each.
MAX_AUTHORS = 50


@dataclass(frozen=True, slots=True)
class Author:
    """The author of an article: a person, or an organisation that signs for its writers."""

    name: str
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredMetadata:
    """Metadata from outside a page's text: from an HTML head, JSON-LD, or whoever submitted it.

    It is the publisher's or the curator's own statement and takes precedence over the text.
    """

    outlet: str = ""
    headline: str = ""
    deck: str = ""
    section: str = ""
    language: str = ""
    """A BCP 47 tag, such as "en" or "pt-BR"."""
    published: PartialDate | None = None
    authors: tuple[Author, ...] = ()
    source_url: str = ""
    """The page's own address."""
    host: str = ""
    """The host of the page's site, known even if the page's URL is not."""
    outlet_names: tuple[str, ...] = ()
    """Other possible names of the outlet: used to find a known outlet, never to create one."""

    def over(self, other: DeclaredMetadata) -> DeclaredMetadata:
        """Merge two sets of metadata; this one takes precedence."""
        return DeclaredMetadata(
            *(getattr(self, each.name) or getattr(other, each.name) for each in fields(DeclaredMetadata))
        )


NO_METADATA = DeclaredMetadata()


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A title that an author holds or held, according to the note."""

    title: str
    """Capitalised, like a title on its own."""
    organisation: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None
    printed: str = ""
    """Title and organisation as the note prints them, used if no organisation of that name is known."""
    place: Span | None = None
    """The position of these words in the text."""


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """An author's printed name, with the printed note about the author and the roles in it."""

    name: str
    organisation: bool = False
    note: str = ""
    roles: tuple[PrintedRole, ...] = ()
    note_place: Span | None = None
    """The position of the note in the text."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of an article. Spans are in code points of the text."""

    outlet: str = ""
    headline: str = ""
    deck: str = ""
    section: str = ""
    language: str = ""
    published: PartialDate | None = None
    outlet_names: tuple[str, ...] = ()
    """Words that may be the outlet's name, the most likely first."""
    bylines: tuple[PrintedByline, ...] = ()
    body: tuple[Span, ...] = ()
    """The paragraphs of the first copy, without headline, deck, byline, notes and lists."""
    lists: tuple[PrintedList, ...] = ()
    copies: int = 1
    """How many times the page contains the article."""

"""A few hundred statements of every sort, alike on every store to the id and the second.

``python -m tests.hostile.dataset`` makes the tables and fills them. All of it is made up.
"""

import hashlib
import random
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from newsdb.dates import last_day

NAMES = [
    *("Zoë Halvarsen-Pike", "Łukasz Ñandú", "李小龍", "محمد الراشد", "İpek Işık"),
    *("O’Brien; DROP TABLE actors", "=SUM(A1:A9)", "<script>alert(1)</script>", "𝐊ai Ødegård"),
    *("Zoe\u0301 Vane", "Straße von Ems", "Kai Odegard", "Ada Vane", "ada vane", "Vane Ministry"),
    *("कमला देवी", "Ǆurđa", "Ada  Vane", "\u202eevil\u202c", "%_%", "1984", "AND", "Nil Null"),
    *("Anna-Maria d’Arc", "ＡＤＡ Wide", "Ægir", "Zz Top", "'; --", "{{7*7}}", "🐙 Kraken"),
]
SLUGS = [f"actor-{number}" for number in range(len(NAMES))]
OUTLETS = [
    *("The Öresund Post", "Gazette", "gazette", "Ñews", "新聞", "=HYPERLINK()", "The Ferry Bell"),
    *("Zeitung ß",),
]
OUTLET_SLUGS = [f"outlet-{number}" for number in range(len(OUTLETS))]
SECTIONS = ["", "Politics", "politics", "Opinion/World", "Ü ber", "%41", "A,B"]
LANGUAGES = ["", "en", "uk", "zh-Hant", "EN"]
WORDS = [
    *("ferry", "ferries", "running", "runs", "harbour", "harbor", "Élysée", "elysee", "school", "bus"),
    *("the", "a", "not", "or", "and", "NEAR", "Strike", "strikes", "naïve", "café", "İstanbul"),
    *("Straße", "ＦＥＲＲＹ", "3.14", "2024", "C++", "e-mail", "Jong-un", "don’t", "渡船", "паром", "عبّارة"),
    *("½", "ﬁre", "x²", "=1+1", "<b>bold</b>", "𝐊ing", "%", "_", "'", '"', ";", "--", "\\"),
    *("\u200bzero", "col:umn"),
]
TOKEN = "newsdb_only-for-servers-that-tests-start-and-end"
#: A page of the last article but one, whose text is not held.
PAGE = hashlib.sha256(b"Not held.").hexdigest()
STATEMENTS, ARTICLES = 400, 60
FIRST = datetime(2026, 1, 1, tzinfo=UTC)

_chance = random.Random(1)
_seconds = count()


def _uid() -> uuid.UUID:
    return uuid.UUID(int=_chance.getrandbits(128), version=4)


def uid_of(record_type: str, number: int) -> uuid.UUID:
    """The uid of the article or statement whose id is ``number``."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{record_type} {number}")


def path_of(record_type: str, number: int) -> str:
    """Its address below ``/api/v1/``."""
    return f"{record_type}s/{uid_of(record_type, number)}/"


def _facts() -> dict[str, Any]:
    """Of every record: its identity and when it was recorded."""
    return {"uid": _uid(), "updated_at": FIRST + timedelta(seconds=next(_seconds))}


def _day() -> tuple[date | None, str]:
    """A day with its precision, of few days, so that there are ties; or none."""
    year, month, day = _chance.choice([1000, 2023, 2024, 2024, 9998]), _chance.choice([1, 2, 12]), 29
    shape = _chance.choice(["", "day", "day", "day", "month", "year"])
    if shape == "day":
        return date(year, month, min(day, 28) if month == 2 else day), shape
    return (None, "") if not shape else (date(year, month if shape == "month" else 1, 1), shape)


def _text() -> str:
    return " ".join(_chance.choices(WORDS, k=_chance.randint(1, 12)))


def _sometimes(value: Any, otherwise: Any, share: float = 0.5) -> Any:
    return value if _chance.random() < share else otherwise


def fill() -> None:
    """Fill an empty database."""
    from newsdb.ledger import attributed

    # What is restored keeps its times.
    with attributed(by="generator", restoring=True):
        actors = _actors()
        articles = _articles(actors, _outlets())
        _statements(actors, articles)
    _editor()


def _editor() -> None:
    from django.contrib.auth.models import User

    from newsdb.models import Token
    from newsdb.models.token import digest_of

    user = User.objects.create(username="editor", is_superuser=True)
    Token.objects.create(name="tests", user=user, scope="write", digest=digest_of(TOKEN))


def _actors() -> list[Any]:
    from actors.models import Actor, ActorName, ActorSlug, Role

    actors = []
    for number, (name, slug) in enumerate(zip(NAMES, SLUGS, strict=True)):
        kind = "organisation" if number % 7 == 4 else "person"
        wikidata_id = f"Q{number + 1}" if number % 3 == 0 else None
        facts = {"name": name, "slug": slug, "kind": kind, "wikidata_id": wikidata_id}
        actors.append(Actor.objects.create(**facts, **_facts()))
    for number, actor in enumerate(actors):
        ActorName.objects.create(actor=actor, name=f"Known {NAMES[-number]}")
        day, precision = _day()
        Role.objects.create(
            actor=actor,
            title=f"Keeper of {number % 4}",
            organisation=_sometimes(actors[4], None),
            started_on=day,
            started_precision=precision,
        )
    for number in (7, 8, 9):
        merged = Actor.objects.create(name=f"Twin {number}", slug=f"twin-{number}", **_facts())
        merged.merged_into = actors[number]
        merged.save()
        ActorSlug.objects.filter(slug=merged.slug).update(actor=actors[number])
    return actors


def _outlets() -> list[Any]:
    from articles.models import Outlet, OutletDomain

    outlets = []
    for number, (name, slug) in enumerate(zip(OUTLETS, OUTLET_SLUGS, strict=True)):
        policy = ("none", "excerpt", "full")[number % 3]
        outlet = Outlet.objects.create(name=name, slug=slug, text_policy=policy, **_facts())
        OutletDomain.objects.create(outlet=outlet, domain=f"paper{number}.example")
        outlets.append(outlet)
    return outlets


def _articles(actors: list[Any], outlets: list[Any]) -> list[Any]:
    from articles.models import Article, Byline, RelatedLink, RelatedList

    articles = []
    for number in range(ARTICLES):
        published_on, precision = _day()
        article = Article.objects.create(
            outlet=_chance.choice(outlets),
            headline=f"{_text()} ({number})"[:500],
            deck=_sometimes(_text(), ""),
            section=_chance.choice(SECTIONS),
            language=_chance.choice(LANGUAGES),
            source_url=f"https://www.paper.example/{number}?b=é&a=1" if number % 2 else "",
            published_on=published_on,
            published_precision=precision,
            **{**_facts(), "uid": uid_of("article", number + 1)},
        )
        for position, author in enumerate(_chance.sample(actors, number % 3)):
            Byline.objects.create(
                article=article, author=author, position=position, printed_name=_text()[:200]
            )
        if number % 4 == 0:
            links = RelatedList.objects.create(article=article, title="Topics", position=0)
            for position in range(3):
                day, shape = _day()
                RelatedLink.objects.create(
                    related_list=links,
                    position=position,
                    title=_text()[:300],
                    source_url=f"https://gazette.example/{number}/{position}",
                    section=_chance.choice(SECTIONS),
                    outlet=_sometimes(_chance.choice(outlets), None),
                    target=_sometimes(_chance.choice(articles or [None]), None),
                    printed_date="5 days ago",
                    published_on=day,
                    published_precision=shape,
                )
        articles.append(article)
    return articles


def _statements(actors: list[Any], articles: list[Any]) -> None:
    from articles.models import Anchor, Article, Capture, ClaimReview, Statement

    for number in range(STATEMENTS):
        said_on, precision = _day()
        status = _chance.choices(["published", "proposed", "rejected", "retracted"], [18, 1, 1, 1])[0]
        retraction = (
            {"retracted_at": FIRST, "retraction_reason": "Never said."} if status == "retracted" else {}
        )
        extractor = {"attributed_by": "extractor", "extractor": "marks", "confidence": 0.1 * (number % 11)}
        article = _chance.choice(articles[:-2])  # of the last but one there is no text
        published = article.published_on
        if said_on and published and said_on > last_day(published, article.published_precision):
            said_on, precision = published, article.published_precision
        statement = Statement.objects.create(
            article=article,
            speaker=_sometimes(_chance.choice(actors), None, 0.9),
            speaker_label=_sometimes(_chance.choice(NAMES), ""),
            kind=_chance.choice(["direct", "partial", "indirect"]),
            text=_text(),
            cue=_sometimes("said", "=cmd()"),
            language=_chance.choice(LANGUAGES),
            translated=_chance.choice([True, False, None]),
            said_on=said_on,
            said_precision=precision,
            status=status,
            reviewed=_sometimes(True, False),
            **retraction,
            **_sometimes(extractor, {}, 0.3),
            **{**_facts(), "uid": uid_of("statement", number + 1)},
        )
        for review in range(number % 5 % 3):
            ClaimReview.objects.create(
                statement=statement,
                source_url=f"https://www.{'Checks' if review else 'ñchecks'}.example/{number % 20}?b=é&a=1",
                publisher=NAMES[number % len(NAMES)],
                rating=WORDS[number % len(WORDS)],
                **({} if number % 2 else {"published_on": date(2024, 1, 1), "published_precision": "year"}),
            )
        if number % 3 == 0:
            words = f"{number}: “{statement.text}” 🐙"
            digest = hashlib.sha256(words.encode()).hexdigest()
            capture = Capture.objects.create(
                article=statement.article,
                sha256=digest,
                text_sha256=digest,
                length=len(words),
                text=_sometimes(words, None),
            )
            start = words.index("“") + 1
            end = start + len(statement.text)
            checked = {"match": "matched", "checked_at": FIRST} if number % 2 else {}
            Anchor.objects.create(
                statement=statement, capture=capture, exact=statement.text, start=start, end=end, **checked
            )
    Capture.objects.create(article=articles[-2], sha256=PAGE, text_sha256=PAGE, length=2**31 - 1)
    last: Any = articles[-1]
    retracted = {"status": "retracted", "retracted_at": FIRST, "retraction_reason": "Made up."}
    Article.objects.filter(pk=last.pk).update(**retracted)


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    fill()

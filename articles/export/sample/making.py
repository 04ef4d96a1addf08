"""Generates the sample from a seed: the rows of a release, and the texts of its pages."""

import hashlib
import random
from collections import defaultdict
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from articles.export.sample import vocabulary as words
from articles.export.sample.people import DAY_COUNT, FIRST_DAY, People, Row, Speaker, at, new_uid, slug_of
from articles.export.sample.quoting import Quoted, Text, Writer
from articles.models.sample import OUTLET_UIDS, OUTLETS
from articles.models.statement import GAP

STATEMENT_COUNT = 3000
#: The text policies of the outlets, in turn.
POLICIES = ("full", "excerpt", "none")


class Sample:
    """The ``rows`` of each table of a release, and the ``texts`` by SHA-256."""

    def __init__(self, seed: int, statements: int = STATEMENT_COUNT) -> None:
        self._rng = rng = random.Random(seed)  # noqa: S311 - it is to be the same again
        self._people = People(rng)
        self.rows: dict[str, list[Row]] = defaultdict(list, self._people.rows)
        self.texts: dict[str, str] = {}
        self._wanted = statements
        self._printed: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._outlets = [self._outlet(number, name) for number, name in enumerate(OUTLETS)]
        #: The days on which each topic peaks.
        self._peaks = {topic: [rng.randrange(DAY_COUNT) for _ in range(4)] for topic in words.TOPICS}
        pages: list[tuple[date, str, str, Text]] = []
        while sum(page.statements for _, _, _, page in pages) < statements:
            day, topic = self._day()
            subject = rng.choice(words.TOPICS[topic])
            pages.append((day, topic, subject, self._page(topic, subject)))
            if rng.random() < 0.06:  # another outlet prints the same text
                pages.append((day + timedelta(days=1), *pages[-1][1:]))
        for page in sorted(pages, key=itemgetter(0)):
            self._article(*page)

    def _outlet(self, number: int, name: str) -> str:
        slug = slug_of(name)
        policy = POLICIES[number % len(POLICIES)]
        uid = str(OUTLET_UIDS[name])
        self.rows["outlets"].append(
            {
                "uid": uid,
                "name": name,
                "slug": slug,
                "wikidata_id": None,
                "text_policy": policy,
                "updated_at": at(FIRST_DAY, 6),
            }
        )
        self.rows["outlet_slugs"].append({"slug": slug, "outlet": slug})
        self.rows["outlet_domains"].append({"outlet": slug, "domain": OUTLETS[name]})
        return slug

    def _day(self) -> tuple[date, str]:
        topic = self._rng.choice(list(words.TOPICS))
        number = self._rng.randrange(DAY_COUNT - 1)
        if self._rng.random() < 0.6:
            number = round(self._rng.gauss(self._rng.choice(self._peaks[topic]), 12))
        return FIRST_DAY + timedelta(days=min(max(number, 0), DAY_COUNT - 2)), topic

    def _page(self, topic: str, subject: str) -> Text:
        rng = self._rng
        writer = Writer(rng, subject)
        who = self._people.speakers
        # A few people are quoted often, and most on a single topic.
        at_home = list(words.TOPICS).index(topic) * 12
        several = [who[(at_home + int(rng.paretovariate(1.1)) - 1) % len(who)] for _ in range(3)]
        text = Text("")
        seen: set[Speaker] = set()
        for _ in range(rng.choice((1, 2, 3, 3, 4, 5))):
            speaker = rng.choice(several)
            other = rng.choice([each for each in who if each is not speaker])
            quoted = writer.paragraph(speaker, other, speaker not in seen)
            if quoted.parts[0] not in text.text:  # no words occur twice on a page
                text.add(quoted)
                seen.update(quoted.speakers)
        return text

    def _article(self, day: date, topic: str, subject: str, page: Text) -> None:
        rng = self._rng
        uid, outlet = new_uid(rng), rng.choice(self._outlets)
        place = rng.choice(words.PLACES)
        headline = Writer(rng, subject).fill(rng.choice(words.HEADLINES), place)
        domain = next(row["domain"] for row in self.rows["outlet_domains"] if row["outlet"] == outlet)
        address = f"https://{domain}/{day.year}/{slug_of(headline)}-{len(self.rows['articles']) + 1}"
        precision = rng.choices(("day", "month", ""), (95, 2, 3))[0]
        published = {"day": str(day), "month": str(day.replace(day=1)), "": None}[precision]
        self.rows["articles"].append(
            {
                "uid": uid,
                "headline": headline,
                "deck": "",
                "outlet": outlet,
                "section": rng.choice((topic, *words.SECTIONS)),
                "language": "en",
                "source_url": "" if rng.random() < 0.04 else address,
                "published_on": published,
                "published_precision": precision,
                "updated_at": at(day, 18),
            }
        )
        author, name = rng.choice(self._people.authors)
        self.rows["bylines"].append(
            {"article": uid, "position": 0, "author": author, "printed_name": name, "note": ""}
        )
        text = Text(f"{headline}\n\nBy {name}")
        for quoted, _ in page.quoted:
            text.add(quoted)
        text.text += f"\n\nThis text is invented, as are the people in it. {uid}\n"
        self._capture(uid, text, address, day)
        self._related(self.rows["articles"][-1])

    def _capture(self, article: str, text: Text, address: str, day: date) -> None:
        digest = hashlib.sha256(text.text.encode()).hexdigest()
        self.texts[digest] = text.text
        self.rows["captures"].append(
            {
                "article": article,
                "sha256": digest,
                "text_sha256": digest,
                "length": len(text.text),
                "media_type": "text/plain",
                "extractor": "",
                "extractor_version": "",
                "source_url": address,
                "captured_at": at(day, 20),
            }
        )
        for quoted, places in text.quoted:
            if self._wanted < len(quoted.speakers):
                continue
            joint = new_uid(self._rng) if len(quoted.speakers) > 1 else None
            said = self._said(quoted, day)
            for speaker, label in zip(quoted.speakers, quoted.labels, strict=True):
                self._wanted -= 1
                row: Row = {"uid": new_uid(self._rng), "article": article, "speaker": speaker.slug}
                row |= {"joint_uid": joint, "speaker_label": label, **said, "latest_capture": digest}
                self.rows["statements"].append(row | {"updated_at": at(day, 21)})
                self._anchors(row["uid"], digest, text, zip(quoted.parts, places, strict=True), day)

    def _said(self, quoted: Quoted, day: date) -> Row:
        rng = self._rng
        before = day - timedelta(days=rng.choice((0, 0, 1, 1, 2, 3)))
        precision = rng.choices(("day", "month", ""), (60, 4, 36))[0]
        on = {"day": before, "month": day.replace(day=1), "": None}[precision]
        machine = rng.random() < 0.3
        return {
            "kind": quoted.kind,
            "text": GAP.join(quoted.parts),
            "cue": quoted.cue,
            "audience": quoted.audience,
            "language": "en",
            "translated": None,
            "said_on": on and str(on),
            "said_precision": precision,
            "said_on_source_url": f"https://minutes.example/{on}" if on and rng.random() < 0.1 else "",
            "place": quoted.place,
            "date": None,
            "date_precision": "",
            "date_basis": "",
            "attributed_by": "extractor" if machine else "curator",
            "extractor": "newsdb" if machine else "",
            "extractor_version": "1" if machine else "",
            "confidence": round(rng.uniform(0.8, 0.99), 2) if machine else None,
            "reviewed": not machine or rng.random() < 0.5,
            "text_match": "unchecked",
            "text_checked_at": None,
            "in_latest_capture": True,
        }

    def _anchors(self, uid: Any, digest: str, text: Text, parts: Any, day: date) -> None:
        for position, (part, start) in enumerate(parts):
            prefix, suffix = text.around(start, start + len(part))
            row = {"statement": uid, "capture": digest, "position": position, "exact": part}
            row |= {"prefix": prefix, "suffix": suffix, "start": start, "end": start + len(part)}
            self.rows["anchors"].append(row | {"match": "matched", "checked_at": at(day, 21)})

    def _related(self, article: dict[str, Any]) -> None:
        printed = self._printed[article["outlet"]]
        uid = article["uid"]
        if printed:
            self.rows["related_lists"].append({"article": uid, "position": 0, "title": "More from us"})
        for position, (target, title, address) in enumerate(printed[-3:]):
            row = {"article": uid, "list": 0, "position": position, "title": title, "source_url": address}
            row |= {"section": "", "outlet_label": "", "outlet": article["outlet"], "printed_date": ""}
            row |= {"published_on": None, "published_precision": "", "target": target}
            self.rows["related_links"].append(row)
        printed.append((uid, article["headline"], article["source_url"]))

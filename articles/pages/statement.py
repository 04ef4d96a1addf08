"""The page of a statement: its words in context, and the evidence for who said them."""

import json
from html import escape
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from articles.models import Anchor, Capture, Statement
from articles.pages.asking import Asked, page
from articles.pages.curating import links_for
from articles.pages.days import Day
from articles.pages.history import in_words
from articles.pages.passage import Piece, passage
from articles.services.public_text import with_public_context
from newsdb.addresses import host_of
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page

#: How it can be cited, by what the API calls it.
CITATIONS = {"text": "Text", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}


@page
def statement(asked: Asked, uid: str) -> HttpResponse:
    """The words of a statement in their passage, who said them, when, where, and how that is known."""
    path = f"/statements/{uid}/"
    row = asked.here()
    occurrences = asked.get(f"{path}occurrences/")
    others = [describe(each["statement"]) | {"copied": each["copied"]} for each in occurrences["results"]]
    context = {
        **describe(row),
        "passage": _passage(row),
        "reviews": [
            each | {"day": Day.read(each["published_on"], each["published_precision"])}
            for each in row["claim_reviews"]
        ],
        "elsewhere": others,
        "history": in_words(asked.get(f"{path}history/")["results"]),
        "citations": [
            {"name": name, "style": style, "text": asked.respond(path, f"cite={style}").body.decode().strip()}
            for style, name in CITATIONS.items()
        ],
        "linked_data": embedded(asked.get(path, "format=jsonld")),
        "api": f"/api/v1{path}",
        "curating": links_for(asked.request, Statement, uid=row["uid"]),
        "frame": absolute(f"{path}embed/"),
    }
    return render_page(asked.request, "articles/pages/statement.html", context, headers=asked.headers)


def describe(row: dict[str, Any]) -> dict[str, Any]:
    """A statement of the API as templates show it: with days that can be written out."""
    article, day = row["article"], Day.read(row["date"], row["date_precision"])
    who = [each["speaker"] for each in (row, *row["joint_with"]) if each["speaker"]]
    source, captured = row["said_on_source_url"], (row["capture"] or {}).get("source_url")
    return {
        "statement": row,
        "path": f"/statements/{row['uid']}/",
        "address": absolute(f"/statements/{row['uid']}/"),
        "day": day,
        "published": Day.read(article["published_on"], article["published_precision"]),
        "source_host": source and host_of(source),
        "printed_at": article["source_url"] or captured,
        "captured_at": captured if captured and captured != article["source_url"] else None,
        "checked_at": row["text_checked_at"] and parse_datetime(row["text_checked_at"]),
        "seen_at": (seen := (row["latest_capture"] or {}).get("captured_at")) and parse_datetime(seen),
        "who": who,
        "byline": _byline(row, who, day),
    }


def _byline(row: dict[str, Any], who: list[dict[str, Any]], day: Day | None) -> SafeString:
    """Who said it, when and where, as a line of a list.

    It is written by hand: templates take ten times as long for it, and ``format_html`` three times.
    """
    outlet, label = row["article"]["outlet"], escape(row["speaker_label"] or "unnamed")
    speakers = ", ".join(f'<a href="/actors/{each["slug"]}/">{escape(each["name"])}</a>' for each in who)
    by = "" if row["date_basis"] == "said_on" else "by "
    date = f'{by}<time datetime="{day}">{day.written}</time>' if day else "undated"
    printed = f'<a href="/outlets/{outlet["slug"]}/">{escape(outlet["name"])}</a>'
    reported = " · reported" if row["kind"] == "indirect" else ""
    reviewed = "" if row["attribution"]["reviewed"] else " · not reviewed"
    line = f"{speakers or label} · {date} · {printed}{reported}{reviewed}"
    return mark_safe(line)  # noqa: S308 - names and labels are escaped, and a slug needs no escape


def _passage(row: dict[str, Any]) -> list[Piece]:
    """The words with the public part of the text around them; empty if they have no anchor in a capture."""
    if not row["capture"]:
        return []
    anchors = [Anchor(**anchor) for anchor in row["anchors"]]
    captures = Capture.objects.filter(sha256=row["capture"]["sha256"])
    text, length, policy = captures.values_list("text", "length", "article__outlet__text_policy").get()
    return list(passage(with_public_context(anchors, text, policy), length))


def embedded(data: Any) -> SafeString:
    """JSON-LD, escaped for use in a page."""
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 - nothing in it ends the element

"""The page of a statement: its words in context, and the evidence for who said them."""

import json
from html import escape
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from articles.checks.occurrences import MAX_OCCURRENCES
from articles.models import Anchor, Capture, Statement
from articles.pages.asking import API, Asked, page
from articles.pages.bounds import IN_A_LIST, ON_ITS_PAGE, REPEATED, First, beginning, first, shortened
from articles.pages.curating import links_for
from articles.pages.days import Day
from articles.pages.history import history_of
from articles.pages.passage import Piece, passage
from articles.services.public_text import with_public_context
from newsdb.addresses import host_of
from newsdb.api.endpoints.inprocess import query_of
from newsdb.api.links import absolute
from newsdb.api.response.pages import render_page

#: How it can be cited, by what the API calls it.
CITATIONS = {"text": "Text", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}
#: How many of each its page shows: other places, reviews, speakers, their roles, and parts of a quotation.
ELSEWHERE, REVIEWS, SPEAKERS, ROLES, PARTS = 10, 10, 10, 5, 10
#: How many speakers are named in a list.
IN_A_BYLINE = 5


@page
def statement(asked: Asked, uid: str) -> HttpResponse:
    """The words of a statement in their passage, who said them, when, where, and how that is known."""
    path = f"/statements/{uid}/"
    row = asked.here()
    api = f"{API}{path}"
    pieces = _passage(row)
    context = {
        **describe(row),
        "passage": list(beginning(pieces)),
        "is_cut": sum(len(piece.text) for piece in pieces) > ON_ITS_PAGE,
        "anchors": first(row["anchors"], PARTS, f"{api}?fields=anchors"),
        "roles": first(row["speaker_roles"], ROLES, f"{api}?fields=speaker_roles"),
        "reviews": _reviews(row, f"{api}?fields=claim_reviews"),
        "elsewhere": _elsewhere(asked, f"{path}occurrences/", row["text"]),
        "history": history_of(asked, "statement", row["uid"]),
        "citations": [
            {"name": name, "style": style, "text": _citation(asked, path, style)}
            for style, name in CITATIONS.items()
        ],
        "linked_data": embedded(asked.get(path, "format=jsonld")),
        "api": api,
        "curating": links_for(asked.request, Statement, uid=row["uid"]),
        "frame": absolute(f"{path}embed/"),
        "oembed": absolute(f"/oembed/?{query_of([('url', absolute(path)), ('format', 'json')])}"),
    }
    return render_page(asked.request, "articles/pages/statement.html", context, headers=asked.headers)


def _elsewhere(asked: Asked, path: str, words: str) -> First:
    """Other statements of these words, the closest first; those with the identical text by headline."""
    found = asked.get(path)["results"]
    shown = []
    for each in found[:ELSEWHERE]:
        statement = each["statement"]
        headline = statement["article"]["headline"] if statement["text"] == words else ""
        shown.append(describe(statement) | {"copied": each["copied"], "headline": headline})
    return First(shown, len(found), f"{API}{path}", len(found) < MAX_OCCURRENCES)


def _reviews(row: dict[str, Any], path: str) -> First:
    """Checks of it that others published."""
    reviews = first(row["claim_reviews"], REVIEWS, path)
    days = [Day.read(each["published_on"], each["published_precision"]) for each in reviews.shown]
    return reviews._replace(
        shown=[each | {"day": day} for each, day in zip(reviews.shown, days, strict=True)]
    )


def _citation(asked: Asked, path: str, style: str) -> str:
    """How to cite it; empty if that is too long for the page."""
    text = asked.respond(path, f"cite={style}").body.decode().strip()
    return text if len(text.encode()) <= REPEATED else ""


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
        "speakers": first(who, SPEAKERS, f"{API}/statements/{row['uid']}/?fields=speaker,joint_with"),
        "byline": _byline(row, who, day),
        "start": shortened(row["text"], IN_A_LIST),
        # Defaults for members that only some lists set: looking up a missing one is slow in templates.
        "marked": [],
        "headline": "",
        "copied": False,
    }


def _byline(row: dict[str, Any], who: list[dict[str, Any]], day: Day | None) -> SafeString:
    """Who said it, when and where, as a line of a list.

    It is written by hand: templates take ten times as long for it, and ``format_html`` three times.
    """
    outlet, label = row["article"]["outlet"], escape(row["speaker_label"] or "unnamed")
    named = who[:IN_A_BYLINE]
    speakers = ", ".join(f'<a href="/actors/{each["slug"]}/">{escape(each["name"])}</a>' for each in named)
    if len(who) > len(named):
        speakers += f" and {len(who) - len(named)} more"
    by = "" if row["date_basis"] == "said_on" else "by "
    date = f'{by}<time datetime="{day}">{day.written}</time>' if day else "undated"
    printed = f'<a href="/outlets/{outlet["slug"]}/">{escape(outlet["name"])}</a>'
    reported = " · reported" if row["kind"] == "indirect" else ""
    reviewed = "" if row["attribution"]["reviewed"] else " · not reviewed"
    line = f"{speakers or label} · {date} · {printed}{reported}{reviewed}"
    return mark_safe(line)  # noqa: S308 - names and labels are escaped, and a slug needs no escape


def _passage(row: dict[str, Any]) -> list[Piece]:
    """The words with the public part of the text around them, if they have an anchor in a capture."""
    words = [Piece(row["text"], True)]
    if not row["capture"]:
        return words
    anchors = [Anchor(**anchor) for anchor in row["anchors"]]
    captures = Capture.objects.filter(sha256=row["capture"]["sha256"])
    text, length, policy = captures.values_list("text", "length", "article__outlet__text_policy").get()
    return list(passage(with_public_context(anchors, text, policy), length)) or words


def embedded(data: Any) -> SafeString:
    """JSON-LD, escaped for use in a page; none if it is too long for one."""
    text = json.dumps(data, ensure_ascii=False)
    if len(text.encode()) > 2 * REPEATED:
        return SafeString()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 - nothing in it ends the element

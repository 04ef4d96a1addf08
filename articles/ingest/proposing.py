"""Proposes the quotations read in a captured text, for a person to decide on."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from actors.models import Actor, Role
from articles.ingest.known_words import KnownWords
from articles.ingest.material import Material
from articles.ingest.truncation import blank_if_too_long
from articles.models import Anchor, Article, Byline, Capture, Proposal, RoleProposal, Statement
from articles.models.choices import AttributedBy, Status
from articles.models.statement import GAP
from articles.reading.anchors import Anchored, anchor_at, cut_off
from articles.reading.budget import UNLIMITED, Budget
from articles.reading.page import PrintedByline, PrintedRole
from articles.reading.quotations import Quotation
from articles.reading.spans import Span
from articles.services.actors import find_actors_called
from articles.services.anchoring import build_anchors
from newsdb.dates import last_day
from newsdb.text import fold


def propose_statements(
    *,
    capture: Capture,
    material: Material,
    known: KnownWords,
    only_capture: bool = False,
    publish: float | None = None,
    budget: Budget = UNLIMITED,
) -> list[Proposal]:
    """Propose the quotations that the article does not have yet, and return the proposals.

    ``known`` are the words that it has. If ``capture`` is its ``only_capture``, what is proposed is recorded
    as being in the latest one.

    An article has a quotation if one of its statements, of any status, or an earlier proposal has the same
    words and speaker. So rejected words are not proposed again, but the same words of another speaker are.
    Words to which a statement is already anchored are never proposed. A joint statement gets one row per
    speaker. With ``publish``, quotations of at least this confidence whose speakers are all known are
    published, unreviewed.
    """
    text = material.received.text
    speakers = find_actors_called({name for each in material.quotations for name in _names(each)})
    latest = {"in_latest_capture": True, "latest_capture": capture} if only_capture else {}
    proposals: list[Proposal] = []
    places = []
    for quotation in budget.over(material.quotations):
        parts = [cut_off(anchor_at(text, p.start, p.end), material.erased) for p in quotation.parts]
        words = GAP.join(part.exact for part in parts)
        names = _names(quotation)
        key = fold(words)
        new = [name for name in names if not known.has(key, speakers.get(name), name)]
        if not new or _overlaps(parts, known.places):
            continue
        joint_uid = uuid4() if len(new) > 1 else None
        sure = (
            publish is not None
            and material.confidence(quotation) >= publish
            and all(name in speakers for name in names)
        )
        facts = _facts(quotation, material, capture.article) | {
            "status": Status.PUBLISHED if sure else Status.PROPOSED
        }
        for name in new:
            speaker = speakers.get(name)
            known.add(key, speaker, name)
            statement = Statement(
                article=capture.article, text=words, speaker=speaker, joint_uid=joint_uid, **facts, **latest
            )
            proposals.append(_proposal(statement, capture, quotation, name))
            places.append(parts)
    Statement.objects.bulk_create(proposal.statement for proposal in proposals)
    Anchor.objects.bulk_create(
        anchor
        for proposal, parts in budget.over(zip(proposals, places, strict=True))
        for anchor in build_anchors(statement=proposal.statement, capture=capture, parts=parts)
    )
    return Proposal.objects.bulk_create(proposals)


def _names(quotation: Quotation) -> tuple[str, ...]:
    return quotation.together or (quotation.name,)


def _overlaps(parts: Sequence[Anchored], taken: Sequence[tuple[int, int]]) -> bool:
    return any(part.start < end and start < part.end for part in parts for start, end in taken)


def _facts(quotation: Quotation, material: Material, article: Article) -> dict[str, Any]:
    said_on = quotation.said_on
    # The article may be dated earlier than this page of it.
    if (
        said_on
        and article.published_on
        and said_on.first > last_day(article.published_on, article.published_precision)
    ):
        said_on = None
    mention = quotation.mention.of(material.received.text) if quotation.mention else ""
    return {
        "speaker_label": blank_if_too_long(Statement, "speaker_label", mention),
        "kind": quotation.kind,
        "cue": blank_if_too_long(Statement, "cue", quotation.cue),
        "audience": blank_if_too_long(Statement, "audience", quotation.audience),
        "language": blank_if_too_long(Statement, "language", material.page.language),
        "said_on": said_on.first if said_on else None,
        "said_precision": said_on.precision if said_on else "",
        "attributed_by": AttributedBy.EXTRACTOR,
        "extractor": material.extractor,
        "extractor_version": material.extractor_version,
        "confidence": min(1.0, max(0.0, material.confidence(quotation))),
        "reviewed": False,
    }


def _proposal(statement: Statement, capture: Capture, quotation: Quotation, name: str) -> Proposal:
    mention = quotation.mention
    return Proposal(
        statement=statement,
        capture=capture,
        words=statement.text,
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        name=blank_if_too_long(Proposal, "name", name),
        shipped_confidence=quotation.confidence,
        evidence=[
            {"method": found.method, "name": found.name, **_place(found.mention)}
            for found in quotation.evidence
        ],
    )


def _place(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start, "end": span.end} if span else {"start": None, "end": None}


def propose_roles(*, byline: Byline, printed: PrintedByline, capture: Capture) -> int:
    """Propose the new titles in an author's note; returns their number."""
    rows = [_role(byline.author, capture, role, printed) for role in printed.roles]
    new = [row for row in rows if row is not None and not _is_known(row)]
    return len(RoleProposal.objects.bulk_create(new, ignore_conflicts=True))


def _role(actor: Actor, capture: Capture, role: PrintedRole, printed: PrintedByline) -> RoleProposal | None:
    place = role.place or printed.note_place
    title = blank_if_too_long(RoleProposal, "title", role.title)
    ordered = not (role.started and role.ended) or role.started.first <= role.ended.last
    if not (place and title and ordered):
        return None
    return RoleProposal(
        actor=actor,
        capture=capture,
        start=place.start,
        end=place.end,
        title=title,
        organisation=blank_if_too_long(RoleProposal, "organisation", role.organisation),
        started_on=role.started.first if role.started else None,
        started_precision=role.started.precision if role.started else "",
        ended_on=role.ended.first if role.ended else None,
        ended_precision=role.ended.precision if role.ended else "",
    )


def _is_known(row: RoleProposal) -> bool:
    """Whether the actor already has this title from this date."""
    roles = Role.objects.filter(actor=row.actor, started_on=row.started_on)
    return any(fold(role.title) == fold(row.title) for role in roles)

"""A breach, or more, of every rule about what is proposed and decided."""

import datetime
from typing import Any

from tests.factories import (
    FingerprintFactory,
    ProposalFactory,
    ReadingFactory,
    RoleProposalFactory,
    SyndicationFactory,
)
from tests.newsdb.models.breaches import Breach, with_nul, wrongly_dated

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
DECIDED = {"decision": "rejected", "decided_by": "ines", "decided_at": NOW}
PLACED = {"mention_start": 3, "mention_end": 5}


def half_decided(constraint: str, factory: Any) -> list[Breach]:
    """Decisions without somebody or a time, and these without a decision."""
    wrong: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({**DECIDED, "decision": "perhaps"}, {}),
        ({"decided_by": "ines"}, {}),
        ({"decided_at": NOW}, {}),
        ({"decision": ""}, DECIDED),
        ({"decided_by": ""}, DECIDED),
        ({"decided_at": None}, DECIDED),
    ]
    return [Breach(constraint, factory, values, given) for values, given in wrong]


PROPOSALS = [
    *with_nul("articles_proposal_clean_text", ProposalFactory, "words", "name"),
    *with_nul("articles_proposal_clean_text", ProposalFactory, "decided_by", given=DECIDED),
    *half_decided("articles_proposal_decided", ProposalFactory),
    *(
        Breach("articles_proposal_mention", ProposalFactory, wrong, given)
        for wrong, given in [
            ({"mention_start": 3}, {}),
            ({"mention_end": 3}, {}),
            ({"mention_end": 3}, PLACED),
            ({"mention_start": None}, PLACED),
            ({"mention_end": None}, PLACED),
        ]
    ),
    *with_nul("articles_roleproposal_clean_text", RoleProposalFactory, "title", "organisation"),
    *with_nul("articles_roleproposal_clean_text", RoleProposalFactory, "decided_by", given=DECIDED),
    *half_decided("articles_roleproposal_decided", RoleProposalFactory),
    Breach("articles_roleproposal_place", RoleProposalFactory, {"start": 10}),
    Breach("articles_roleproposal_titled", RoleProposalFactory, {"title": ""}),
    *wrongly_dated(
        "articles_roleproposal_started_precision", RoleProposalFactory, "started_on", "started_precision"
    ),
    *wrongly_dated(
        "articles_roleproposal_ended_precision", RoleProposalFactory, "ended_on", "ended_precision"
    ),
    Breach(
        "articles_roleproposal_dates_in_order",
        RoleProposalFactory,
        {"started_on": datetime.date(2025, 1, 1), "started_precision": "day"},
        {"ended_on": datetime.date(2024, 1, 1), "ended_precision": "year"},
    ),
    Breach(
        "articles_roleproposal_once",
        RoleProposalFactory,
        rival=lambda row: {"actor": row.actor, "title": "Mayor"},
        same=("title",),
    ),
    *with_nul("articles_syndication_clean_text", SyndicationFactory, "decided_by", given=DECIDED),
    *half_decided("articles_syndication_decided", SyndicationFactory),
    *(Breach("articles_syndication_shared", SyndicationFactory, {"shared": shared}) for shared in (0.0, 1.1)),
    Breach(
        "articles_syndication_of_two",
        SyndicationFactory,
        rival=lambda row: {"article": row.other, "other": row.article},
        same=("other",),
    ),
    Breach(
        "articles_syndication_once",
        SyndicationFactory,
        rival=lambda row: {"article": row.article},
        same=("other",),
    ),
    Breach(
        "articles_fingerprint_once",
        FingerprintFactory,
        rival=lambda row: {"capture": row.capture},
        same=("digest",),
    ),
    *with_nul("articles_reading_clean_text", ReadingFactory, "extractor", "extractor_version"),
]

"""A breach, or more, of every rule about statements and their anchors."""

import datetime

from tests.factories import AnchorFactory, ClaimReviewFactory, StatementFactory
from tests.newsdb.models.breaches import Breach, unsafe_addresses, with_nul, wrongly_dated

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
RETRACTED = {"status": "retracted", "retracted_at": NOW, "retraction_reason": "Made up."}
SAID = {"said_on": datetime.date(2024, 10, 23), "said_precision": "day"}
EXTRACTED = {"attributed_by": "extractor", "extractor": "marks", "confidence": 0.9}
MATCHED = {"match": "matched", "checked_at": NOW}

STATEMENTS = [
    Breach("articles_statement_worded", StatementFactory, {"text": ""}),
    *with_nul(
        "articles_statement_clean_text",
        StatementFactory,
        *("text", "speaker_label", "cue", "audience", "place", "extractor_version"),
    ),
    *with_nul("articles_statement_clean_text", StatementFactory, "retraction_reason", given=RETRACTED),
    *with_nul("articles_statement_clean_text", StatementFactory, "extractor", given=EXTRACTED),
    Breach("articles_statement_kind", StatementFactory, {"kind": "thought"}),
    Breach("articles_statement_status", StatementFactory, {"status": "lost"}),
    Breach("articles_statement_attributed_by", StatementFactory, {"attributed_by": "nobody"}),
    *wrongly_dated("articles_statement_said_precision", StatementFactory, "said_on", "said_precision"),
    *unsafe_addresses(
        "articles_statement_said_on_source_url", StatementFactory, "said_on_source_url", **SAID
    ),
    Breach("articles_statement_latest_capture_named", StatementFactory, {"in_latest_capture": True}),
    Breach(
        "articles_statement_source_of_a_day",
        StatementFactory,
        {"said_on": None, "said_precision": ""},
        given={**SAID, "said_on_source_url": "https://example.org/"},
    ),
    *(
        Breach("articles_statement_extractor_named", StatementFactory, wrong, given)
        for wrong, given in [
            ({"extractor": "marks"}, {}),
            ({"confidence": 0.9}, {}),
            ({"attributed_by": "extractor"}, {}),
            ({"attributed_by": "curator"}, EXTRACTED),
            ({"extractor": ""}, EXTRACTED),
            ({"confidence": None}, EXTRACTED),
            ({"confidence": -0.1}, EXTRACTED),
            ({"confidence": 1.1}, EXTRACTED),
        ]
    ),
    *(
        Breach("articles_statement_retraction_explained", StatementFactory, wrong, given)
        for wrong, given in [
            ({"status": "retracted"}, {}),
            ({"retracted_at": NOW}, {}),
            ({"retraction_reason": "Made up."}, {}),
            ({"retracted_at": None}, RETRACTED),
            ({"retraction_reason": ""}, RETRACTED),
            ({"status": "published"}, RETRACTED),
        ]
    ),
    Breach("articles_anchor_clean_text", AnchorFactory, {"exact": "a\x00b", "start": 0, "end": 1}),
    *with_nul("articles_anchor_clean_text", AnchorFactory, "prefix", "suffix"),
    Breach("articles_anchor_match", AnchorFactory, {"match": "perhaps", "checked_at": NOW}),
    Breach(
        "articles_anchor_position_once",
        AnchorFactory,
        rival=lambda row: {"statement": row.statement, "capture": row.capture, "position": 1},
        same=("position",),
    ),
    Breach("articles_anchor_start_before_end", AnchorFactory, {"exact": "", "start": 5, "end": 5}),
    *(
        Breach("articles_anchor_spans_its_words", AnchorFactory, wrong)
        for wrong in ({"exact": "Ferry 🛳️", "start": 0, "end": 9}, {"exact": "Ferry", "start": 3, "end": 5})
    ),
    Breach("articles_anchor_context_length", AnchorFactory, {"prefix": "p" * 33}),
    Breach("articles_anchor_context_length", AnchorFactory, {"suffix": "s" * 33}),
    *(
        Breach("articles_anchor_checked_when", AnchorFactory, wrong, given)
        for wrong, given in [
            ({"match": "matched"}, {}),
            ({"match": "mismatched"}, {}),
            ({"checked_at": NOW}, {}),
            ({"checked_at": None}, MATCHED),
            ({"match": "unchecked"}, MATCHED),
        ]
    ),
    *with_nul("articles_claimreview_clean_text", ClaimReviewFactory, "publisher", "rating"),
    *unsafe_addresses("articles_claimreview_source_url", ClaimReviewFactory, "source_url"),
    *wrongly_dated(
        "articles_claimreview_published_precision", ClaimReviewFactory, "published_on", "published_precision"
    ),
    Breach("articles_claimreview_addressed", ClaimReviewFactory, {"source_url": ""}),
    Breach("articles_claimreview_publisher_named", ClaimReviewFactory, {"publisher": ""}),
    Breach(
        "articles_claimreview_once",
        ClaimReviewFactory,
        {"source_url": "http://www.checks.example/ferry/?utm_source=mail#top"},
        rival=lambda row: {"statement": row.statement, "source_url": "https://checks.example/ferry"},
    ),
]

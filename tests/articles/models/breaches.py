"""A breach, or more, of every rule about articles and what belongs to them."""

import datetime

from tests.articles.models.breaches_of_proposals import PROPOSALS
from tests.articles.models.breaches_of_statements import STATEMENTS
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    OutletDomainFactory,
    OutletFactory,
    OutletMergeFactory,
    OutletNameFactory,
    OutletSlugFactory,
    RelatedLinkFactory,
    RelatedListFactory,
)
from tests.newsdb.models.breaches import ITSELF, Breach, unsafe_addresses, with_nul, wrongly_dated

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ADDRESS = "https://example.org/ferry"
RETRACTED = {"status": "retracted", "retracted_at": NOW, "retraction_reason": "Made up."}

OUTLETS = [
    Breach("articles_outlet_named", OutletFactory, {"name": ""}),
    *with_nul("articles_outlet_clean_text", OutletFactory, "name"),
    Breach("articles_outlet_text_policy", OutletFactory, {"text_policy": "some"}),
    *(
        Breach("articles_outlet_slug", OutletFactory, {"slug": slug})
        for slug in ("", "The-Gazette", "gazette\n")
    ),
    Breach("articles_outlet_slug_reserved", OutletFactory, {"slug": "export"}),
    Breach("articles_outlet_slug_reserved", OutletFactory, {"slug": "q42"}),
    # An address that exists cannot be made to go away, nor to change.
    *(
        Breach("articles_outletslug_slug", OutletSlugFactory, {"slug": slug}, by=("bulk_create",))
        for slug in ("", "Gazette", "gazette\n")
    ),
    Breach("articles_outletslug_reserved", OutletSlugFactory, {"slug": "q42"}, by=("bulk_create",)),
    *(
        Breach("articles_outlet_wikidata_id", OutletFactory, {"wikidata_id": value})
        for value in ("", "Q0", "Q42\n")
    ),
    Breach("articles_outlet_not_merged_into_itself", OutletFactory, {"merged_into": ITSELF}, by=("update",)),
    Breach("articles_outletmerge_reasoned", OutletMergeFactory, {"reason": ""}),
    Breach("articles_outletmerge_one_at_a_time", OutletMergeFactory, rival=lambda row: {}, same=("merged",)),
    Breach("articles_outletname_named", OutletNameFactory, {"name": ""}),
    *with_nul("articles_outletname_clean_text", OutletNameFactory, "name"),
    Breach(
        "articles_outletname_once_an_outlet",
        OutletNameFactory,
        rival=lambda row: {"outlet": row.outlet},
        same=("name",),
    ),
    *(
        Breach("articles_outletdomain_domain", OutletDomainFactory, {"domain": domain})
        for domain in (
            "",
            "gazette",
            "Gazette.example",
            "https://gazette.example",
            "a.example\n",
            "a.example/",
        )
    ),
]

ARTICLES = [
    Breach("articles_article_headed", ArticleFactory, {"headline": "", "deck": "More"}),
    Breach("articles_article_clean_text", ArticleFactory, {"headline": "a\x00b", "deck": "More"}),
    Breach("articles_article_clean_text", ArticleFactory, {"headline": "Ferry", "deck": "a\x00b"}),
    *with_nul("articles_article_clean_text", ArticleFactory, "section"),
    *with_nul("articles_article_clean_text", ArticleFactory, "retraction_reason", given=RETRACTED),
    Breach("articles_article_status", ArticleFactory, {"status": "lost"}),
    *unsafe_addresses("articles_article_source_url", ArticleFactory, "source_url"),
    *wrongly_dated(
        "articles_article_published_precision", ArticleFactory, "published_on", "published_precision"
    ),
    Breach(
        "articles_article_one_an_address",
        ArticleFactory,
        {"source_url": f"http://www.{ADDRESS.removeprefix('https://')}/?utm_source=mail#top"},
        rival=lambda row: {"source_url": ADDRESS},
    ),
    *(
        Breach("articles_article_retraction_explained", ArticleFactory, wrong, given)
        for wrong, given in [
            ({"status": "retracted"}, {}),
            ({"retracted_at": NOW}, {}),
            ({"retraction_reason": "Made up."}, {}),
            ({"retracted_at": None}, RETRACTED),
            ({"retraction_reason": ""}, RETRACTED),
            ({"status": "published"}, RETRACTED),
        ]
    ),
    *with_nul("articles_byline_clean_text", BylineFactory, "printed_name", "note"),
    Breach(
        "articles_byline_position_once",
        BylineFactory,
        rival=lambda row: {"article": row.article, "position": 1},
        same=("position",),
    ),
    Breach(
        "articles_byline_author_once",
        BylineFactory,
        rival=lambda row: {"article": row.article, "position": 1},
        same=("author",),
    ),
]

CAPTURES = [
    *with_nul("articles_capture_clean_text", CaptureFactory, "media_type", by=("bulk_create",)),
    *with_nul("articles_capture_clean_text", CaptureFactory, "extractor", "extractor_version"),
    Breach("articles_capture_clean_body", CaptureFactory, {"length": 7}, by=("bulk_create",)),
    Breach("articles_capture_text_erased", CaptureFactory, {"text_erased": True}),
    *(
        Breach(
            f"articles_capture_{name}", CaptureFactory, {name: value}, {"held": False}, by=("bulk_create",)
        )
        for name in ("sha256", "text_sha256")
        for value in ("", "0" * 63, "A" * 64, "g" * 64, "0" * 63 + "\n")
    ),
    *unsafe_addresses("articles_capture_source_url", CaptureFactory, "source_url"),
]

LISTS = [
    *with_nul("articles_relatedlist_clean_text", RelatedListFactory, "title"),
    Breach(
        "articles_relatedlist_position_once",
        RelatedListFactory,
        rival=lambda row: {"article": row.article, "position": 1},
        same=("position",),
    ),
    Breach("articles_relatedlink_titled", RelatedLinkFactory, {"title": ""}),
    *with_nul(
        "articles_relatedlink_clean_text",
        RelatedLinkFactory,
        *("title", "section", "outlet_label", "printed_date"),
    ),
    *unsafe_addresses("articles_relatedlink_source_url", RelatedLinkFactory, "source_url"),
    *wrongly_dated(
        "articles_relatedlink_published_precision",
        RelatedLinkFactory,
        *("published_on", "published_precision"),
    ),
    Breach(
        "articles_relatedlink_position_once",
        RelatedLinkFactory,
        rival=lambda row: {"related_list": row.related_list},
        same=("position",),
    ),
]

BREACHES = [*OUTLETS, *ARTICLES, *CAPTURES, *LISTS, *STATEMENTS, *PROPOSALS]

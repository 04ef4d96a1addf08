"""The indexes of statements: nearly all are of the published ones alone, in the order of lists."""

from django.db.models import F, Index, Q
from django.db.models.functions import Left

INDEXES = [
    Index(fields=fields, name=f"articles_statement_{name}", condition=Q(status="published"))
    for name, fields in {
        "newest": ["-sort_date", "-id"],
        "by_speaker": ["speaker", "-sort_date", "-id"],
        "by_outlet": ["outlet", "-sort_date", "-id"],
        # Covers all columns that statements are counted by.
        "by_both": ["speaker", "outlet", "-sort_date", "-id", "kind", "date_precision"],
    }.items()
] + [
    Index(
        fields=["place", "-sort_date", "-id"],
        name="articles_statement_by_place",
        condition=Q(status="published") & ~Q(place=""),
    ),
    Index(
        fields=["extractor", "-sort_date", "-id"],
        name="articles_statement_by_corpus",
        condition=Q(status="published") & ~Q(extractor=""),
    ),
    Index(fields=["updated_at"], name="articles_statement_updated"),
    Index(fields=["joint_uid"], name="articles_statement_joint", condition=Q(joint_uid__isnull=False)),
    Index(Left("words_key", 200), F("article"), name="articles_statement_same_words"),
    Index(
        fields=["-sort_date", "-id"],
        name="articles_statement_not_found",
        condition=Q(status="published", in_latest_capture=False),
    ),
    Index(
        fields=["-sort_date", "-id"],
        name="articles_statement_waiting",
        condition=Q(status="proposed"),
    ),
    Index(
        fields=["-retracted_at"],
        name="articles_statement_retracted",
        condition=Q(status="retracted"),
    ),
    # For the review queue, which counts by article, optionally for one outlet or confidence.
    Index(
        fields=["article", "outlet", "confidence"],
        name="articles_statement_to_review",
        condition=Q(status="proposed"),
    ),
]

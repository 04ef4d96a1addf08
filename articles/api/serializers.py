from datetime import date
from typing import Any

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer, ActorSerializer, RoleSerializer
from actors.models import Actor, Role
from articles.api.proposals import ProposalSerializer
from articles.api.search import Snippet
from articles.models import Anchor, Article, Byline, Capture, Outlet, RelatedLink, RelatedList, Statement
from articles.models.statement import AttributedBy, Status
from newsdb.api.rows.fields import Computed, Siblings, Url
from newsdb.api.rows.serializers import RowSerializer


class OutletReferenceSerializer(RowSerializer):
    """An outlet, as other records name it."""

    class Meta:
        model = Outlet
        fields = ("slug", "name")


class OutletSerializer(RowSerializer):
    """Who publishes."""

    url = Url("outlet-detail", "slug")
    domains = serializers.SlugRelatedField(
        slug_field="domain", many=True, read_only=True, help_text="The domains it publishes on."
    )

    class Meta:
        model = Outlet
        fields = ("uid", "url", "slug", "name", "domains", "wikidata_id", "text_policy", "updated_at")


class BylineSerializer(RowSerializer):
    """An author of an article, as printed."""

    author = ActorReferenceSerializer()

    class Meta:
        model = Byline
        fields = ("position", "author", "printed_name", "note")


class CaptureReferenceSerializer(RowSerializer):
    """The captured text that anchors count in, by its hashes."""

    class Meta:
        model = Capture
        fields = ("sha256", "text_sha256", "source_url")
        blank_as_null = ("source_url",)


class LatestCaptureSerializer(RowSerializer):
    """The article's latest capture, in which the words were looked for."""

    class Meta:
        model = Capture
        fields = ("sha256", "captured_at")


class CaptureSerializer(RowSerializer):
    """An article's text exactly as it was received: hashes and particulars, not the text itself."""

    class Meta:
        model = Capture
        fields = (
            "sha256",
            "text_sha256",
            "length",
            "media_type",
            "extractor",
            "extractor_version",
            "source_url",
            "captured_at",
        )
        blank_as_null = ("extractor", "extractor_version", "source_url")


class ArticleReferenceSerializer(RowSerializer):
    """An article, as other records name it."""

    outlet = OutletReferenceSerializer()

    class Meta:
        model = Article
        fields = ("uid", "id", "headline", "source_url", "published_on", "published_precision", "outlet")
        blank_as_null = ("source_url", "published_precision")


class TargetSerializer(ArticleReferenceSerializer):
    """The article that a printed link leads to, while it is public."""

    class Meta(ArticleReferenceSerializer.Meta):
        shown_while = {"status": "published"}


class PrintedLinkSerializer(RowSerializer):
    """One link of a printed list."""

    outlet = OutletReferenceSerializer()
    target = TargetSerializer()

    class Meta:
        model = RelatedLink
        fields = (
            "position",
            "title",
            "section",
            "outlet_label",
            "outlet",
            "printed_date",
            "published_on",
            "published_precision",
            "target",
        )
        blank_as_null = ("published_precision",)


class RelatedListSerializer(RowSerializer):
    """A list of links printed with an article."""

    links = PrintedLinkSerializer(many=True, help_text="In the order printed.")

    class Meta:
        model = RelatedList
        fields = ("position", "title", "links")


class ListReferenceSerializer(RowSerializer):
    """The printed list that a link stands in."""

    class Meta:
        model = RelatedList
        fields = ("position", "title")


class RelatedLinkSerializer(PrintedLinkSerializer):
    """A printed link as a row of its own."""

    article = ArticleReferenceSerializer(
        source="related_list.article", help_text="The article it is printed with."
    )
    list = ListReferenceSerializer(source="related_list")

    class Meta(PrintedLinkSerializer.Meta):
        fields = ("id", "article", "list", *PrintedLinkSerializer.Meta.fields)


class ArticleSerializer(RowSerializer):
    """One piece as one outlet published it."""

    url = Url("article-detail", "uid")
    outlet = OutletReferenceSerializer()
    bylines = BylineSerializer(many=True, help_text="The authors, in the order printed.")
    snippet = Snippet(
        "headline", "deck", help_text="In a list with `q`, where in headline or deck it was found; else null."
    )

    class Meta:
        model = Article
        fields = (
            "id",
            "uid",
            "url",
            "headline",
            "deck",
            "outlet",
            "section",
            "language",
            "source_url",
            "published_on",
            "published_precision",
            "bylines",
            "updated_at",
            "snippet",
        )
        blank_as_null = ("source_url", "published_precision")


class ArticleDetailSerializer(ArticleSerializer):
    """One piece as one outlet published it, with its captures and the lists of links printed with it."""

    captures = CaptureSerializer(many=True, help_text="The texts received of it.")
    related_lists = RelatedListSerializer(many=True, help_text="In the order printed.")

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "captures", "related_lists")


class AnchorSerializer(RowSerializer):
    """Where a part of the words stands: W3C TextQuoteSelector and TextPositionSelector, in code points."""

    class Meta:
        model = Anchor
        fields = ("exact", "prefix", "suffix", "start", "end")
        same_as_parent = ("capture",)  # the one in which the statement is read


class AttributionSerializer(RowSerializer):
    """Who says that the speaker said it, and how surely."""

    by = serializers.ChoiceField(
        source="attributed_by",
        choices=AttributedBy.choices,
        help_text="curator or extractor.",
    )

    class Meta:
        model = Statement
        fields = ("by", "extractor", "extractor_version", "confidence", "reviewed")
        blank_as_null = ("extractor", "extractor_version")


class JointSerializer(RowSerializer):
    """Another row of the same joint statement: another of its speakers."""

    speaker = ActorReferenceSerializer()

    class Meta:
        model = Statement
        fields = ("uid", "speaker")


class StatementSerializer(RowSerializer):
    """Words attributed to one speaker in one article, and the evidence for it."""

    url = Url("statement-detail", "uid")
    speaker = ActorReferenceSerializer()
    joint_with = Siblings(
        JointSerializer(many=True),
        "joint_uid",
        shown_while={"status": Status.PUBLISHED.value},
        help_text="The other rows of a joint statement, one per speaker; empty if nobody else said it.",
    )
    article = ArticleReferenceSerializer()
    anchors = AnchorSerializer(many=True, help_text="Where the words stand in the capture; one a part.")
    capture = CaptureReferenceSerializer()
    latest_capture = LatestCaptureSerializer()
    attribution = AttributionSerializer(source="*")
    snippet = Snippet("text", help_text="In a list with `q`, where in the words it was found; else null.")

    class Meta:
        model = Statement
        fields = (
            "id",
            "uid",
            "url",
            "kind",
            "text",
            "speaker",
            "speaker_label",
            "cue",
            "audience",
            "language",
            "translated",
            "date",
            "date_precision",
            "date_basis",
            "said_on_source_url",
            "joint_uid",
            "joint_with",
            "article",
            "anchors",
            "capture",
            "text_match",
            "text_checked_at",
            "in_latest_capture",
            "latest_capture",
            "attribution",
            "status",
            "updated_at",
            "snippet",
        )
        blank_as_null = ("date_precision", "date_basis", "said_on_source_url")


def _roles_on(speaker: int | None, first: date | None, last: date | None) -> list[dict[str, Any]]:
    if speaker is None or first is None or last is None:
        return []
    return RoleSerializer.rows(Role.objects.filter(actor=speaker).during(first, last).order_by("id"))


class StatementDetailSerializer(StatementSerializer):
    """Words attributed to one speaker in one article, the evidence for it, and who the speaker then was."""

    speaker_roles = Computed(
        RoleSerializer(many=True),
        "speaker_id",
        "date",
        "date_last",
        compute=_roles_on,
        help_text="The titles the speaker held on that day, as far as known; none where there is no day.",
    )

    proposal = Computed(
        ProposalSerializer(),
        compute=None,
        allow_null=True,
        help_text="For editors, how it came to be proposed; else, and where a person recorded it, null.",
    )

    class Meta(StatementSerializer.Meta):
        fields = (*StatementSerializer.Meta.fields, "speaker_roles", "proposal")


class ProposedStatementSerializer(StatementDetailSerializer):
    """A statement as editors see it: with how it came to be proposed."""

    proposal = ProposalSerializer()

    class Meta(StatementDetailSerializer.Meta):
        pass


class SpeakerSerializer(ActorSerializer):
    """An actor who is quoted, and how often."""

    statement_count = serializers.IntegerField(
        min_value=0, help_text="How many of its statements are public here."
    )

    class Meta(ActorSerializer.Meta):
        model = Actor
        fields = (*ActorSerializer.Meta.fields, "statement_count")


class AuthorSerializer(ActorSerializer):
    """An actor with bylines, and how many."""

    article_count = serializers.IntegerField(
        min_value=0, help_text="How many of its articles are public here."
    )

    class Meta(ActorSerializer.Meta):
        model = Actor
        fields = (*ActorSerializer.Meta.fields, "article_count")

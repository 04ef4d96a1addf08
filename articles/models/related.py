from django.db import models

from articles.models.article import Article
from articles.models.outlet import Outlet
from articles.querysets import RelatedLinkQuerySet
from newsdb.addresses import canonical_url
from newsdb.ledger import Part
from newsdb.models.constraints import LastDay, Precision, clean_text, dated, web_address
from newsdb.models.fields import CharField, KeyField, WebAddressField
from newsdb.models.querysets import NaturalKey, QuerySet


class RelatedList(NaturalKey):
    """A list of links printed with an article: "Topics", "More from …"."""

    record = Part(of="article", name="related_lists")

    # A printed list belongs to its article and is deleted with it.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related_lists")
    title = CharField(max_length=200, blank=True, default="", help_text="Its heading as printed.")
    position = models.PositiveSmallIntegerField(default=0, help_text="0 for the first list on the page.")

    objects = QuerySet.as_manager()
    natural_key_fields = ("article__uid", "position")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            clean_text("articles_relatedlist_clean_text", "title"),
            models.UniqueConstraint(
                fields=["article", "position"],
                name="articles_relatedlist_position_once",
                violation_error_message="Two lists cannot have the same position.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"List {self.position}"


class RelatedLink(NaturalKey):
    """One link of a printed list.

    The database sets ``target`` as soon as there is an article with the link's URL, whichever comes first,
    unless the link has a target.
    """

    record = Part(of="related_list", name="links", private=("source_url_key",))

    # A printed link belongs to its list and is deleted with it.
    related_list = models.ForeignKey(RelatedList, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0, help_text="0 for the first link of its list.")
    title = CharField(max_length=500, help_text="As printed.")
    source_url = WebAddressField(blank=True, default="", help_text="Where it leads; empty if unknown.")
    source_url_key = KeyField(source="source_url", key=canonical_url)
    section = CharField(
        max_length=100, blank=True, default="", help_text="As printed, for example: Politics."
    )
    outlet_label = CharField(max_length=200, blank=True, default="", help_text="The outlet as printed.")
    outlet = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        # The printed label remains.
        on_delete=models.SET_NULL,
        related_name="related_links",
        help_text="The outlet that the label names, if known.",
    )
    printed_date = CharField(
        max_length=100, blank=True, default="", help_text='The date as printed, for example: "5 days ago".'
    )
    published_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the day, month or year that the printed date means, or null if unknown.",
    )
    published_precision = CharField(
        max_length=5,
        blank=True,
        default="",
        choices=Precision,
        help_text="day, month or year; empty if unknown.",
    )
    published_last = models.GeneratedField(
        expression=LastDay("published_on", "published_precision"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    target = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        # The link remains as printed.
        on_delete=models.SET_NULL,
        related_name="linked_from",
        help_text="The linked article, once it is in the dataset.",
    )

    objects = RelatedLinkQuerySet.as_manager()
    natural_key_fields = ("related_list__article__uid", "related_list__position", "position")

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(
                fields=["source_url_key"],
                name="articles_relatedlink_by_url",
                condition=~models.Q(source_url_key=""),
            )
        ]
        constraints = [
            clean_text("articles_relatedlink_clean_text", "title", "section", "outlet_label", "printed_date"),
            web_address("articles_relatedlink_source_url", "source_url"),
            dated("articles_relatedlink_published_precision", "published_on", "published_precision"),
            models.CheckConstraint(
                name="articles_relatedlink_titled",
                condition=~models.Q(title=""),
                violation_error_message="A link needs a title.",
            ),
            models.UniqueConstraint(
                fields=["related_list", "position"],
                name="articles_relatedlink_position_once",
                violation_error_message="Two links cannot have the same position.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

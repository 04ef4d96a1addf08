from django.contrib import admin

from articles.models import ClaimReview
from newsdb.admin import PartialDateField, RecordForm


class ClaimReviewForm(RecordForm):
    partial_dates = {"published": ("published_on", "published_precision")}
    published = PartialDateField()


class ClaimReviewInline(admin.TabularInline):
    """Links to published checks of a statement."""

    model = ClaimReview
    form = ClaimReviewForm
    fields = ("source_url", "publisher", "rating", "published")
    extra = 0
    verbose_name_plural = "claim reviews: links to checks of the statement that others published"

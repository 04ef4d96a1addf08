from django.contrib import admin

from articles.admin.review.decision_filters import DecisionListAdmin
from articles.models import Article, Syndication
from articles.services.review import confirm_copy, dismiss_copy
from newsdb.admin import Section, link_to


@admin.register(Syndication)
class SyndicationAdmin(DecisionListAdmin):
    """Two articles with the same or nearly the same text in two outlets. They remain two articles."""

    section, place = Section.REVIEW, 3
    list_display = ("one", "also_at", "similarity", "decision", "decided_by", "decided_at")
    list_select_related = ("article__outlet", "other__outlet")
    search_fields = ("article__headline", "other__headline")
    search_help_text = "Words of a headline."
    awaiting = {"copies proposed": {"decision__exact": ""}}
    decide_permission = "articles.change_article"
    view_permission = "articles.view_article"
    delete_permission = "articles.delete_article"
    accept_proposal = staticmethod(confirm_copy)
    reject_proposal = staticmethod(dismiss_copy)

    @admin.display(description="Article", ordering="article__headline")
    def one(self, copy: Syndication) -> str:
        return _named(copy.article)

    @admin.display(description="Also printed at", ordering="other__headline")
    def also_at(self, copy: Syndication) -> str:
        return _named(copy.other)

    @admin.display(description="Similarity", ordering="shared")
    def similarity(self, copy: Syndication) -> str:
        return f"{round(copy.shared * 100)} % of the shorter one’s paragraphs"


def _named(article: Article) -> str:
    return link_to(article, f"{article.outlet}: {article.headline}")

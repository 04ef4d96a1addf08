"""The headline that the page of a proposal asks for, if its article has none."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.models import NO_HEADLINE, Article
from articles.services.headlines import give_headline


def is_headline_asked_for(request: HttpRequest, article: Article) -> bool:
    """Whether the article has no headline, and this user may give it one."""
    return article.headline == NO_HEADLINE and request.user.has_perm("articles.change_article")


def take_headline(request: HttpRequest, article: Article) -> str:
    """Give an article the headline that was sent; returns the message to show.

    Raises ``ValidationError``.
    """
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    headline = request.POST.get("headline", "").strip()
    give_headline(article=article, headline=headline, by=request.user.get_username())
    return f"The article's headline is: {headline}"

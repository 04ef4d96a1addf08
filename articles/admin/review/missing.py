"""What the page of a proposal asks for: the headline and the outlet of its article, if they are missing."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.models import NO_HEADLINE, UNKNOWN_OUTLET, Article
from articles.services.headlines import give_headline
from articles.services.outlets import give_outlet

#: The fields that are asked for.
ASKED = ("headline", "outlet")


def missing_fields(request: HttpRequest, article: Article) -> list[str]:
    """Those of ``ASKED`` that the article lacks, if this user may change it."""
    if not request.user.has_perm("articles.change_article"):
        return []
    lacks = {"headline": article.headline == NO_HEADLINE, "outlet": article.outlet.name == UNKNOWN_OUTLET}
    return [name for name in ASKED if lacks[name]]


def fill_in_missing(request: HttpRequest, name: str, article: Article) -> str:
    """Give an article the headline or the outlet that was sent; returns the message to show.

    Raises ``ValidationError``.
    """
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    given, by = request.POST.get(name, "").strip(), request.user.get_username()
    if name == "headline":
        give_headline(article=article, headline=given, by=by)
    else:
        given = give_outlet(article=article, name=given, by=by).name
    return f"The article's {name} is: {given}"

"""Gives a headline to an article that was recorded without one."""

from django.core.exceptions import ValidationError

from articles.models import NO_HEADLINE, Article
from newsdb.ledger import attributed


def give_headline(*, article: Article, headline: str, by: str) -> None:
    """Set the headline of an article that has none. Raises ``ValidationError``, also if it has one."""
    with attributed(by=by):
        row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if row.headline != NO_HEADLINE:
            raise ValidationError(f"The article has a headline by now: {row.headline}.")
        row.headline = headline
        row.full_clean()
        row.save(update_fields=["headline"])

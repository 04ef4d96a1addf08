"""Sets an article's outlet."""

from articles.models import Article, Outlet
from newsdb.ledger import attributed


def set_outlet(*, article: Article, outlet: Outlet, by: str, reason: str = "") -> None:
    """Set the outlet of an article and, with it, of its statements. Raises ``ValidationError``."""
    with attributed(by=by, reason=reason):
        row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        row.outlet = outlet
        row.full_clean()
        row.save(update_fields=["outlet"])

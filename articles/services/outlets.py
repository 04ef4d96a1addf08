"""Creates outlets, and sets the outlet of an article."""

from django.core.exceptions import ValidationError

from articles.models import UNKNOWN_OUTLET, Article, Outlet, OutletSlug
from newsdb.addresses import free_slug
from newsdb.ledger import attributed
from newsdb.text import check_text


def create_outlet(name: str) -> Outlet:
    """Create an outlet of this name. Raises ``ValidationError``."""
    slug = free_slug(
        name, taken=lambda slug: OutletSlug.objects.filter(slug=slug).exists(), otherwise="outlet"
    )
    outlet = Outlet(name=name, slug=slug)
    outlet.full_clean(validate_unique=False, validate_constraints=False)
    outlet.save()
    return outlet


def set_outlet(*, article: Article, outlet: Outlet, by: str, reason: str = "") -> None:
    """Set the outlet of an article and, with it, of its statements. Raises ``ValidationError``."""
    with attributed(by=by, reason=reason):
        row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        row.outlet = outlet
        row.full_clean()
        row.save(update_fields=["outlet"])


def give_outlet(*, article: Article, name: str, by: str) -> Outlet:
    """Set the outlet, by its name, of an article whose outlet is unknown; it is created if it is new.

    Raises ``ValidationError``, also if the article's outlet is known, or the name is ambiguous.
    """
    check_text(name)
    with attributed(by=by):
        row = Article.objects.select_for_update(of=("self",)).select_related("outlet").get(pk=article.pk)
        if row.outlet.name != UNKNOWN_OUTLET:
            raise ValidationError(f"The article has an outlet by now: {row.outlet}.")
        found = list(Outlet.objects.found_by(name)[:2]) if name else []
        if len(found) > 1:
            raise ValidationError(f"“{name}” may be more than one outlet: give its slug.")
        outlet = found[0] if found else create_outlet(name)
        set_outlet(article=row, outlet=outlet, by=by)
    return outlet

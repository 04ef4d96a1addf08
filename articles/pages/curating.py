"""What a page shows to an editor who is logged in: links to edit and to review its record."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Article, Proposal, Statement
from newsdb.admin.links import address_of


class Link(NamedTuple):
    """A page of the admin, named after its purpose."""

    name: str
    address: str


def links_for(request: HttpRequest, model: Any, **lookup: Any) -> list[Link]:
    """Links into the admin from the page of a record, for its editors only.

    Without a session cookie, no session is looked up.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return []
    may_edit = f"{model._meta.app_label}.change_{model._meta.model_name}"
    if not request.user.is_staff or not request.user.has_perm(may_edit):
        return []
    record = model.objects.get(**lookup)
    links = [Link("Edit", address_of(record))]
    if isinstance(record, Statement) and (proposal := Proposal.objects.filter(statement=record).first()):
        links.append(Link("Review", address_of(proposal)))
    waiting = Proposal.objects.to_review()
    if isinstance(record, Article) and waiting.filter(statement__article=record).exists():
        links.append(Link("Review", f"{reverse('admin:articles_proposal_next')}?article={record.pk}"))
    return links

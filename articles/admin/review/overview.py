"""The overview of the queue by article, and its entry point."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.admin.columns import published
from articles.admin.review.evidence import sureness
from articles.admin.review.form import speaker_widget
from articles.admin.review.last import last_decision
from articles.admin.review.queue import Queue, QueueForm
from articles.models import Article

ARTICLES_A_PAGE = 50
ARTICLES_ON_FIRST_PAGE = 8


def next_page(admin: Any, request: HttpRequest) -> HttpResponse:
    """Redirect to the first proposal, or to the queue, which then shows that nothing is left to review."""
    queue = Queue.of(request)
    first = queue.first()
    return HttpResponseRedirect(queue.address(first) if first else queue.overview)


def articles_waiting(queue: Queue) -> Iterator[tuple[str, str, int, str]]:
    """The articles with most to review: headline, outlet, number of proposals, and the page to begin on."""
    counts = {row["article"]: row["waiting"] for row in queue.articles()[:ARTICLES_ON_FIRST_PAGE]}
    found = Article.objects.select_related("outlet").in_bulk(list(counts))
    for key, waiting in counts.items():
        address = reverse("admin:articles_proposal_next") + Queue(article=key).parameters
        yield found[key].headline, str(found[key].outlet), waiting, address


def overview_page(admin: Any, request: HttpRequest) -> HttpResponse:
    """The articles with undecided proposals, those with most first."""
    queue = Queue.of(request)
    page = Paginator(queue.articles(), ARTICLES_A_PAGE).get_page(request.GET.get("p"))
    found = Article.objects.select_related("outlet").in_bulk([row["article"] for row in page.object_list])
    begin = reverse("admin:articles_proposal_next")
    rows = []
    for row in page.object_list:
        article = found[row["article"]]
        within = Queue(queue.outlet, article.pk, queue.confidence)
        rows.append(
            {
                "article": article,
                "published": published(article),
                "address": begin + within.parameters,
                "waiting": row["waiting"],
                "percent": None if row["least"] is None else round(row["least"] * 100),
                "sureness": sureness(row["least"]),
            }
        )
    context = {
        "page": page,
        "rows": rows,
        "filters": QueueForm(request.GET),
        "parameters": queue.parameters,
        "to_review": queue.proposals().count(),
        "begin": begin + queue.parameters,
        "in_bulk": reverse("admin:articles_proposal_accept_above") + queue.parameters,
        "may_change": admin.has_change_permission(request),
        "media": admin.media + speaker_widget().media,
        **last_decision(request, queue),
    }
    response: HttpResponse = admin.page(request, "articles/admin/review_queue.html", "Review", None, context)
    return response

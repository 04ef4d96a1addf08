"""Chooses the next proposal to review."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Count, Min
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from articles.models import Article, Outlet, Proposal, Statement
from newsdb.admin import address_of

#: At least the first confidence, and below the second; "sure" means that two independent reasons agree.
BANDS = {"sure": (0.95, 1.01), "likely": (0.8, 0.95), "doubtful": (0.0, 0.8)}


class QueueForm(forms.Form):
    """The filters of the queue."""

    outlet = forms.ModelChoiceField(Outlet.objects.none(), required=False, empty_label="All outlets")
    article = forms.ModelChoiceField(Article.objects.all(), required=False, widget=forms.HiddenInput)
    confidence = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Any confidence"),
            ("sure", "Sure: 95 % and more"),
            ("likely", "Likely: 80 to 95 %"),
            ("doubtful", "Doubtful: below 80 %"),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["outlet"].queryset = Outlet.objects.not_merged().order_by("name")  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Queue:
    """The undecided proposals, in the most useful order.

    The article with most proposals comes first: deciding well requires reading the text, and one reading then
    settles more records. Within an article, proposals follow the order of the text, from the current one to
    the end and then from the beginning, so that each is read in the context of the one before. Confidence
    does not affect the order, since jumping between texts takes more time than deciding a certain proposal.
    Certain ones can be accepted in bulk beforehand; the rest can be filtered by confidence.
    """

    outlet: int | None = None
    article: int | None = None
    confidence: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Queue":
        """The queue for a query string. Raises ``BadRequest``."""
        asked: QueryDict = request.GET
        form = QueueForm({name: asked.get(name, "") for name in QueueForm.base_fields})
        if not form.is_valid():
            raise BadRequest("There is no such outlet, article or confidence.")
        found = form.cleaned_data
        outlet, article = (record.pk if record else None for record in (found["outlet"], found["article"]))
        return cls(outlet, article, found["confidence"])

    @property
    def parameters(self) -> str:
        """The query string with its question mark; "" without filters."""
        given = {"outlet": self.outlet, "article": self.article, "confidence": self.confidence}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"?{query}" if query else ""

    def address(self, proposal: Proposal) -> str:
        """The page of a proposal within this queue."""
        return address_of(proposal) + self.parameters

    @property
    def overview(self) -> str:
        """The page that shows the queue by article; for a queue of one article it would add nothing."""
        return reverse("admin:articles_proposal_queue") + Queue(self.outlet, None, self.confidence).parameters

    def proposals(self) -> Any:
        """Its undecided proposals."""
        return Proposal.objects.to_review().filter(**self._narrowed("statement__"))

    def articles(self) -> Any:
        """The ids of its articles, with their number of ``waiting`` proposals and ``least`` confidence."""
        statements = Statement.objects.filter(status="proposed", proposal__decision="", **self._narrowed())
        counted = (
            statements.order_by().values("article").annotate(waiting=Count("pk"), least=Min("confidence"))
        )
        return counted.order_by("-waiting", "-article")

    def first(self) -> Proposal | None:
        """The first proposal to review."""
        articles = self.articles().values_list("article", flat=True)[:1]
        waiting = self.proposals().filter(statement__article__in=list(articles))
        return waiting.in_text_order().first()

    def neighbours(self, proposal: Proposal) -> "QueueNeighbours":
        """The position of a proposal among its article's undecided ones."""
        waiting = self.proposals().filter(statement__article=proposal.statement.article_id)
        rows = list(waiting.in_text_order().values_list("capture", "place", "pk"))
        place = (proposal.capture_id, getattr(proposal, "place", 0), proposal.pk)
        before, after = [row for row in rows if row < place], [row for row in rows if row > place]
        ids = [row[2] for row in (*after, *before)]
        return QueueNeighbours(len(before) + 1, len(rows), ids[0] if ids else None, ids[-1] if ids else None)

    def _narrowed(self, prefix: str = "") -> dict[str, Any]:
        least, below = BANDS.get(self.confidence, (None, None))
        asked = {
            "outlet": self.outlet,
            "article": self.article,
            "confidence__gte": least,
            "confidence__lt": below,
        }
        return {prefix + name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class QueueNeighbours:
    """A proposal's place (``number``) among its article's ``waiting`` ones, and the ids of its neighbours."""

    number: int
    waiting: int
    next: int | None
    previous: int | None

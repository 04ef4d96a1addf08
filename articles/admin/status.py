"""Deciding on a proposed or rejected statement on its own page, with a button for each decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import path

from articles.services.review.status import propose_statement, publish_statement, reject_statement
from newsdb.admin import AttributedAdmin, act_with_reason, address_of


@dataclass(frozen=True)
class Decision:
    """A button: its label, action and statuses, and its messages."""

    title: str
    act: Callable[..., None]
    status: tuple[str, ...]
    consequence: str
    done: str


DECISIONS = {
    "publish": Decision(
        "Publish",
        publish_statement,
        ("proposed", "rejected"),
        "It becomes public, as reviewed. From then on it can be retracted, but not deleted.",
        "Published: {names}.",
    ),
    "reject": Decision(
        "Reject",
        reject_statement,
        ("proposed",),
        "It does not become public, and its words are not proposed again.",
        "Rejected: {names}.",
    ),
    "propose": Decision(
        "Propose again",
        propose_statement,
        ("rejected",),
        "It waits for a decision again.",
        "Proposed again: {names}.",
    ),
}


class StatusMixin(AttributedAdmin):
    """The status is changed by buttons, never in a form."""

    def get_urls(self) -> Any:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(partial(self.decision_view, decision=decision)),
                name=f"{prefix}_{name}",
            )
            for name, decision in DECISIONS.items()
        ] + super().get_urls()

    def decision_view(self, request: HttpRequest, object_id: str, *, decision: Decision) -> Any:
        """The page that asks for confirmation and a reason."""
        record = self.find(request, object_id, to_change=True)
        if not isinstance(record, self.model):
            return record
        by = request.user.get_username()
        return act_with_reason(
            self,
            request,
            [record],
            act=lambda statement, reason: decision.act(statement=statement, by=by, reason=reason),
            title=decision.title,
            consequence=decision.consequence,
            done=decision.done,
            then=address_of(record),
            required=False,
        )

    def tools(self, request: HttpRequest, record: Any) -> Iterator[tuple[str, str]]:
        yield from super().tools(request, record)
        if self.has_change_permission(request, record):
            for name, decision in DECISIONS.items():
                if record.status in decision.status:
                    yield decision.title, address_of(record, name)

"""Retracting and restoring on the pages of articles and statements."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html

from newsdb.admin import AT_ONCE, AttributedAdmin, ReasonForm, act_with_reason, address_of
from newsdb.models import Change


class RetractionMixin(AttributedAdmin):
    """A button on a record's page and an action on the list, each for retracting and for restoring."""

    actions: tuple[str, ...] = ("retract", "restore")
    #: The function that does it; keyword arguments: ``<model name>=``, ``reason=``, ``by=``.
    retract_record: Callable[..., None]
    restore_record: Callable[..., None]
    retraction_consequence = ""
    restoration_consequence = ""
    #: By status, the alternative to deleting.
    instead_by_status = {
        "published": (
            "Retract it instead: its address then shows everyone when and why it was retracted, and it"
            " can be restored."
        ),
        "retracted": ("It is already retracted: its address shows everyone when and why."),
    }

    def get_urls(self) -> Any:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"{prefix}_{name}")
            for name, view in (("retract", self.retract_view), ("restore", self.restore_view))
        ] + super().get_urls()

    def retract_view(self, request: HttpRequest, object_id: str) -> Any:
        """The page that asks why one record is retracted."""
        record = self.find(request, object_id, to_change=True)
        return self._retract(request, [record]) if isinstance(record, self.model) else record

    def restore_view(self, request: HttpRequest, object_id: str) -> Any:
        """The page that asks why one record is published again."""
        record = self.find(request, object_id, to_change=True)
        return self._restore(request, [record]) if isinstance(record, self.model) else record

    @admin.action(description="Retract, with a reason", permissions=["change"])
    def retract(self, request: HttpRequest, queryset: Any) -> Any:
        return self._retract(request, self._chosen(queryset), request.get_full_path())

    @admin.action(description="Restore, with a reason", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: Any) -> Any:
        return self._restore(request, self._chosen(queryset), request.get_full_path())

    def _chosen(self, queryset: Any) -> list[Any]:
        return list(queryset.order_by("pk")[: AT_ONCE + 1])

    def _retract(self, request: HttpRequest, records: list[Any], then: str = "") -> Any:
        return act_with_reason(
            self,
            request,
            records,
            act=self._by(request, type(self).retract_record),
            title="Retract",
            consequence=self.retraction_consequence,
            done="Retracted: {names}. Its address now says when and why.",
            then=then or address_of(records[0]),
            form_class=self.retraction_form(records),
        )

    def retraction_form(self, records: Sequence[Any]) -> type[ReasonForm]:
        """The form shown before these records are retracted; other fields are passed on with the reason."""
        return ReasonForm

    def _restore(self, request: HttpRequest, records: list[Any], then: str = "") -> Any:
        return act_with_reason(
            self,
            request,
            records,
            act=self._by(request, type(self).restore_record),
            title="Restore",
            consequence=self.restoration_consequence,
            done="Published again: {names}.",
            then=then or address_of(records[0]),
        )

    def _by(self, request: HttpRequest, act: Callable[..., None]) -> Callable[..., None]:
        by = request.user.get_username()
        return lambda record, **given: act(**{str(self.opts.model_name): record}, **given, by=by)

    def obstacles(self, record: Any) -> Iterator[str]:
        if record.status in ("published", "retracted"):
            yield f"It is {record.status}: anyone who has its address must be able to see what became of it."
        elif Change.objects.of(record).filter(public=True).exists():
            yield "It was public once: anyone who saw it must be able to see what became of it."

    def instead(self, record: Any) -> str:
        return self.instead_by_status.get(record.status, "")

    def tools(self, request: HttpRequest, record: Any) -> Iterator[tuple[str, str]]:
        yield from super().tools(request, record)
        if self.has_change_permission(request, record):
            if record.status == "published":
                yield "Retract", address_of(record, "retract")
            if record.status == "retracted":
                yield "Restore", address_of(record, "restore")

    def notices(self, request: HttpRequest, record: Any) -> Iterator[str]:
        yield from super().notices(request, record)
        if record.status == "retracted":
            yield format_html("Retracted on {}: {}", record.retracted_at.date(), record.retraction_reason)

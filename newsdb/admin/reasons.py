"""Actions that need a reason, on one record or on several selected in a list: a page asks for it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponseRedirect

from newsdb.admin.attributed import AttributedAdmin
from newsdb.admin.forms import ReasonForm
from newsdb.admin.lists import shorten_list
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS

#: How many records can be selected: the page lists each, and all are changed in one transaction.
AT_ONCE = 200


def act_with_reason(
    admin: AttributedAdmin,
    request: HttpRequest,
    records: Sequence[Any],
    *,
    act: Callable[..., Any],
    title: str,
    consequence: str,
    done: str,
    then: str,
    required: bool = True,
    form_class: type[ReasonForm] = ReasonForm,
) -> Any:
    """Ask for a reason, then call ``act(record, reason=…)`` for every record, in one transaction.

    ``form_class`` may have more fields; ``act`` receives them as keyword arguments too. ``title`` is the
    page's title and its button's label, ``consequence`` says what the action does, ``done`` is the success
    message with ``{names}`` in it, and ``then`` is the URL to redirect to. The reason is optional unless
    ``required``.
    """
    if len(records) > AT_ONCE:
        admin.message_user(
            request, f"Choose at most {AT_ONCE}: all of them are changed, or none.", messages.WARNING
        )
        return HttpResponseRedirect(request.get_full_path())
    # The first POST of an admin action comes from the list, without a reason.
    submitted = request.method == "POST" and "reason" in request.POST
    form = form_class(request.POST if submitted else None)
    form.fields["reason"].required = required
    if submitted and form.is_valid():
        by, reason = request.user.get_username(), form.cleaned_data["reason"]
        try:
            with attributed(by=by, reason=reason):
                for record in records:
                    act(record, **form.cleaned_data)
        except WRITE_ERRORS as error:
            for message in explain_with_link(error):
                form.add_error(None, message)
        else:
            names = ", ".join(shorten_list([str(record) for record in records], 3))
            admin.message_user(request, done.format(names=names), messages.SUCCESS)
            return HttpResponseRedirect(then)
    context = {
        "form": form,
        "records": records,
        "consequence": consequence,
        "act": title,
        "then": then,
        "action": request.POST.get("action", ""),
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": admin.media + form.media,
    }
    return admin.page(
        request, "newsdb/admin/reason.html", title, records[0] if len(records) == 1 else None, context
    )

"""Acts that need a reason: a page asks for it, for one record or for several chosen in a list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponseRedirect

from newsdb.admin.attributed import AttributedAdmin
from newsdb.admin.forms import ReasonForm
from newsdb.admin.lists import limited
from newsdb.admin.write_errors import explain_with_link
from newsdb.ledger import attributed
from newsdb.models.write_errors import WRITE_ERRORS

#: So many at once: the page lists every one of them, and the whole act is one transaction.
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
    """Ask for a reason and, once it is given, do ``act(record, reason=…)`` for every record or for none.

    ``form_class`` may ask for more, which ``act`` is given by keyword, too.
    ``title`` names the act and is the button; ``consequence`` says what it leads to; ``done`` is the message
    afterwards, with ``{names}`` in it; ``then`` is the address that follows. Unless it is ``required``, the
    reason may be left out.
    """
    if len(records) > AT_ONCE:
        admin.message_user(
            request, f"Choose {AT_ONCE} at most: they are done all together or not at all.", messages.WARNING
        )
        return HttpResponseRedirect(request.get_full_path())
    # An action's first POST comes from the list, not from this page.
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
            names = ", ".join(limited([str(record) for record in records], 3))
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

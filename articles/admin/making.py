"""Creates actors for all names of which the selected articles' proposals are certain, after a preview."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponseRedirect

from actors.models import Kind
from articles.services.review import create_speakers, find_sure_names
from newsdb.admin import AttributedAdmin
from newsdb.admin.write_errors import explain_with_link
from newsdb.models.write_errors import WRITE_ERRORS

#: Names on one page; the rest are shown the next time.
MOST = 100


def make_actors_page(admin: AttributedAdmin, request: HttpRequest, articles: Any) -> Any:
    """Show the names with a choice of kind for each; create actors for those that are not excluded."""
    names = find_sure_names(among=articles.order_by().values("pk"))
    offered = names[:MOST]
    if "make" in request.POST:
        chosen = {name: kind for name, kind in _chosen(request) if kind in Kind.values}
        kinds = {row.name: chosen[row.name] for row in offered if row.name in chosen}
        try:
            count = create_speakers(kinds=kinds, by=request.user.get_username())
        except WRITE_ERRORS as error:
            for message in explain_with_link(error):
                admin.message_user(request, message, messages.ERROR)
        else:
            text = f"Made {_many(len(kinds), 'actor')}: the speakers of {_many(count, 'proposal')}."
            admin.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(request.get_full_path())
    context = {
        "names": offered,
        "more": len(names) - len(offered),
        "kinds": Kind.choices,
        "then": request.get_full_path(),
        "checkbox": ACTION_CHECKBOX_NAME,
        # As the list sent it, so that the same articles are selected.
        "selection": [
            (name, value)
            for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
            for value in request.POST.getlist(name)
        ],
    }
    return admin.page(request, "articles/admin/make_actors.html", "Create missing actors", None, context)


def _chosen(request: HttpRequest) -> Any:
    return zip(request.POST.getlist("name"), request.POST.getlist("kind"), strict=False)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"

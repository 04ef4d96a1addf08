"""Reads the whole query string of a request, and reports all errors in it at once."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import QueryDict

from newsdb.api.exceptions import ParameterError, Problem
from newsdb.api.request.parameters import MAX_TEXT, Parameter, hint_at_commas, shorten

MAX_BYTES = 4096
#: Names that other APIs use for our parameters, from which the error suggests ours.
OTHER_NAMES = {
    "q": "search query keyword keywords text",
    "cursor": "page offset start",
    "limit": "per_page page_size size rows",
    "date_after": "from since start_date from_date after",
    "date_before": "to until end_date to_date before",
    "ordering": "sort sort_by order order_by",
    "speaker": "person who role",
    "outlet": "source publisher",
    "author": "writer byline",
    "fields": "select include columns",
    "omit": "exclude",
}
_IDENTITIES = ("id", "uid", "uuid", "slug", "pk")
_OUR_NAMES = {other: ours for ours, others in OTHER_NAMES.items() for other in others.split()}


def check_query_string(query: str) -> None:
    """Refuse a raw query string that is too long, or is not UTF-8 once unquoted.

    Django would replace invalid bytes, and thus answer a different request.
    Raises ``Problem`` (414) or ``ParameterError``.
    """
    if len(query) > MAX_BYTES:
        raise Problem(414, f"The query string may have at most {MAX_BYTES} bytes.")
    if "%" not in query and query.isascii():
        return
    for pair in query.encode("latin-1", "replace").split(b"&"):  # WSGI passes bytes as Latin-1
        try:
            unquote_to_bytes(pair).decode()
        except UnicodeDecodeError:
            name = shorten(unquote_to_bytes(pair.partition(b"=")[0]).decode(errors="replace"))
            raise ParameterError(name, "encoding", f"{name} is not valid UTF-8.") from None


def read_parameters(known: Mapping[str, Parameter], query: QueryDict) -> dict[str, Any]:
    """The values of all parameters in ``query``, by name.

    Raises one ``ParameterError`` for all unknown names and invalid values.
    """
    values, errors = {}, []
    for name, texts in query.lists():
        parameter = known.get(name)
        try:
            if parameter is None:
                raise _unknown(name, list(known))
            values[name] = parameter.read(name, texts)
        except ParameterError as error:
            errors.append(hint_at_commas(error, name, texts) if parameter and parameter.many else error)
    if errors:
        raise ParameterError.join(errors)
    return values


def _unknown(name: str, known: list[str]) -> ParameterError:
    ours = _OUR_NAMES.get(name.lower())
    meant = [ours] if ours in known else get_close_matches(name[:MAX_TEXT], known, n=1)
    detail = f"There is no parameter {shorten(name)!r} here."
    if name.lower() in _IDENTITIES:
        detail += " A record has its own address: its `url`, as lists show it."
    elif meant:
        detail += f" Did you mean {meant[0]!r}?"
    return ParameterError(shorten(name), "unknown", detail, allowed=known)

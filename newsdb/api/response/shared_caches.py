"""Headers for shared caches, such as nginx's, which may serve anonymous responses for a few seconds."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

#: Headers with which a client asks for more, or for something newer, than the public gets.
PERSONAL_HEADERS = ("Authorization", "If-Dataset-Version")
#: A cached response is fetched again after a second, and served meanwhile for the rest of the time.
_SHARED = "public, max-age=0, s-maxage=1, stale-while-revalidate={}"


def allow_sharing(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let shared caches store ``response`` for ``SHARED_CACHE_SECONDS`` if it is anonymous.

    What depends on cookies must say so itself, as ``render_page`` does.
    """
    patch_vary_headers(response, PERSONAL_HEADERS)
    if not any(request.headers.get(name) for name in (*PERSONAL_HEADERS, "Cookie")):
        # nginx counts in whole seconds, so it serves a response for up to a second longer than this says.
        response["Cache-Control"] = _SHARED.format(settings.SHARED_CACHE_SECONDS - 2)

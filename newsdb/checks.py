"""Checks that `manage.py check --deploy` adds to Django's."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_proxy(**kwargs: Any) -> list[CheckMessage]:
    """Check that NUM_PROXIES declares the buffering proxy."""
    if settings.REST_FRAMEWORK["NUM_PROXIES"] > 0:
        return []
    return [
        Warning(
            "NUM_PROXIES is 0: newsdb needs a proxy in front that buffers requests and answers, or a few slow"
            " clients block it. Unless NUM_PROXIES is set, all clients behind the proxy are counted as one.",
            hint="Put nginx in front, as docs/how-to/production.md does, and set NUM_PROXIES=1.",
            id="newsdb.W001",
        )
    ]

"""System checks that `manage.py check --deploy` and `check --database default` run besides Django's."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections


@register(Tags.security, deploy=True)
def check_proxy(**kwargs: Any) -> list[CheckMessage]:
    """Warn if NUM_PROXIES does not declare the buffering proxy."""
    if settings.REST_FRAMEWORK["NUM_PROXIES"] > 0:
        return []
    return [
        Warning(
            "NUM_PROXIES is 0: newsdb needs a proxy in front that buffers requests and responses, or a few"
            " slow clients can block it. Unless NUM_PROXIES is set, all clients behind the proxy are"
            " counted as one.",
            hint="Put nginx in front, as docs/how-to/production.md explains, and set NUM_PROXIES=1.",
            id="newsdb.W001",
        )
    ]


@register(Tags.database)
def check_timeout_of_role(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn if there is no statement timeout. Through PgBouncer newsdb cannot set one, so the role must."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if not settings.PGBOUNCER or connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            if cursor.fetchone() == ("0",):
                found.append(
                    Warning(
                        "No query of a request is limited: PgBouncer does not let STATEMENT_TIMEOUT through.",
                        hint="ALTER ROLE newsdb SET statement_timeout = '5s', with the role in DATABASE_URL.",
                        id="newsdb.W003",
                    )
                )
    return found


@register(Tags.compatibility, deploy=True)
def check_contact(**kwargs: Any) -> list[CheckMessage]:
    """Warn if there is no contact to whom readers can report mistakes."""
    if settings.CONTACT:
        return []
    return [
        Warning(
            "CONTACT is not set: people who are misquoted cannot tell you.",
            hint="Set CONTACT to an e-mail address, or to the URL of a page.",
            id="newsdb.W002",
        )
    ]

"""Locks logins after too many wrong passwords; while locked, passwords are not even checked.

Failed attempts within the last ``AXES_COOLOFF_TIME`` are counted in three ways, each with a limit in
``LOGIN_LIMITS``:

- by name and network, which locks out an attacker, but not the user elsewhere;
- by network, with any name, since checking a password takes almost half a second of processor time;
- by name, from any network, which limits an attacker with many addresses.

The last two do not apply to a name in a network that it has logged in from before; otherwise strangers could
lock anybody out. Attempts during a lock are not counted, so they cause no writes and cannot extend it.
"""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum


class LockoutHandler(AxesDatabaseHandler):
    """axes' handler with these three limits. It tells axes, whose own limit is 1, only whether to lock."""

    def get_failures(self, request: Any, credentials: dict | None = None) -> int:
        """1 if one of the limits is reached, else 0."""
        limits = settings.LOGIN_LIMITS
        login = {"username": get_client_username(request, credentials), "ip_address": request.axes_ip_address}
        if _count_failures(request, **login) >= limits["name and network"]:
            return 1
        everywhere = (
            _count_failures(request, ip_address=login["ip_address"]) >= limits["network"]
            or _count_failures(request, username=login["username"]) >= limits["name"]
        )
        return int(everywhere and not AccessLog.objects.filter(**login).exists())

    def reset_user_attempts(self, request: Any, credentials: dict | None = None) -> int:
        """Reset the count of this name from this network after a successful login."""
        name = get_client_username(request, credentials)
        attempts = AccessAttempt.objects.filter(username=name, ip_address=request.axes_ip_address)
        return attempts.delete()[0]


def _count_failures(request: Any, **of: Any) -> int:
    """How many matching attempts failed within the cool-off time."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request), **of)
    return recent.aggregate(n=Sum("failures_since_start"))["n"] or 0

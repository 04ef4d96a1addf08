"""Wrong passwords: how many are allowed before a login is locked, unchecked.

Three things are counted over the last ``AXES_COOLOFF_TIME``, each with a limit of its own (``LOGIN_LIMITS``):

- a name from one network: locks out an attacker, but not the user elsewhere;
- a network, with any names: checking a password takes almost half a second of processor time;
- a name, from anywhere: limits an attacker with many addresses.

The last two do not apply to a name in a network from which it has logged in before: otherwise strangers could
lock anybody out. Locked attempts are not counted: they cost no write, and cannot extend the lock.
"""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum


class LockoutHandler(AxesDatabaseHandler):
    """axes' handler, with a limit for each of the three counts. For axes itself the limit is 1."""

    def get_failures(self, request: Any, credentials: dict | None = None) -> int:
        """1 if one of the limits is reached, else 0."""
        limits = settings.LOGIN_LIMITS
        login = {"username": get_client_username(request, credentials), "ip_address": request.axes_ip_address}
        if _wrong(request, **login) >= limits["name and network"]:
            return 1
        everywhere = (
            _wrong(request, ip_address=login["ip_address"]) >= limits["network"]
            or _wrong(request, username=login["username"]) >= limits["name"]
        )
        return int(everywhere and not AccessLog.objects.filter(**login).exists())

    def reset_user_attempts(self, request: Any, credentials: dict | None = None) -> int:
        """Reset the count of this name from this network after a successful login."""
        name = get_client_username(request, credentials)
        of_this = AccessAttempt.objects.filter(username=name, ip_address=request.axes_ip_address)
        return of_this.delete()[0]


def _wrong(request: Any, **of: Any) -> int:
    """How many attempts failed within the cool-off time."""
    lately = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request), **of)
    return lately.aggregate(n=Sum("failures_since_start"))["n"] or 0

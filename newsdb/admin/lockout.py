"""Guesses at passwords: how many may be wrong before a login is refused without a look at it.

Three things are counted over the last ``AXES_COOLOFF_TIME``, each with a limit of its own (``LOGIN_LIMITS``):

- a name from one network: whoever guesses at it is stopped, while its owner elsewhere is not;
- a network, whatever the names: a look at a password costs almost half a second of processor;
- a name, from wherever: with many addresses one could go on for ever.

The last two do not hold for a name in a network from which it has been logged in before: otherwise strangers
could shut out whomever they like. What is refused is not counted, so that it costs no write, and nobody keeps
a login shut by going on.
"""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum


class LockoutHandler(AxesDatabaseHandler):
    """axes' own, with a limit for each of what it counts. For axes itself the limit is 1."""

    def get_failures(self, request: Any, credentials: dict | None = None) -> int:
        """1 where one of the limits is reached, else 0."""
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
        """Forget what was wrong before it was right: of this name, from this network."""
        name = get_client_username(request, credentials)
        of_this = AccessAttempt.objects.filter(username=name, ip_address=request.axes_ip_address)
        return of_this.delete()[0]


def _wrong(request: Any, **of: Any) -> int:
    """How many guesses were wrong lately."""
    lately = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request), **of)
    return lately.aggregate(n=Sum("failures_since_start"))["n"] or 0

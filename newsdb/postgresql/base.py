"""PostgreSQL as Django drives it, but that a kept connection is tried only where it may have died."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, whose health check (``CONN_HEALTH_CHECKS``) would be a round trip with every request.

    A server that ends tells each connection so, and closes it. Nothing is there to be read from an idle one
    while all is well, and to look whether there is takes microseconds.
    """

    health_check_enabled: bool
    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        """Close the connection if its server has gone, so that the next query opens another."""
        due = self.connection is not None and self.health_check_enabled and not self.health_check_done
        if due and not self.connection.closed and not _has_something_to_read(self.connection.fileno()):
            self.health_check_done = True
        super().close_if_health_check_failed()


def _has_something_to_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))

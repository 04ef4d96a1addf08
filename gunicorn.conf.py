"""How gunicorn serves newsdb, by `make serve` and in production; docs/how-to/production.md gives the reasons.

A reload (HUP) reads newsdb anew, in workers forked from a process that stays. So that process imports nothing
of newsdb's, and does not preload it.
"""

import gc
import os
import runpy
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

JSONFormatter = runpy.run_path(str(Path(__file__).parent / "newsdb" / "logs.py"))["JSONFormatter"]

# With threads, connections stay open between requests, and other requests are served while one waits for the
# database. More than a few would only wait for each other, since Python runs one at a time. At most half of
# them serve writes, which may have to wait for other writes.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 0)) or os.cpu_count() or 1
threads = 4
# Longer than nginx keeps idle connections, so that nginx closes them: when a server closes one, a request may
# be on its way.
keepalive = 75  # seconds
# How long unfinished requests may take once their worker is told to stop.
graceful_timeout = 30  # seconds
# Memory does not grow; but if a library ever leaks, this limits the leak.
max_requests, max_requests_jitter = 50_000, 10_000
timeout = 60  # seconds without a heartbeat, after which a worker is killed
# In memory, so that writing the heartbeat never waits for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

# The maximum. By default gunicorn itself answers a line of more than 4,094 bytes, where newsdb would answer a
# query string that is too long with a problem like any other.
limit_request_line = 8190
# No header may set the path where newsdb is mounted.
forwarder_headers = ""
# It would be one socket for all servers of a user.
control_socket_disable = True


class logger_class(Logger):  # noqa: N801
    """gunicorn's own lines in the form of newsdb's."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if os.environ.get("LOG_FORMAT") == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(JSONFormatter())

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        # Any client can send malformed HTTP: no reason for an alarm. What it sent may be the end of a draft
        # that is longer than its Content-Length, and stays out of the log.
        if msg.startswith("Invalid request from"):
            super().info(f"{msg.partition(': ')[0]}: {type(sys.exception()).__name__}")
        else:
            super().warning(msg, *args, **kwargs)


def when_ready(server: Any) -> None:
    """Warn if clients can connect without a proxy."""
    for listener in server.LISTENERS:
        bound = listener.sock.getsockname()
        if isinstance(bound, tuple) and not ip_address(bound[0]).is_loopback:
            server.log.warning(
                "newsdb listens on %s itself. It needs a proxy in front that buffers requests and responses,"
                " or a few slow clients block it: listen on 127.0.0.1 or a Unix socket behind one"
                " (docs/how-to/production.md).",
                bound[0],
            )


def post_worker_init(worker: Any) -> None:
    """Import and read what the first request needs; tell /readyz when the worker is to end, and set the limit
    on threads that write.
    """
    from django.urls import get_resolver

    from articles.checks.candidates import prepare
    from newsdb.api.endpoints import probes
    from newsdb.api.request.concurrency import check_limit, write_limit

    get_resolver().url_patterns  # noqa: B018
    prepare()
    probes.worker = worker
    write_limit.threads = check_limit.threads = worker.cfg.threads
    # Imported modules are never freed, so the collector need not scan them. It then runs more often, and
    # frees the reference cycles of answered requests before they pile up.
    gc.collect()
    gc.freeze()

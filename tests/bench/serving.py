"""How Django is served while it is measured: with production's settings, by the README's server."""

import os
import sys

HOST = "127.0.0.1"

#: Quotas count, and are never reached.
PRODUCTION = {
    "DEBUG": "false",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only for servers on loopback, for as long as they are measured",
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_URL": "http://news.example.org",
    "RATE_LIMIT_ANONYMOUS": "1000000000",
    "STATEMENT_TIMEOUT": "30000",
}


def gunicorn(application: str, port: int, config: str = "gunicorn.conf.py") -> list[str]:
    """The README's command, with one worker, which stays: what is measured is what one core does."""
    return [
        *(sys.executable, "-m", "gunicorn", application, "--config", config, "--bind", f"{HOST}:{port}"),
        *("--workers", "1", "--max-requests", "0", "--log-level", "warning"),
    ]

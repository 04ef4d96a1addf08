"""The connection options that each database needs to be safe under load."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured


def configured(
    url: dict[str, Any], *, statement_timeout: int, max_age: int, pgbouncer: bool
) -> dict[str, Any]:
    """Return an entry of Django's DATABASES from a parsed DATABASE_URL.

    `statement_timeout` is in milliseconds, 0 for none; `max_age` is in seconds. With `pgbouncer` the URL is
    that of PgBouncer in transaction mode: no session state outlasts a transaction, and session parameters are
    not passed on, so the timeout must be set on the role. Raises ImproperlyConfigured for a database that is
    neither SQLite nor PostgreSQL, and for session parameters with `pgbouncer`.
    """
    options = dict(url.get("OPTIONS", {}))
    database = url | {"OPTIONS": options, "CONN_MAX_AGE": max_age}
    if url["ENGINE"] == "django.db.backends.sqlite3":
        options |= {
            "timeout": 20,  # seconds that a writer waits for another
            # A transaction that starts by reading and then writes fails immediately, without waiting, if
            # another is writing. IMMEDIATE takes the write lock at the start, where waiting works.
            "transaction_mode": "IMMEDIATE",
            # The page size of a new file. Three rows of the ledger fit into 8 kB, while pages of 4 kB would
            # be half empty; and a list reads fewer pages.
            "init_command": "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "statement_timeout": statement_timeout,
        }
        return database | {"ENGINE": "newsdb.sqlite"}
    if url["ENGINE"] == "django.db.backends.postgresql":
        if pgbouncer and "options" in options:
            raise ImproperlyConfigured(
                "PgBouncer ignores `options` in DATABASE_URL: set them on the role instead,"
                " as in ALTER ROLE newsdb SET statement_timeout = '5s'."
            )
        if statement_timeout and not pgbouncer:
            # Random reads are cheap on an SSD. With the default cost, PostgreSQL would rather read and sort a
            # tenth of a table than use an index. The URL's own options override this one.
            planner = f"-c random_page_cost=1.1 {options.get('options', '')}".strip()
            options["options"] = f"{planner} -c statement_timeout={statement_timeout}"
        # If the server vanishes, a request fails after seconds, not after the minutes that TCP would wait.
        options.setdefault("connect_timeout", 3)  # seconds
        options.setdefault("tcp_user_timeout", 10_000)  # milliseconds
        # How often a statement must run before the server prepares it; see newsdb.postgresql.
        options.setdefault("prepare_threshold", None if pgbouncer else 5)
        return database | {
            "ENGINE": "newsdb.postgresql",
            "CONN_HEALTH_CHECKS": True,  # a restarted server costs no failed request
            "DISABLE_SERVER_SIDE_CURSORS": pgbouncer,
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://")

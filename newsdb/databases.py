"""The options that each store needs to be safe under load."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured


def configured(
    url: dict[str, Any], *, statement_timeout: int, max_age: int, pgbouncer: bool
) -> dict[str, Any]:
    """Return Django's description of a database from a parsed DATABASE_URL.

    A statement may take `statement_timeout` milliseconds, 0 for no limit; a connection is kept for `max_age`
    seconds. With `pgbouncer` the address is that of PgBouncer in transaction mode: nothing may outlast a
    transaction, and no parameters of a session are let through, so that the limit is the role's. Raises
    ImproperlyConfigured for a store that is neither SQLite nor PostgreSQL, and for such parameters.
    """
    options = dict(url.get("OPTIONS", {}))
    database = url | {"OPTIONS": options, "CONN_MAX_AGE": max_age}
    if url["ENGINE"] == "django.db.backends.sqlite3":
        options |= {
            "timeout": 20,  # seconds a writer waits for another
            # A transaction that starts by reading cannot become a writer while another writes; it fails
            # at once, without waiting. IMMEDIATE takes the lock at the start, where waiting works.
            "transaction_mode": "IMMEDIATE",
            # Of a new file: three entries of the ledger share a page of 8 kB, where half of one of 4 kB is
            # empty, and a list reads fewer pages.
            "init_command": "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "statement_timeout": statement_timeout,
        }
        return database | {"ENGINE": "newsdb.sqlite"}
    if url["ENGINE"] == "django.db.backends.postgresql":
        if pgbouncer and "options" in options:
            raise ImproperlyConfigured(
                "PgBouncer does not let `options` in DATABASE_URL through: give them to the role instead,"
                " as in ALTER ROLE newsdb SET statement_timeout = '5s'."
            )
        if statement_timeout and not pgbouncer:
            # For rows that lie scattered: by default PostgreSQL thinks of a disk with a head to move, and
            # would read and sort a tenth of a table rather than follow an index. The URL has the last word.
            scattered = f"-c random_page_cost=1.1 {options.get('options', '')}".strip()
            options["options"] = f"{scattered} -c statement_timeout={statement_timeout}"
        # A server that is gone without a word costs a request seconds, not the minutes that TCP would wait.
        options.setdefault("connect_timeout", 3)  # seconds
        options.setdefault("tcp_user_timeout", 10_000)  # milliseconds
        # How often a statement is seen before the server keeps its plan; see newsdb.postgresql.
        options.setdefault("prepare_threshold", None if pgbouncer else 5)
        return database | {
            "ENGINE": "newsdb.postgresql",
            "CONN_HEALTH_CHECKS": True,  # a restarted server costs no failed request
            "DISABLE_SERVER_SIDE_CURSORS": pgbouncer,
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://")

"""Django's DATABASES from the environment, with the options that each needs to be safe under load."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env


def databases(
    env: Env, *, default: str, statement_timeout: int, pgbouncer: bool
) -> dict[str, dict[str, Any]]:
    """DATABASES: ``default`` from DATABASE_URL, or else from the URL in ``default``, and all replicas.

    These are ``replica1``, ``replica2`` and so on, from DATABASE_REPLICA_URLS. Raises ImproperlyConfigured.
    """
    max_age = env.int("CONN_MAX_AGE", 60)
    primary = env.db_url("DATABASE_URL", default=default)
    replicas = [Env.db_url_config(url.strip()) for url in env.list("DATABASE_REPLICA_URLS", default=[])]
    if any("postgresql" not in each.get("ENGINE", "") for each in (*replicas, primary)) and replicas:
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URLS names standbys of PostgreSQL: each of its URLs and DATABASE_URL must begin"
            " with postgres://"
        )
    found = {"default": primary} | {f"replica{number}": url for number, url in enumerate(replicas, 1)}
    return {
        alias: configured(
            url,
            statement_timeout=statement_timeout,
            max_age=max_age,
            pgbouncer=pgbouncer,
            read_only=alias != "default",
        )
        for alias, url in found.items()
    }


def configured(
    url: dict[str, Any], *, statement_timeout: int, max_age: int, pgbouncer: bool, read_only: bool = False
) -> dict[str, Any]:
    """Return an entry of Django's DATABASES from a parsed DATABASE_URL.

    `statement_timeout` is in milliseconds, 0 for none; `max_age` is in seconds. With `pgbouncer` the URL is
    that of PgBouncer in transaction mode: no session state outlasts a transaction, and session parameters are
    not passed on, so the timeout must be set on the role. With `read_only` the server refuses
    writes, even if it was promoted. Raises ImproperlyConfigured for a database that is
    neither SQLite nor PostgreSQL, and for session parameters or several hosts with `pgbouncer`.
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
                "PgBouncer ignores `options` in DATABASE_URL: set them on the role instead, for example:"
                " ALTER ROLE newsdb SET statement_timeout = '5s'."
            )
        if statement_timeout and not pgbouncer:
            # Random reads are cheap on an SSD. With the default cost, PostgreSQL would rather read and sort a
            # tenth of a table than use an index. The URL's own options override this one.
            planner = f"-c random_page_cost=1.1 {options.get('options', '')}".strip()
            options["options"] = f"{planner} -c statement_timeout={statement_timeout}"
        if read_only and not pgbouncer:
            options["options"] = f"{options.get('options', '')} -c default_transaction_read_only=on".strip()
        if "," in f"{options.get('host', '')}{url.get('HOST', '')}":
            if pgbouncer:
                # It answers clients from what it remembers of a server, even if that is down or was promoted.
                raise ImproperlyConfigured(
                    "PgBouncer does not say which of several hosts is the primary: name one PgBouncer in"
                    " DATABASE_URL, and let it lead to the primary, as docs/how-to/scale.md explains."
                )
            # Connect to whichever of several hosts is the primary now.
            options.setdefault("target_session_attrs", "read-write")
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

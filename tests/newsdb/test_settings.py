"""Settings in fresh interpreters: what the environment says decides, and its absence is safe."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import formats

from newsdb.environment import contact_object

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "k" * 25 + "0123456789-0123456789-0123456789",
    "ALLOWED_HOSTS": "news.example.org",
    "PUBLIC_URL": "https://news.example.org",
    "CONTACT": "desk@example.org",
}


def run(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with no variables but these and what finding programs needs."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull} | variables
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def show(checkout: Path, expression: str, **variables: str) -> str:
    """Return what an expression about the settings `s` gives, or fail with what went wrong."""
    done = run(checkout, "-c", f"from newsdb import settings as s; print(({expression}))", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_development_needs_nothing(checkout: Path) -> None:
    shown = show(checkout, "s.DEBUG, s.PUBLIC_URL, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT")
    assert shown == "(True, 'http://127.0.0.1:8000', ['127.0.0.1', 'localhost', '[::1]'], False)"


def test_development_follows_its_port(checkout: Path) -> None:
    assert show(checkout, "s.PUBLIC_URL", PORT="9001") == "http://127.0.0.1:9001"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"])
@pytest.mark.parametrize("command", [("manage.py", "check"), ("-c", "import newsdb.wsgi")])
def test_production_refuses_to_start_without(checkout: Path, command: tuple[str, ...], missing: str) -> None:
    done = run(checkout, *command, **(PRODUCTION | {missing: " "}))
    assert done.returncode != 0
    _, _, message = done.stderr.partition("cannot start in production")
    assert f"  {missing}: " in message
    assert all(f"  {name}: " not in message for name in PRODUCTION if name != missing)


def test_production_names_all_that_is_missing(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", DEBUG="false")
    assert done.returncode != 0
    assert all(f"  {name}: " in done.stderr for name in ("SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"))


def test_whoever_sets_one_of_them_is_deploying(checkout: Path) -> None:
    """A deployment that forgets DEBUG=false must not show its tracebacks."""
    done = run(checkout, "manage.py", "check", ALLOWED_HOSTS="news.example.org")
    assert done.returncode != 0
    assert "  SECRET_KEY: " in done.stderr
    forgetful = {name: value for name, value in PRODUCTION.items() if name != "DEBUG"}
    assert show(checkout, "s.DEBUG", **forgetful) == "False"


def test_production_refuses_the_key_in_the_source(checkout: Path) -> None:
    key = show(checkout, "s.SECRET_KEY")
    done = run(checkout, "manage.py", "check", **(PRODUCTION | {"SECRET_KEY": key}))
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


@pytest.mark.parametrize("address", ["news.example.org", "ftp://news.example.org", "https://"])
def test_public_url_is_an_address_of_the_web(checkout: Path, address: str) -> None:
    done = run(checkout, "manage.py", "check", **(PRODUCTION | {"PUBLIC_URL": address}))
    assert done.returncode != 0
    assert "PUBLIC_URL" in done.stderr


@pytest.mark.parametrize(
    "address", ["https://example.org/news", "https://example.org?a", "https://example.org/#a"]
)
def test_public_url_has_no_path(checkout: Path, address: str) -> None:
    done = run(checkout, "manage.py", "check", **(PRODUCTION | {"PUBLIC_URL": address}))
    assert done.returncode != 0
    assert "served at the root of a host" in done.stderr


def test_production_passes_the_deployment_check(checkout: Path) -> None:
    behind = {**PRODUCTION, "NUM_PROXIES": "1"}
    done = run(checkout, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **behind)
    assert done.returncode == 0, done.stderr


def test_the_deployment_check_asks_for_the_proxy(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode != 0
    assert "newsdb.W001) NUM_PROXIES is 0: newsdb needs a proxy in front" in done.stderr
    assert "1 issue" in done.stderr
    assert "newsdb.W001" not in run(checkout, "manage.py", "check").stderr


def test_a_server_without_a_contact_warns_at_its_start(checkout: Path) -> None:
    without = PRODUCTION | {"CONTACT": ""}
    begin = ("-c", "import newsdb.wsgi")
    assert (
        "CONTACT is not set: people who are misquoted cannot tell you."
        in run(checkout, *begin, **without).stderr
    )
    assert "CONTACT" not in run(checkout, *begin, **PRODUCTION).stderr


def test_env_file_is_read_beneath_the_environment(checkout: Path, tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("PUBLIC_URL=http://127.0.0.1:1\nDEBUG=true\nSTATEMENT_TIMEOUT=7\n")
    shown = show(checkout, "s.PUBLIC_URL, s.STATEMENT_TIMEOUT", ENV_FILE=str(file), STATEMENT_TIMEOUT="8")
    assert shown == "('http://127.0.0.1:1', 8)"


def test_sqlite_waits_for_its_turn(checkout: Path) -> None:
    shown = show(checkout, "s.DATABASES['default']")
    assert "'ENGINE': 'newsdb.sqlite'" in shown
    assert "'transaction_mode': 'IMMEDIATE'" in shown
    assert f"'NAME': '{checkout / 'db.sqlite3'}'" in shown


def test_a_new_sqlite_file_has_room_on_its_pages_for_the_ledger(checkout: Path, tmp_path: Path) -> None:
    asked = "from django.db import connection as c; print(*c.cursor().execute('PRAGMA page_size').fetchone())"
    served = run(
        checkout, "-c", f"import newsdb.wsgi; {asked}", DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3"
    )
    assert served.stdout.strip() == "8192", served.stderr


def test_sqlite_limits_what_a_request_may_take(checkout: Path) -> None:
    served = run(checkout, "-c", f"{LIMIT}['statement_timeout'])")
    assert served.stdout.strip() == "5000", served.stderr
    assert "'statement_timeout': 0" in run(checkout, "manage.py", "diffsettings").stdout


LIMIT = "import newsdb.wsgi; from django.conf import settings as s; print(s.DATABASES['default']['OPTIONS']"
POSTGRESQL = "postgres://u:p@db.example.org/newsdb?options=-c%20geqo%3Doff"


def test_postgresql_limits_what_a_request_may_take(checkout: Path) -> None:
    served = run(checkout, "-c", f"{LIMIT}['options'])", DATABASE_URL=POSTGRESQL)
    expected = "-c random_page_cost=1.1 -c geqo=off -c statement_timeout=5000"
    assert served.stdout.strip() == expected, served.stderr


def test_a_server_that_is_gone_is_given_up_in_seconds(checkout: Path) -> None:
    limits = "[s.DATABASES['default']['OPTIONS'][name] for name in ('connect_timeout', 'tcp_user_timeout')]"
    assert show(checkout, limits, DATABASE_URL=POSTGRESQL) == "[3, 10000]"
    patient = f"{POSTGRESQL}&connect_timeout=60"
    assert show(checkout, limits, DATABASE_URL=patient) == "[60, 10000]"


@pytest.mark.parametrize(
    ("variables", "form"), [({}, "line"), (PRODUCTION, "json"), (PRODUCTION | {"LOG_FORMAT": "line"}, "line")]
)
def test_production_logs_for_programs(checkout: Path, variables: dict[str, str], form: str) -> None:
    assert show(checkout, "s.LOGGING['handlers']['stderr']['formatter']", **variables) == form


def test_a_form_of_log_lines_that_there_is_not_is_refused(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", LOG_FORMAT="xml")
    assert done.returncode != 0
    assert "LOG_FORMAT is 'xml'" in done.stderr


@pytest.mark.parametrize(("without", "threshold"), [("false", "5"), ("true", "None")])
def test_plans_are_kept_unless_a_pooler_forbids_it(checkout: Path, without: str, threshold: str) -> None:
    option = "s.DATABASES['default']['OPTIONS']['prepare_threshold']"
    variables = {"DATABASE_URL": POSTGRESQL.partition("?")[0], "PGBOUNCER": without}
    assert show(checkout, option, **variables) == threshold


def test_options_that_pgbouncer_would_refuse_are_refused(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", DATABASE_URL=POSTGRESQL, PGBOUNCER="true")
    assert done.returncode != 0
    assert "PgBouncer ignores `options` in DATABASE_URL" in done.stderr


def test_postgresql_does_not_limit_commands(checkout: Path) -> None:
    shown = run(checkout, "manage.py", "diffsettings", DATABASE_URL=POSTGRESQL).stdout
    assert "STATEMENT_TIMEOUT = 0" in shown
    assert "-c geqo=off'" in shown


def test_other_stores_are_refused(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", DATABASE_URL="mysql://u@db.example.org/newsdb")
    assert done.returncode != 0
    assert "DATABASE_URL must begin with sqlite:// or postgres://" in done.stderr


def test_days_are_written_as_the_api_writes_them() -> None:
    moment = datetime(2024, 3, 4, 5, 6, tzinfo=UTC)
    assert formats.date_format(moment.date(), "DATE_FORMAT") == "2024-03-04"
    assert formats.date_format(moment, "DATETIME_FORMAT") == "2024-03-04 05:06"


def test_replicas_are_of_postgresql(checkout: Path) -> None:
    replicas = {"DATABASE_REPLICA_URLS": "postgres://b/newsdb,postgres://c/newsdb"}
    names = "[(alias, each['HOST']) for alias, each in s.DATABASES.items()]"
    shown = show(checkout, names, DATABASE_URL="postgres://a,b/newsdb", **replicas)
    assert shown == "[('default', 'a,b'), ('replica1', 'b'), ('replica2', 'c')]"
    session = "s.DATABASES['default']['OPTIONS']['target_session_attrs']"
    assert show(checkout, session, DATABASE_URL="postgres://a,b/newsdb", **replicas) == "read-write"
    done = run(checkout, "manage.py", "check", **replicas)
    assert "DATABASE_REPLICA_URLS names standbys of PostgreSQL" in done.stderr


def test_behind_pgbouncer_one_host_is_the_primary(checkout: Path) -> None:
    done = run(checkout, "manage.py", "check", DATABASE_URL="postgres://a,b/newsdb", PGBOUNCER="true")
    assert done.returncode != 0
    assert "name one PgBouncer in DATABASE_URL" in done.stderr


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"SHARED_CACHE_SECONDS": "1"}, "must be 0, or between 2 and 50"),
        ({"SHARED_CACHE_SECONDS": "51"}, "must be 0, or between 2 and 50"),
        (
            {"SHARED_CACHE_SECONDS": "41", "DATABASE_REPLICA_URLS": "postgres://b/newsdb"},
            "must be 50 together",
        ),
    ],
)
def test_what_is_retracted_is_gone_within_a_minute(
    checkout: Path, given: dict[str, str], complaint: str
) -> None:
    done = run(checkout, "manage.py", "check", DATABASE_URL="postgres://a/newsdb", **given)
    assert done.returncode != 0
    assert complaint in done.stderr


@pytest.mark.parametrize("replicas", [{}, {"DATABASE_REPLICA_URLS": "postgres://b/newsdb"}])
def test_a_shared_cache_may_keep_answers_for_less(checkout: Path, replicas: dict[str, str]) -> None:
    seconds = "40" if replicas else "50"
    environment = {"DATABASE_URL": "postgres://a/newsdb", "SHARED_CACHE_SECONDS": seconds, **replicas}
    assert show(checkout, "s.SHARED_CACHE_SECONDS", **environment) == seconds


@pytest.mark.parametrize(
    ("contact", "described"),
    [
        ("mailto:desk@news.example?subject=newsdb", {"email": "desk@news.example"}),
        ("https://news.example/wrong", {"url": "https://news.example/wrong"}),
    ],
)
def test_the_description_names_an_address_to_write_to_or_a_page(
    contact: str, described: dict[str, str]
) -> None:
    assert contact_object(contact) == described

"""The environment, or else a file `.env`, and the settings whose values are checked before anything starts.

`DEBUG` decides between development and production. If it is unset, it is true only while SECRET_KEY,
ALLOWED_HOSTS and PUBLIC_URL are unset too: whoever sets one of them is deploying, and a deployment that
forgets `DEBUG=false` must not show tracebacks to strangers. Production does not start until all three are
set. Development needs none of them, and is reachable from this machine only.

Each function raises ImproperlyConfigured, with what to set instead.
"""

import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
if _file.is_file():
    env.read_env(_file)

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text, as from: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
    "ALLOWED_HOSTS": "the host names it answers to, such as news.example.org,www.news.example.org",
    "PUBLIC_URL": "its public base URL, such as https://news.example.org",
}
# Public by design: it signs only sessions and cursors of a server that is reachable from this machine only.
DEVELOPMENT_SECRET_KEY = "django-insecure-for-development-on-this-machine-only"  # noqa: S105


def debug() -> bool:
    missing = [name for name in REQUIRED_IN_PRODUCTION if not env.str(name, "").strip()]
    debug = env.bool("DEBUG", default=missing == list(REQUIRED_IN_PRODUCTION))
    if missing and not debug:
        raise ImproperlyConfigured(
            "newsdb cannot start in production until these are set in the environment or in .env:\n"
            + "".join(f"  {name}: {REQUIRED_IN_PRODUCTION[name]}\n" for name in missing)
            + "For development on this machine set DEBUG=true, or none of "
            + ", ".join(REQUIRED_IN_PRODUCTION)
            + "."
        )
    return debug


def secret_key(*, debug: bool) -> str:
    key = env.str("SECRET_KEY", "") or DEVELOPMENT_SECRET_KEY
    if not debug and key == DEVELOPMENT_SECRET_KEY:
        raise ImproperlyConfigured(
            f"SECRET_KEY is the development key, which is public. Set {REQUIRED_IN_PRODUCTION['SECRET_KEY']}"
        )
    return key


def public_url(*, port: int) -> SplitResult:
    """The base of every `url` in the API: a scheme and a host, and no path."""
    given = (env.str("PUBLIC_URL", "") or f"http://127.0.0.1:{port}").rstrip("/")
    url = urlsplit(given)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ImproperlyConfigured(f"PUBLIC_URL is {given!r}: set an address like https://news.example.org")
    if url.path or url.query or url.fragment:
        raise ImproperlyConfigured(
            f"PUBLIC_URL is {given!r}: newsdb is served at the root of a host, not below a path."
            " Give it a host of its own, such as https://news.example.org"
        )
    return url


def contact() -> str:
    """A URL, `mailto:` for an e-mail address; empty if unset."""
    given = env.str("CONTACT", "").removeprefix("mailto:")
    return f"mailto:{given}" if "@" in given and "://" not in given else given


def contact_object(contact: str) -> dict[str, str]:
    """The contact as OpenAPI has it: an e-mail address, or the URL of a page."""
    if contact.startswith("mailto:"):
        return {"email": contact.removeprefix("mailto:").partition("?")[0]}
    return {"url": contact}


def shared_cache_seconds(*, replica_lag: float) -> int:
    """`replica_lag` is by how many seconds what is cached may be late already."""
    # Caches count in whole seconds. Retractions must be seen within a minute, of which a response takes some.
    seconds = env.int("SHARED_CACHE_SECONDS", 0)
    if seconds and not 2 <= seconds <= 50:
        raise ImproperlyConfigured("SHARED_CACHE_SECONDS must be 0, or between 2 and 50.")
    if seconds and seconds + replica_lag > 50:
        raise ImproperlyConfigured(
            "SHARED_CACHE_SECONDS and REPLICA_MAX_LAG must be 50 together at most, so that nothing retracted"
            " is served for longer than a minute."
        )
    return seconds


def log_format(*, debug: bool) -> str:
    """json: one JSON object per line, for programs. line: a line of text, for people."""
    given = env.str("LOG_FORMAT", "line" if debug else "json")
    if given not in ("json", "line"):
        raise ImproperlyConfigured(f"LOG_FORMAT is {given!r}: set json or line.")
    return given


def metrics_directory() -> str:
    """The directory, which exists, or empty. The variable is prometheus_client's, which reads it too."""
    given = env.str("PROMETHEUS_MULTIPROC_DIR", "")
    if given and not Path(given).is_dir():
        raise ImproperlyConfigured(f"PROMETHEUS_MULTIPROC_DIR is {given!r}: no such directory.")
    return given

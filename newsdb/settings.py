"""Settings, read from the environment and, beneath it, from a file `.env`.

`DEBUG` decides between development and production. Unset, it is true only while SECRET_KEY,
ALLOWED_HOSTS and PUBLIC_URL are all unset too: whoever sets one of them is deploying, and a
deployment that forgets `DEBUG=false` must not show its tracebacks to strangers. Production refuses
to start until all three are set; development needs none and answers to this machine only.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from newsdb import __version__, logs
from newsdb.databases import configured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
if env_file.is_file():
    env.read_env(env_file)

# ── Development or production ────────────────────────────────────────────────────────────────

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text, as from: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
    "ALLOWED_HOSTS": "the host names it answers to, as in: news.example.org,www.news.example.org",
    "PUBLIC_URL": "its address as the world writes it, as in: https://news.example.org",
}
missing = [name for name in REQUIRED_IN_PRODUCTION if not env.str(name, "").strip()]

DEBUG = env.bool("DEBUG", default=missing == list(REQUIRED_IN_PRODUCTION))

if missing and not DEBUG:
    raise ImproperlyConfigured(
        "newsdb does not start in production before these are set in the environment or in .env:\n"
        + "".join(f"  {name}: {REQUIRED_IN_PRODUCTION[name]}\n" for name in missing)
        + "For development on this machine set DEBUG=true, or none of "
        + ", ".join(REQUIRED_IN_PRODUCTION)
        + "."
    )

PORT = env.int("PORT", 8000)
# Public by design: it signs only the sessions and cursors of a server that answers to this machine alone.
DEVELOPMENT_SECRET_KEY = "django-insecure-for-development-on-this-machine-only"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", "") or DEVELOPMENT_SECRET_KEY
if not DEBUG and SECRET_KEY == DEVELOPMENT_SECRET_KEY:
    raise ImproperlyConfigured(
        f"SECRET_KEY is the one all can read in the source. Set {REQUIRED_IN_PRODUCTION['SECRET_KEY']}"
    )

# Former keys still verify sessions, cursors and hashes of erased texts.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or ["127.0.0.1", "localhost", "[::1]"]

# Every `url` in the API begins with it: a record's address must not follow a request's Host header.
PUBLIC_URL = (env.str("PUBLIC_URL", "") or f"http://127.0.0.1:{PORT}").rstrip("/")
public = urlsplit(PUBLIC_URL)
if public.scheme not in ("http", "https") or not public.hostname:
    raise ImproperlyConfigured(f"PUBLIC_URL is {PUBLIC_URL!r}: set an address like https://news.example.org")
if public.path or public.query or public.fragment:
    raise ImproperlyConfigured(
        f"PUBLIC_URL is {PUBLIC_URL!r}: newsdb is served at the root of a host, not below a path."
        " Give it a host of its own, as in https://news.example.org"
    )
# Addresses never depend on a prefix from the request or the server.
FORCE_SCRIPT_NAME = ""

# ── What is installed ────────────────────────────────────────────────────────────────────────

DATASET_APPS = ["actors", "articles"]
INSTALLED_APPS = [
    "newsdb.apps.NewsdbConfig",
    *DATASET_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "newsdb.middleware.RequestMiddleware",
    "newsdb.middleware.ConcurrencyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsdb.middleware.PolicyMiddleware",
    "newsdb.middleware.CrossOriginMiddleware",
    "newsdb.middleware.BrowserMiddleware",
    "newsdb.middleware.SessionOfPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsdb.middleware.AuthenticationOfPages",
    "newsdb.middleware.MessagesOfPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsdb.urls"
WSGI_APPLICATION = "newsdb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.pages.frame.sample",
            ],
        },
    },
]

# ── The data store ───────────────────────────────────────────────────────────────────────────

# In milliseconds, 0 for none. manage.py sets none for commands, since a migration may take its time.
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 5000)
# Whether DATABASE_URL is the address of PgBouncer in transaction mode.
PGBOUNCER = env.bool("PGBOUNCER", False)
DATABASES = {
    "default": configured(
        env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
        statement_timeout=STATEMENT_TIMEOUT,
        max_age=env.int("CONN_MAX_AGE", 60),
        pgbouncer=PGBOUNCER,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Under which the dataset itself is handed on. It does not hold publishers' texts, whose rights are theirs.
DATASET_LICENCE = {
    "name": env.str("DATASET_LICENCE", "CC0-1.0"),
    "url": env.str("DATASET_LICENCE_URL", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
# Who hears of mistakes: a mail address or the address of a page. And what the law may ask of who publishes.
CONTACT = env.str("CONTACT", "").removeprefix("mailto:")
CONTACT = f"mailto:{CONTACT}" if "@" in CONTACT and "://" not in CONTACT else CONTACT
PRIVACY_URL = env.str("PRIVACY_URL", "")
IMPRINT_URL = env.str("IMPRINT_URL", "")
# Whose subdirectories, as export_dataset writes them, /api/v1/dataset/ lists; empty: none.
RELEASES_DIR = env.str("RELEASES_DIR", "")

# ── What reading a page may cost ─────────────────────────────────────────────────────────────

# Seconds of processor time for one document that is ingested, submitted or read for its quotations; 0 for
# no limit. An article takes a twentieth of a second, a text of 200,000 words some ten.
INGEST_SECONDS = env.float("INGEST_SECONDS", 10.0)

# A table of confidence that `calibrate --write` makes of the instance's own reviews; empty: the shipped one.
CALIBRATION_FILE = env.str("CALIBRATION_FILE", "")

# ── The response cache of a process ──────────────────────────────────────────────────────────

# In bytes. Whoever asks the same of the same version of the dataset gets the cached response.
RESPONSE_CACHE_BYTES = env.int("RESPONSE_CACHE_BYTES", 4 * 2**20)

# ── Language, time, files ────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en"
USE_I18N = False
FORMAT_MODULE_PATH = "newsdb.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
# Development serves the files where the packages keep them; production runs collectstatic once.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ── Who may do what ──────────────────────────────────────────────────────────────────────────

# Also where the address that a login asks to be sent on to is refused.
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# How many passwords may be wrong within AXES_COOLOFF_TIME; newsdb.admin.lockout says why each is counted.
LOGIN_LIMITS = {"name and network": 5, "network": 20, "name": 50}
AXES_HANDLER = "newsdb.admin.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "newsdb.api.request.throttling.client_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 1  # of the handler's limits
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_TIME = 0.25  # hours
AXES_COOLOFF_MESSAGE = (
    "Too many wrong passwords for this name or from your network. Wait 15 minutes, then log in again;"
    " or have whoever runs this server unlock the name."
)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes

# Anyone's page may read the API; no other site's page may use a curator's session.
CORS_ALLOW_ALL_ORIGINS = True
# Whose pages may write, with a token: origins like https://desk.example.org
CORS_WRITE_ORIGINS = env.list("CORS_WRITE_ORIGINS", default=[])
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["Accept", "If-None-Match"]
CORS_EXPOSE_HEADERS = [
    "Counts-Complete",
    "Dataset-Version",
    "ETag",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Record-Count",
    "Retry-After",
    "X-Request-ID",
]
CORS_URLS_REGEX = r"^/api/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's own style sheet draws some icons inline
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

HTTPS = not DEBUG and public.scheme == "https"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", HTTPS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "newsdb.api.response.problems.csrf_failure"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", HTTPS)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", HTTPS)
# Name the header only behind a proxy that always sets it, as in: HTTP_X_FORWARDED_PROTO,https
SECURE_PROXY_SSL_HEADER = tuple(env.list("SECURE_PROXY_SSL_HEADER", default=[])) or None
CSRF_TRUSTED_ORIGINS = [f"{public.scheme}://{public.netloc}"]

# ── The API ──────────────────────────────────────────────────────────────────────────────────

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["newsdb.api.response.renderers.JSONRenderer"],
    "URL_FORMAT_OVERRIDE": None,  # ours is a parameter like any other
    "EXCEPTION_HANDLER": "newsdb.api.response.problems.exception_handler",
    "DEFAULT_PAGINATION_CLASS": "newsdb.api.response.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "newsdb.api.openapi.schema.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["newsdb.api.request.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["newsdb.api.request.permissions.EditorsWrite"],
    "UNAUTHENTICATED_USER": None,
    # How many proxies in front are ours: X-Forwarded-For is believed that far, by default not at all.
    "NUM_PROXIES": env.int("NUM_PROXIES", 0),
}

# Requests a minute in each worker process, 0 for any number: of one address without a token, of one token
# that reads, of one that writes; and checks of a draft, which take longer, of whomever.
RATE_LIMITS = {
    scope: env.int(f"RATE_LIMIT_{scope.upper()}", 0 if DEBUG else quota)
    for scope, quota in {"anonymous": 600, "reader": 3000, "writer": 3000, "checks": 60}.items()
}

SPECTACULAR_SETTINGS = {
    "TITLE": "newsdb",
    "DESCRIPTION": "Who said what, when, and where exactly is it printed.",
    "VERSION": __version__,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # From the installed package, so that the pages work without a network.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Those of a view come in the order in which people need them.
    "SORT_OPERATION_PARAMETERS": False,
    "SERVERS": [{"url": "/", "description": "This instance."}],
    "LICENSE": DATASET_LICENCE,
    **({"CONTACT": {"url": CONTACT}} if CONTACT else {}),
    "TAGS": [
        {"name": name, "description": description}
        for name, description in {
            "statements": "Who said what, when, and where exactly it is printed.",
            "speakers": "Actors with statements, and how many each has.",
            "actors": "People and organisations, with all their names and roles.",
            "outlets": "Who publishes.",
            "articles": "What they published: bylines, captures, printed lists.",
            "authors": "Actors with bylines, and how many each has.",
            "related-links": "Links printed with articles.",
            "checks": "A text held against the dataset.",
            "changes": "Every change of a public record, to follow.",
            "dataset": "What the dataset covers, and how it may be used.",
            "captures": "Pages as they were received.",
            "api": "The list of all these.",
            "schema": "The description of the API.",
            "docs": "The description as a page.",
        }.items()
    ],
    # Choices stand where they are used: the hook we leave out would invent a name for each list of them.
    "POSTPROCESSING_HOOKS": [],
}

# ── What it tells whoever runs it ────────────────────────────────────────────────────────────

# One JSON object a line for programs, or a line for people.
LOG_FORMAT = env.str("LOG_FORMAT", "line" if DEBUG else "json")
if LOG_FORMAT not in ("json", "line"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}: set json or line.")
LOGGING = logs.configuration(LOG_FORMAT, level=env.str("LOG_LEVEL", "INFO"))

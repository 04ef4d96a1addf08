"""Settings, read from the environment or else from a file `.env`; newsdb/environment.py checks some."""

from csp.constants import NONE, SELF

from newsdb import __version__, environment, logs
from newsdb.databases.configuration import databases
from newsdb.environment import BASE_DIR, env

# ── Development or production ────────────────────────────────────────────────────────────────

DEBUG = environment.debug()
PORT = env.int("PORT", 8000)
SECRET_KEY = environment.secret_key(debug=DEBUG)
# Former keys still verify sessions, cursors and hashes of erased texts.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or ["127.0.0.1", "localhost", "[::1]"]

# The base of every `url` in the API: a record's address must not depend on a request's Host header.
public = environment.public_url(port=PORT)
PUBLIC_URL = public.geturl()
# Addresses never depend on a prefix from the request or the server.
FORCE_SCRIPT_NAME = ""

# ── Apps and middleware ──────────────────────────────────────────────────────────────────────

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
    "newsdb.replica_middleware.ReplicaMiddleware",
    "newsdb.middleware.PageSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsdb.middleware.PageAuthenticationMiddleware",
    "newsdb.middleware.PageMessageMiddleware",
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

# ── The database ─────────────────────────────────────────────────────────────────────────────

# In milliseconds, 0 for none. manage.py sets none for commands, since migrations may run for long.
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 5000)
# How many records a request may rewrite at most, for example by renaming an actor; a command may rewrite
# more.
REWRITE_LIMIT = env.int("REWRITE_LIMIT", 10_000)
# Whether DATABASE_URL is that of PgBouncer in transaction mode.
PGBOUNCER = env.bool("PGBOUNCER", False)
DATABASES = databases(
    env,
    default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
    statement_timeout=STATEMENT_TIMEOUT,
    pgbouncer=PGBOUNCER,
)
DATABASE_ROUTERS = ["newsdb.databases.routing.Router"] if len(DATABASES) > 1 else []
# In seconds. A replica that lags by more is not read from.
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", 10.0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The licence of the dataset itself. It does not cover publishers' texts, which are under their copyright.
DATASET_LICENCE = {
    "name": env.str("DATASET_LICENCE", "CC0-1.0"),
    "url": env.str("DATASET_LICENCE_URL", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
# Where readers report mistakes: an e-mail address or a page's URL. Then the URLs of pages that the law may
# require.
CONTACT = environment.contact()
PRIVACY_URL = env.str("PRIVACY_URL", "")
IMPRINT_URL = env.str("IMPRINT_URL", "")
# The directory of releases written by export_dataset, which /api/v1/dataset/ lists; empty for none.
RELEASES_DIR = env.str("RELEASES_DIR", "")

# ── Reading documents ────────────────────────────────────────────────────────────────────────

# Seconds of processor time for a document that is ingested, submitted or searched for quotations; 0 for no
# limit. An article takes a twentieth of a second, a text of 200,000 words about ten seconds.
INGEST_SECONDS = env.float("INGEST_SECONDS", 10.0)

# A calibration file that `calibrate --write` makes from the instance's own reviews; empty for the shipped
# one.
CALIBRATION_FILE = env.str("CALIBRATION_FILE", "")

# ── The response cache of a process ──────────────────────────────────────────────────────────

# In bytes. The same request gets the cached response until the dataset's version changes.
RESPONSE_CACHE_BYTES = env.int("RESPONSE_CACHE_BYTES", 4 * 2**20)

# ── Shared caches in front ───────────────────────────────────────────────────────────────────

# For how many seconds a shared cache may serve an anonymous response after it has changed; 0 for not at all.
SHARED_CACHE_SECONDS = environment.shared_cache_seconds(
    replica_lag=REPLICA_MAX_LAG if DATABASE_ROUTERS else 0
)

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

# ── Access ───────────────────────────────────────────────────────────────────────────────────

# The redirect applies after a login without a `next` address, or with one that is not allowed.
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
# The number of wrong passwords allowed within AXES_COOLOFF_TIME; newsdb.admin.lockout explains the three.
LOGIN_LIMITS = {"name and network": 5, "network": 20, "name": 50}
AXES_HANDLER = "newsdb.admin.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "newsdb.api.request.throttling.client_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 1  # the handler returns 1 when one of LOGIN_LIMITS is reached
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_TIME = 0.25  # hours
AXES_COOLOFF_MESSAGE = (
    "Too many wrong passwords for this name or from your network. Wait 15 minutes, then log in again;"
    " or ask whoever runs this server to unlock the name."
)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes

# Pages of any site may read the API, but none of another site may use a curator's session.
CORS_ALLOW_ALL_ORIGINS = True
# Origins whose pages may write, with a token, like https://desk.example.org
CORS_WRITE_ORIGINS = env.list("CORS_WRITE_ORIGINS", default=[])
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["Accept", "If-Dataset-Version", "If-None-Match"]
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
        "img-src": [SELF, "data:"],  # the admin's style sheet has some inline icons
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
    "URL_FORMAT_OVERRIDE": None,  # our `format` is a parameter like any other
    "EXCEPTION_HANDLER": "newsdb.api.response.problems.exception_handler",
    "DEFAULT_PAGINATION_CLASS": "newsdb.api.response.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "newsdb.api.openapi.schema.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["newsdb.api.request.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["newsdb.api.request.permissions.EditorsWrite"],
    "UNAUTHENTICATED_USER": None,
    # How many proxies in front are ours. X-Forwarded-For is trusted that far; by default not at all.
    "NUM_PROXIES": env.int("NUM_PROXIES", 0),
}

# Requests per minute in each worker process, 0 for no limit: per address without a token, per read token, per
# write token; and checks of drafts, which take longer, per client of any kind.
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
    # The parameters of a view are in the order in which people need them.
    "SORT_OPERATION_PARAMETERS": False,
    "SERVERS": [{"url": "/", "description": "This instance."}],
    "LICENSE": DATASET_LICENCE,
    **({"CONTACT": environment.contact_object(CONTACT)} if CONTACT else {}),
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
            "checks": "A text checked against the dataset.",
            "changes": "Every change of a public record, in order.",
            "dataset": "What the dataset covers, and how it may be used.",
            "captures": "Pages as they were received.",
            "api": "The list of all resources.",
            "schema": "The description of the API.",
            "docs": "The description as a page.",
        }.items()
    ],
    # Without the default hook, which would invent a component name for each list of choices.
    "POSTPROCESSING_HOOKS": [],
}

# ── Logging ──────────────────────────────────────────────────────────────────────────────────

LOG_FORMAT = environment.log_format(debug=DEBUG)
METRICS_DIRECTORY = environment.metrics_directory()
LOGGING = logs.configuration(LOG_FORMAT, level=env.str("LOG_LEVEL", "INFO"))

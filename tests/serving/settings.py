"""Settings under which pages are served without collectstatic."""

from newsdb.settings import *  # noqa: F403
from newsdb.settings import STORAGES

STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

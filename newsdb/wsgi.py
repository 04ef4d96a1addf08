"""The WSGI application that gunicorn serves: `gunicorn newsdb.wsgi`."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsdb.checks import check_contact

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")

application = get_wsgi_application()

if not settings.DEBUG:
    for warning in check_contact():
        logging.getLogger("newsdb").warning("%s %s", warning.msg, warning.hint)

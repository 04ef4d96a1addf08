"""The confidence table in use: the instance's own if it has one, else the one that ships."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from articles.reading.quotations import VERSION
from articles.reading.quotations.calibration import Calibration, parse_calibration

SHIPPED = Calibration(VERSION)


def current_calibration() -> Calibration:
    """The table in ``CALIBRATION_FILE`` if it is for this version of the reader, else the one that ships.

    Raises ``ImproperlyConfigured`` if the file cannot be read.
    """
    calibration = stored_calibration()
    return calibration if calibration and calibration.reader == VERSION else SHIPPED


def stored_calibration() -> Calibration | None:
    """The table in ``CALIBRATION_FILE``; None if there is no such file yet."""
    path = Path(settings.CALIBRATION_FILE or ".")
    try:
        return _read(path, path.stat().st_mtime_ns) if settings.CALIBRATION_FILE else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"CALIBRATION_FILE {path} cannot be read: {error}") from None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Calibration:
    return parse_calibration(path.read_text(encoding="utf-8"))


def check_calibration(**kwargs: Any) -> list[CheckMessage]:
    """Check that ``CALIBRATION_FILE`` can be read and is for this version of the reader."""
    try:
        calibration = stored_calibration()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="articles.E001")]
    if calibration is None or calibration.reader == VERSION:
        return []
    return [
        Warning(
            f"CALIBRATION_FILE is for version {calibration.reader} of the reader, which is now {VERSION}:"
            " the shipped table is used.",
            hint="Run `manage.py calibrate --write` once enough has been reviewed.",
            id="articles.W001",
        )
    ]

"""The units for systemd are valid, keep newsdb from what it does not need, and fit the rest."""

import configparser
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SHIPPED = Path(settings.BASE_DIR) / "deploy"
UNITS = ("newsdb.service", "newsdb.socket")
#: Of systemd's own scale from 0 to 10: "OK" reaches to 4; a service that says nothing has 9.6.
EXPOSURE = 1.2
NO_SYSTEMD = "systemd-analyze is not on this machine"


@pytest.fixture(scope="module")
def analyze() -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(NO_SYSTEMD)
        pytest.skip(NO_SYSTEMD)
    return program


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((SHIPPED / name).read_text())
    return parser


def test_they_are_valid(analyze: str, tmp_path: Path) -> None:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    for name in UNITS:
        (tmp_path / name).write_text((SHIPPED / name).read_text().replace("/srv/newsdb", str(tmp_path)))
    command = [analyze, "verify", *(str(tmp_path / name) for name in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_service_has_few_rights(analyze: str, name: str) -> None:
    command = [analyze, "security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}", "--no-pager"]
    done = subprocess.run([*command, SHIPPED / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_the_service_outlasts_the_requests_in_hand() -> None:
    gunicorn = runpy.run_path(str(SHIPPED.parent / "gunicorn.conf.py"))
    assert int(unit("newsdb.service")["Service"]["TimeoutStopSec"]) > gunicorn["graceful_timeout"]
    (kept,) = re.findall(r"keepalive_timeout (\d+)s", (SHIPPED / "nginx.conf").read_text())
    assert int(kept) < gunicorn["keepalive"]


def test_nginx_finds_the_socket() -> None:
    socket = unit("newsdb.socket")["Socket"]["ListenStream"]
    assert f"server unix:{socket};" in (SHIPPED / "nginx.conf").read_text()

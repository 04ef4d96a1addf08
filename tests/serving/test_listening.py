"""What gunicorn itself warns of: that clients may reach it without a proxy, but not what they send."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAYS_WHERE = """
import runpy, socket, sys
class Log:
    def warning(self, text, *facts): print(text % facts)
class Listener:
    def __init__(self, family, address):
        self.sock = socket.socket(family); self.sock.bind(address)
class Server:
    log = Log()
listeners = {
    "world": (socket.AF_INET, ("0.0.0.0", 0)),
    "machine": (socket.AF_INET, ("127.0.0.1", 0)),
    "socket": (socket.AF_UNIX, "\\0newsdb-test-%d" % __import__("os").getpid()),
}
Server.LISTENERS = [Listener(*listeners[sys.argv[1]])]
runpy.run_path("gunicorn.conf.py")["when_ready"](Server)
"""


@pytest.mark.parametrize(("where", "warned"), [("world", True), ("machine", False), ("socket", False)])
def test_whoever_listens_to_a_network_is_warned(where: str, warned: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAYS_WHERE, where],
        cwd=settings.BASE_DIR,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("It needs a proxy in front that buffers" in done.stdout) == warned


LOGS = """
import runpy
from gunicorn.config import Config
log = runpy.run_path("gunicorn.conf.py")["logger_class"](Config())
log.warning("Invalid request from ip=192.0.2.1: Invalid HTTP header name: 'X Evil'")
log.warning("Worker exiting")
"""


def test_what_is_no_http_is_no_warning() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOGS],
        cwd=settings.BASE_DIR,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    invalid, exiting = done.stderr.splitlines()
    assert "[INFO] Invalid request from" in invalid
    assert "[WARNING] Worker exiting" in exiting

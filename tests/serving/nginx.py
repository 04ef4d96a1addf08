"""nginx with the configuration that ships, on this machine's ports and paths."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving.server import HOST

SHIPPED = Path(__file__).resolve().parents[2] / "deploy"
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NO_NGINX = "nginx is not on this machine (Debian: apt-get install nginx-light)"
#: The rest of what Debian's own nginx.conf says, as little as will do.
MAIN = """{user}
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/nginx-error.log;
events {{ }}
http {{
    types {{ text/css css; }}
    default_type application/octet-stream;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    include {directory}/site.conf;
}}
"""


@dataclass
class Nginx:
    """nginx in front of ``upstream``, as its configuration names it; ``directory`` has its files and logs.

    ``port`` is for TLS, ``plain`` for requests without; both are on this machine alone.
    """

    upstream: str
    directory: Path

    def __post_init__(self) -> None:
        self.plain, self.port = free_port(), free_port()

    def configure(self) -> Path:
        """Write the configuration that ships, with this machine's ports and paths in it; where it is."""
        certificate, key = self.directory / "certificate.pem", self.directory / "key.pem"
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
        command = ["openssl", "req", "-x509", *kind, *name, "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, capture_output=True)
        text = re.sub(r"^ *listen \[::\].*\n", "", (SHIPPED / "nginx.conf").read_text(), flags=re.MULTILINE)
        for shipped, here in {
            "unix:/run/newsdb.socket": self.upstream,
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "/etc/letsencrypt/live/news.example.org/fullchain.pem": str(certificate),
            "/etc/letsencrypt/live/news.example.org/privkey.pem": str(key),
            "/newsdb-error.log;": "/newsdb-error.log warn;",
            "/var/log/nginx/": f"{self.directory}/",
            "/var/cache/nginx-newsdb": f"{self.directory}/cache",
            "root /srv/newsdb;": f"root {self.directory};",
        }.items():
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        (self.directory / "site.conf").write_text(text)
        main = self.directory / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        main.write_text(MAIN.format(user=user, directory=self.directory))
        return main

    @contextmanager
    def running(self) -> Iterator[None]:
        """nginx answers until the block ends. Raises RuntimeError with what it says against its files."""
        assert PROGRAM
        main = self.configure()
        checked = subprocess.run([PROGRAM, "-t", "-c", main], capture_output=True, text=True, check=False)
        if checked.returncode or "[warn]" in checked.stderr:
            raise RuntimeError(checked.stderr)
        nginx = subprocess.Popen([PROGRAM, "-c", main])
        try:
            wait_for(self.port)
            yield
        finally:
            nginx.terminate()
            nginx.wait(10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.02)

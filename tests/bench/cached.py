"""How many pages a second nginx serves from its cache, beside newsdb and beside a file of the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load import ask_http
from tests.bench.options import LIMIT
from tests.bench.peers.newsdb import STATEMENTS, Newsdb
from tests.bench.serving import HOST
from tests.serving.nginx import NO_NGINX, PROGRAM, Nginx

CACHED, APPLICATION, FILE = "nginx, from its cache", "newsdb itself", "nginx, a file of the same bytes"
PAGE = f"{STATEMENTS}?limit={LIMIT}"


class _Shared(Newsdb):
    """newsdb that lets a shared cache serve its answers, as deploy/environment has it."""

    def environment(self) -> Mapping[str, str]:
        return {**super().environment(), "SHARED_CACHE_SECONDS": "10"}


def measure(store: str, url: str, seconds: int) -> dict[str, float]:
    """Answers a second, by who gives them. Raises RuntimeError without nginx."""
    if PROGRAM is None:
        raise RuntimeError(NO_NGINX)
    server = _Shared(store, url)
    with TemporaryDirectory() as name, server.ready():
        static = Path(name) / "static"
        static.mkdir()
        (static / "page.json").write_bytes(server.get(PAGE)[2])
        nginx = Nginx(f"{HOST}:{server.port}", Path(name))
        with nginx.running():
            address = f"https://{HOST}:{nginx.port}"
            return {
                CACHED: ask_http(address, [PAGE], seconds)[0],
                FILE: ask_http(address, ["/static/page.json"], seconds)[0],
                APPLICATION: ask_http(f"http://{HOST}:{server.port}", [PAGE], seconds)[0],
            }

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from newsdb.management.migrated import MigratedCommand

LOOPBACK = "127.0.0.1"


class Command(MigratedCommand):
    help = (
        "Serve the dataset over the Model Context Protocol, read-only: on standard input and output, or"
        " with --http on this machine's loopback."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--http",
            type=int,
            metavar="PORT",
            help=f"Serve http://{LOOPBACK}:PORT/mcp instead of standard input and output.",
        )

    def handle(self, *, http: int | None, **options: Any) -> None:
        try:
            from newsdb.mcp.server import make_server
        except ImportError:
            raise CommandError(
                "The Model Context Protocol's SDK is not installed: pip install -r requirements-extras.txt"
            ) from None
        server = make_server()
        if http is None:
            server.run("stdio")
        else:
            # On loopback the SDK refuses other Host and Origin headers: no page gets here by DNS rebinding.
            server.run("streamable-http", host=LOOPBACK, port=http, json_response=True, stateless_http=True)

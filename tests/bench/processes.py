"""Parts of a run that are measured in a process of their own."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench.narration import Say
from tests.bench.options import ROOT
from tests.bench.serving import PRODUCTION


def _say_nothing(line: str) -> None:
    pass


def measured_by(module: str, *arguments: str, url: str, say: Say = _say_nothing, **environment: str) -> Any:
    """What ``python -m tests.bench.MODULE`` prints last, as JSON, with ``url`` as DATABASE_URL.

    ``say`` is given each line that it writes on standard error. Raises RuntimeError with what it said if it
    fails.
    """
    said = []
    with (
        # A pipe that nobody reads while the other is read would fill up.
        tempfile.TemporaryFile("w+") as printed,
        subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{module}", *arguments],
            cwd=ROOT,
            env={**os.environ, **PRODUCTION, "DATABASE_URL": url, **environment},
            stdout=printed,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        try:
            for line in process.stderr or ():
                said.append(line)
                say(line.rstrip())
            status = process.wait()
        except BaseException:
            process.kill()
            raise
        printed.seek(0)
        output = printed.read()
    if status:
        raise RuntimeError(f"{module}: {(''.join(said) or output)[-2000:]}")
    return json.loads(output.splitlines()[-1])

"""Parts of a run that are measured in a process of their own."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.bench.options import ROOT
from tests.bench.serving import PRODUCTION


def measured_by(module: str, *arguments: str, url: str, **environment: str) -> Any:
    """What ``python -m tests.bench.MODULE`` prints last, as JSON, with ``url`` as DATABASE_URL.

    Raises RuntimeError with what it said if it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, "DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module}: {(done.stderr or done.stdout)[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])

"""TypeScript's types of the committed description narrow: what anyone would write compiles without a cast.

The packages are installed by npm from its registry, so only the long forms of the tests do it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(__file__).parent / "typescript"


def run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.torture(times=1)
def test_natural_lines_compile(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--torture"):
        pytest.skip("It installs packages: make torture")
    if shutil.which("npm") is None:
        reason = "npm is not on this machine (Debian: apt-get install nodejs npm)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path / "typescript"
    shutil.copytree(SOURCE, folder)
    run(folder, "npm", "ci", "--no-audit", "--no-fund")
    description = Path(settings.BASE_DIR) / "docs/openapi.yaml"
    run(folder, "npx", "openapi-typescript", str(description), "--output", "newsdb.d.ts")
    run(folder, "npx", "tsc", "--project", ".")


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text()

"""A request for a list that is asked for often goes a short way through the project."""

import re
import subprocess
import sys

from tests.bench.functions import ROOT

FIGURES = re.compile(r"^(.+): (\d+) functions in (\d+) files", re.MULTILINE)


def test_a_warm_list_passes_few_functions_in_few_files() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.functions"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    passed = {name: (int(functions), int(files)) for name, functions, files in FIGURES.findall(ran.stdout)}
    functions, files = passed["from the response cache"]
    assert 20 < functions <= 90
    assert files <= 25
    assert passed["made anew"] > (functions, files)

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
    cached, anew = passed["from the response cache"], passed["made anew"]
    assert (20, 10) < cached < anew
    assert anew[0] <= 90
    assert anew[1] <= 25

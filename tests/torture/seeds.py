"""Long forms: pytest's option `--torture` repeats every test that asks for a seed, each time with another.

A test that has to do with chance asks for ``seed`` and says how often its long form repeats it::

    @pytest.mark.torture(times=50)
    def test_nothing_is_lost(seed: int) -> None: ...

Without the option it runs once, always with the same seed, so that what was green stays green. With it these
tests alone run, and those of Hypothesis with more examples. A failure says how to repeat it.
"""

from collections.abc import Generator

import hypothesis
import pytest

#: How many examples the tests of Hypothesis that name no number of their own draw in their long form.
EXAMPLES = 2000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="run the long forms of tests, and nothing else.")
    parser.addoption("--seed", type=int, default=0, help="the first seed (default: %(default)s).")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "torture(times): how often the long form repeats it, by `seed`.")
    # How long an example takes says more of the machine than of the code.
    # Without the option the examples are the same each time, as the seed is.
    hypothesis.settings.register_profile("unhurried", deadline=None, derandomize=True)
    hypothesis.settings.register_profile("torture", deadline=None, max_examples=EXAMPLES, print_blob=True)
    hypothesis.settings.load_profile("torture" if config.getoption("torture") else "unhurried")


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """What chance begins with in this run of the test."""
    return pytestconfig.getoption("seed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("torture")
    if mark is None:
        raise pytest.UsageError(f"{metafunc.function.__name__} has a seed: mark it with torture(times=…).")
    if metafunc.config.getoption("torture"):
        first: int = metafunc.config.getoption("seed")
        metafunc.parametrize("seed", range(first, first + mark.kwargs["times"]), ids="seed {}".format)


@pytest.hookimpl(trylast=True)  # Hypothesis marks its own tests in this hook too
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("torture"):
        return
    long = [item for item in items if {"torture", "hypothesis"} & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=[item for item in items if item not in long])
    items[:] = long


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and item.get_closest_marker("torture"):
        report.sections.append(("How to repeat it", repetition(item)))
    return report


def repetition(item: pytest.Item) -> str:
    """The command that runs ``item`` again, on the same store and with the same seed."""
    values = item.callspec.params if hasattr(item, "callspec") else {}
    seed = values.get("seed", item.config.getoption("seed"))
    node = item.nodeid
    for written, left in ((f"[seed {seed}]", ""), (f"[seed {seed}-", "["), (f"-seed {seed}", "")):
        node = node.replace(written, left)
    return f"pytest --numprocesses 0 --store {item.config.getoption('store')} --seed {seed} '{node}'"

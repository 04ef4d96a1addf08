"""A replica's lag is the age of what it lacks; what no replica ever received is no lag."""

import time
from collections import deque

import pytest

from newsdb.databases.health import FORGOTTEN_AFTER, State, Watch

NOW = time.monotonic()


@pytest.fixture
def watch() -> Watch:
    """The primary wrote up to 100 ten seconds ago, up to 200 four seconds ago, up to 300 just now."""
    watch = Watch([])
    watch.positions = deque([(NOW - 10, 100), (NOW - 4, 200), (NOW, 300)])
    watch.states["default"] = State(NOW, position=300)
    return watch


@pytest.mark.parametrize(("position", "lag"), [(300, 0), (310, 0), (299, 4), (200, 4), (150, 10)])
def test_it_is_as_old_as_the_last_position_it_has(watch: Watch, position: int, lag: float) -> None:
    assert watch.lag_of(position, 60, NOW) == pytest.approx(lag)


def test_before_all_that_is_remembered_its_last_transaction_counts(watch: Watch) -> None:
    assert watch.lag_of(50, 60, NOW) == 60


@pytest.mark.parametrize(
    "primary", [State(NOW, fault="It does not answer."), State(NOW - FORGOTTEN_AFTER - 1, position=300)]
)
def test_without_a_primary_the_replica_that_is_furthest_does_not_lag(watch: Watch, primary: State) -> None:
    watch.states |= {"default": primary, "replica1": State(NOW, position=250, lag=0)}
    assert watch.lag_of(250, 60, NOW) == 0
    assert watch.lag_of(200, 60, NOW) == pytest.approx(4)

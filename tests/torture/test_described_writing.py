"""Everything that is written answers as the description says, whoever sends whatever."""

from typing import Any

import pytest

from tests.torture.described import CASES, EACH, OPERATIONS, TIMES, check_operation
from tests.torture.test_described_reading import READING
from tests.torture.world import World

WRITING = [operation for operation in OPERATIONS if operation.method != "get"]


def test_the_cases_are_as_many_as_promised() -> None:
    assert EACH * (len(READING) + len(WRITING)) >= CASES == 1000
    assert CASES * TIMES == 50_000


@pytest.mark.torture(times=TIMES)
@pytest.mark.django_db
@pytest.mark.parametrize("operation", WRITING, ids=lambda operation: operation.label)
def test_answers_are_as_described(world: World, operation: Any, seed: int) -> None:
    check_operation(operation, world, seed)

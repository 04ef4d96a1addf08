"""Everything that is read answers as the description says, whoever asks for whatever."""

from typing import Any

import pytest

from tests.torture.described import OPERATIONS, TIMES, check_operation
from tests.torture.world import World

READING = [operation for operation in OPERATIONS if operation.method == "get"]


@pytest.mark.torture(times=TIMES)
@pytest.mark.django_db
@pytest.mark.parametrize("operation", READING, ids=lambda operation: operation.path)
def test_answers_are_as_described(world: World, operation: Any, seed: int) -> None:
    check_operation(operation, world, seed)

import pytest

from tests.reader import Reader


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader()

import pytest

from tests.factories import ActorFactory, ArticleFactory, OutletFactory, StatementFactory
from tests.reader import Reader


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader()


@pytest.fixture
def dated(db: None) -> None:
    """Statements of two speakers and none, in two outlets, with dates of all precisions."""
    ada, zoe = ActorFactory(name="Ada Pier", slug="ada"), ActorFactory(name="Zoe Quay", slug="zoe")
    gazette, herald = (
        ArticleFactory(outlet=OutletFactory(name=name, slug=name.lower())) for name in ("Gazette", "Herald")
    )
    for speaker, article, kind, day, precision, text in (
        (ada, gazette, "direct", "2024-10-23", "day", "The ferry runs"),
        (ada, gazette, "partial", "2024-10-23", "day", "ferry"),
        (ada, herald, "direct", "2024-10-01", "month", "The dock"),
        (zoe, herald, "direct", "2023-01-01", "year", "The ferry waits"),
        (zoe, gazette, "direct", "1969-07-20", "day", "The dock"),
        (None, gazette, "indirect", None, "", "A ferry"),
    ):
        StatementFactory(
            speaker=speaker, article=article, kind=kind, said_on=day, said_precision=precision, text=text
        )
    StatementFactory(speaker=zoe, article=gazette, status="proposed")

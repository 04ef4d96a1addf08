"""Rounds: each in turn does everything once, so that what a machine does meanwhile falls on all alike."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.bench.load import LoadError

#: What was measured, as (who, what).
Key = tuple[str, str]
#: Goes through what is to be done, and shows how it goes.
Track = Callable[[Sequence[tuple[int, Key]]], Iterable[tuple[int, Key]]]


@dataclass(frozen=True)
class Spread:
    """A median, and between what it lies."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """The spread of some values, at least one."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass
class Rates:
    """Requests a second, by who answered what, one a round; and what failed, in words."""

    rounds: dict[Key, list[float | None]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def rate(self, key: Key) -> Spread | None:
        """Requests a second; None where there is no measurement."""
        return _spread(self.rounds.get(key, []))

    def ratio(self, key: Key, to: Key) -> Spread | None:
        """How many times as many as ``to``, each round by itself; None where either was not measured."""
        pairs = zip(self.rounds.get(key, []), self.rounds.get(to, []), strict=False)
        return _spread([a / b if a is not None and b else None for a, b in pairs])


def measure(
    works: Mapping[Key, Callable[[int], float]],
    rounds: int,
    seconds: int,
    watch: Track,
    rates: Rates,
) -> None:
    """Do all ``works`` for some seconds in each round, after one second of each that does not count.

    ``rates`` takes what is measured, so that an interruption loses nothing. What fails is noted once, and
    done no more.
    """
    rates.rounds |= {key: [] for key in works}
    broken: set[Key] = set()
    for number, key in watch([(number, key) for number in range(rounds + 1) for key in works]):
        rate = None
        if key not in broken:
            try:
                rate = works[key](seconds if number else 1)
            except LoadError as error:
                broken.add(key)
                rates.failures.append(f"{', '.join(key)}: {error}")
        if number:
            rates.rounds[key].append(rate)


def _spread(values: Sequence[float | None]) -> Spread | None:
    known = [value for value in values if value is not None]
    return Spread.of(known) if known else None

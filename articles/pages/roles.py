"""The roles of an actor, each as a bar on a common line of time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.pages.days import Day

#: The most steps that the line is divided into, and how many years a step may have.
MOST_STEPS = 6
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
#: Further right than this, in percent, there is no room for a year's number.
LAST_PLACE = 88
#: The width of the shortest bar, in percent.
MIN_BAR_WIDTH = 0.5
ONE_DAY = timedelta(days=1)


class Bar(NamedTuple):
    """Where a role is drawn, in percent of the line's width, and which of its ends are unknown and fade."""

    x: float
    width: float
    fades: str


@dataclass(frozen=True)
class Role:
    """A role of the API, with its days as people write them."""

    title: str
    organisation: Mapping[str, Any] | None
    started: Day | None
    ended: Day | None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Role":
        """A role as the API writes it."""
        started = Day.read(row["started_on"], row["started_precision"])
        ended = Day.read(row["ended_on"], row["ended_precision"])
        return cls(row["title"], row["organisation"], started, ended)

    @property
    def written(self) -> str:
        """From when until when, in words."""
        if self.started and self.ended:
            return f"{self.started.written} – {self.ended.written}"
        if self.started:
            return f"since {self.started.written}"
        return f"until {self.ended.written}" if self.ended else "dates not known"


@dataclass(frozen=True)
class Timeline:
    """Roles, the latest first, on a line from the year ``first`` until before the year ``end``.

    The years are equal where no role has a date.
    """

    roles: list[Role]
    first: int
    end: int

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], today: date, most: int | None = None) -> "Timeline":
        """The line of the API's roles, or of the latest ``most``.

        Those without a known end are drawn until ``today``.
        """
        roles = sorted(map(Role.read, rows), key=_latest, reverse=True)[:most]
        days = [day for role in roles for day in (role.started, role.ended) if day]
        if not days:
            return cls(roles, 0, 0)
        first = min(day.first.year for day in days)
        end = max(day.last.year for day in days) + 1
        if any(role.started and not role.ended for role in roles):
            end = max(end, today.year + 1)
        if any(role.ended and not role.started for role in roles):
            first = max(1, first - ceil((end - first) / 4))  # room to fade in
        return cls(roles, first, end)

    @property
    def drawn(self) -> Iterator[tuple[Role, str]]:
        """Each role with its bar as SVG, which is empty if the role has no date."""
        for role in self.roles:
            bar = self.bar(role)
            yield role, format_html('<rect class="{2}" x="{0}%" width="{1}%"/>', *bar) if bar else ""

    def bar(self, role: Role) -> Bar | None:
        """Where the role is drawn, until the end of the day, month or year in which it ended."""
        if not role.started and not role.ended:
            return None
        left = self._place(role.started.first) if role.started else 0.0
        right = self._place(role.ended.last + ONE_DAY) if role.ended else 100.0
        fades = "" if role.started and role.ended else "end" if role.started else "start"
        return Bar(left, round(max(right - left, MIN_BAR_WIDTH), 2), fades)

    @property
    def ticks(self) -> SafeString:
        """The beginnings of some years, as SVG: a stroke each."""
        return format_html_join("", '<line x1="{0}%" x2="{0}%" y2="100%"/>', ((x,) for _, x in self._years()))

    @property
    def numbers(self) -> SafeString:
        """The numbers of those years, as SVG."""
        written = ((x, year) for year, x in self._years() if x <= LAST_PLACE)
        return format_html_join("", '<text x="{}%" y="1em">{}</text>', written)

    def _years(self) -> Iterator[tuple[int, float]]:
        step = next(step for step in STEPS if self.end - self.first <= step * MOST_STEPS)
        for year in range(ceil(self.first / step) * step, self.end, step):
            yield year, self._place(date(year, 1, 1))

    def _place(self, day: date) -> float:
        first, end = date(self.first, 1, 1), date(self.end, 1, 1)
        return round((day - first) / (end - first) * 100, 2)


def _latest(role: Role) -> tuple[date, date]:
    """By the end, then by the start: roles that may continue come last, those without a start first."""
    may_last = date.max if role.started else date.min
    return (role.ended.last if role.ended else may_last), (role.started.first if role.started else date.min)

"""Counts over time as bars, each of which leads to its statements."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote

from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe

from newsdb.dates import PartialDate

#: The drawing, in its own units.
WIDTH, HEIGHT = 720, 120
#: More months than these are shown by year.
MONTHS = 40
#: If there are more years than these, only the latest that have statements are shown.
YEARS = 40


class Bar(NamedTuple):
    """One month or year: its position in the drawing, and its number of statements."""

    key: str
    name: str
    statements: int
    path: str
    x: float
    y: float
    width: float
    height: float


class Chart(NamedTuple):
    """The bars, and the count outside them; ``complete`` is whether none of that is earlier."""

    bars: list[Bar]
    unit: str
    left_out: int
    complete: bool
    linked: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def drawn(self) -> SafeString:
        """The bars as SVG; each can be clicked over the full height."""
        title, bar = (
            "<title>{name}: {statements}</title>",
            '<rect x="{x}" y="{y}" width="{width}" height="{height}"/>',
        )
        if not self.linked:
            return self._written(f"<g>{title}{bar}</g>")
        area = f'<rect class="area" x="{{x}}" y="0" width="{{width}}" height="{self.height}"/>'
        return self._written(f'<a href="{{path}}" tabindex="-1">{title}{area}{bar}</a>')

    @property
    def listed(self) -> SafeString:
        """The bars as rows of a table."""
        name = '<a href="{path}" rel="nofollow">{name}</a>' if self.linked else "{name}"
        return self._written(f'<tr><th scope="row">{name}</th><td>{{statements}}</td></tr>')

    def _written(self, form: str) -> SafeString:
        """Each bar in this form; ``format_html`` would take several times as long to escape the numbers."""
        bars = (bar._replace(path=escape(bar.path))._asdict() for bar in self.bars if bar.statements)
        return mark_safe("".join(form.format(**bar) for bar in bars))  # noqa: S308 - a date needs no escape

    @property
    def first(self) -> Bar:
        return self.bars[0]

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def chart_of(facets: Mapping[str, Any], query: str, *, linked: bool = True) -> Chart | None:
    """The facets as bars, by month or, if there are too many months, by year; None if nothing is dated.

    ``query`` finds their statements, to which the bars lead if they are ``linked``.
    """
    for unit, most in (("month", MONTHS), ("year", YEARS)):
        facet = facets[unit]
        counts = {bucket["key"]: bucket["count"] for bucket in facet["buckets"]}
        keys = _all_keys(min(counts), max(counts), unit) if counts else []
        if 0 < len(keys) <= most:
            break
    if not counts:
        return None
    earlier = facet["others"]
    if len(keys) > most:
        keys = sorted(counts)[-most:]
        earlier += sum(counts.values()) - sum(counts[key] for key in keys)
    highest = max(counts[key] for key in keys if key in counts)
    width = min(WIDTH / len(keys) * 0.84, 40)
    step = (WIDTH - width) / max(1, len(keys) - 1)  # the first bar is at the left edge, the last at the right
    bars = []
    for number, key in enumerate(keys):
        count = counts.get(key, 0)
        height = round(max(2, count / highest * (HEIGHT - 4)), 1) if count else 0
        drawn = (round(number * step, 1), round(HEIGHT - height, 1), round(width, 1), height)
        path = f"/statements/?{query}&date={quote(key)}" if query else f"/statements/?date={quote(key)}"
        bars.append(Bar(key, _written(key), count, path, *drawn))
    left_out = earlier + facet["less_precise"] + facet["undated"]
    return Chart(bars, unit, left_out, facet["complete"] and not earlier, linked)


def _all_keys(first: str, last: str, unit: str) -> Sequence[str]:
    if unit == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    (first_year, first_month), (last_year, last_month) = (map(int, key.split("-")) for key in (first, last))
    months = range(first_year * 12 + first_month - 1, last_year * 12 + last_month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def _written(key: str) -> str:
    day = PartialDate.parse(key)
    return format_date(day.first, "F Y" if day.precision == "month" else "Y")

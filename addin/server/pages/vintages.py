"""The chart of vintages: a market's sizes as each of its editions printed them, one line an edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.facts import Subject
from markets.figures import Figure
from markets.units import SCALES

MOST_LINES = 8
"""As many lines as shapes and dashes can be told apart."""

_WIDTH, _HEIGHT = 760.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 20.0, 16.0, 36.0
_MOST_YEARS_NAMED = 9


@dataclass(frozen=True)
class Point:
    """A size at its place in the chart, and as it is printed."""

    x: float
    y: float
    year: int
    printed: str


@dataclass(frozen=True)
class Vintage:
    """An edition's line. `style` is its number among the lines' colours, dashes and shapes."""

    name: str
    style: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The corners of the line, as SVG writes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True)
class Tick:
    """A named place on an axis."""

    at: float
    name: str


@dataclass(frozen=True)
class Chart:
    """The chart with its axes, and the same figures as a table: a row a year, a column an edition."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    unit: str
    vintages: tuple[Vintage, ...]
    years: tuple[Tick, ...]
    sizes: tuple[Tick, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Edition:
    name: str
    sizes: dict[int, tuple[float, str]]


def chart(editions: Sequence[Record], subject: Subject) -> Chart | None:
    """Return the chart of a market in the unit of `subject`, newest edition first; None for no size.

    Editions in another currency are left out, and a remark says so.
    """
    same = [each for each in editions if each.heading.market.currency == subject.currency]
    known = [one for one in (_edition(each, subject) for each in same) if one.sizes]
    if not known:
        return None
    shown = known[:MOST_LINES]
    years = sorted({year for one in known for year in one.sizes})
    top, step = _scale(max(size for one in shown for size, _ in one.sizes.values()))
    named = sorted({year for one in shown for year in one.sizes})
    place = _Places(named[0], named[-1], top)
    return Chart(
        _WIDTH,
        _HEIGHT,
        _LEFT,
        _WIDTH - _RIGHT,
        _HEIGHT - _BOTTOM,
        str(subject.unit),
        tuple(_vintage(one, style, place) for style, one in enumerate(shown, start=1)),
        tuple(Tick(place.x(year), str(year)) for year in _thinned(named)),
        tuple(Tick(place.y(at * step), f"{at * step:,.10g}") for at in range(round(top / step) + 1)),
        tuple(one.name for one in known),
        tuple((year, tuple(one.sizes.get(year, (0, ""))[1] for one in known)) for year in years),
        tuple(_remarks(len(editions) - len(same), len(known) - len(shown))),
    )


def _edition(record: Record, subject: Subject) -> _Edition:
    source = record.heading.source
    sizes: dict[int, tuple[float, str]] = {}
    for one in record.at():
        row = one.statement
        if row is not None and row.kind == "size" and not row.segment and row.year is not None:
            scale = record.heading.market.scale if row.scale is None else row.scale
            sizes.setdefault(row.year, _size(row, SCALES[scale] / SCALES[subject.scale], scale, subject))
    return _Edition(f"{source.publisher}, {source.date}", dict(sorted(sizes.items())))


def _size(row: Statement, ratio: float, scale: str, subject: Subject) -> tuple[float, str]:
    unit = f" {scale}" if scale != subject.scale else ""
    return Figure(row.value).value * ratio, f"{row.about} {row.value}{unit}".strip()


@dataclass(frozen=True)
class _Places:
    """Where a year and a size are in the chart."""

    first: int
    last: int
    top: float

    def x(self, year: int) -> float:
        width = _WIDTH - _LEFT - _RIGHT
        if self.first == self.last:
            return _LEFT + width / 2
        return _LEFT + width * (year - self.first) / (self.last - self.first)

    def y(self, size: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return _TOP + height * (1 - max(size, 0.0) / self.top)


def _vintage(one: _Edition, style: int, place: _Places) -> Vintage:
    points = (Point(place.x(year), place.y(size), year, told) for year, (size, told) in one.sizes.items())
    return Vintage(one.name, style, tuple(points))


def _scale(largest: float) -> tuple[float, float]:
    """The end of an axis and its step, both round.

    >>> _scale(13.1), _scale(0.9), _scale(2068.0)
    ((15.0, 5.0), (1.0, 0.2), (2500.0, 500.0))
    """
    if largest <= 0:
        return 1.0, 0.5
    rough = largest / 4
    power = 10.0 ** floor(log10(rough))
    step = next(round(power * factor, 12) for factor in (1, 2, 5, 10) if power * factor >= rough * 0.8)
    return round(ceil(largest / step) * step, 12), step


def _thinned(years: Sequence[int]) -> Sequence[int]:
    """So many years that their names do not touch, the first and the last among them."""
    width = years[-1] - years[0]
    least = ceil(width / _MOST_YEARS_NAMED) if width else 0
    found = [years[0]]
    for year in years[1:-1]:
        if year - found[-1] >= least and years[-1] - year >= least:
            found.append(year)
    return [*found, years[-1]] if years[-1] != years[0] else found


def _remarks(other_currency: int, surplus: int) -> list[str]:
    found = []
    if other_currency:
        found.append(f"Editions in another currency are left out: {other_currency}.")
    if surplus:
        found.append(f"The chart shows the {MOST_LINES} newest editions. The table has all of them.")
    return found

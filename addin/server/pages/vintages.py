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
_RIGHT, _TOP, _BOTTOM = 36.0, 20.0, 40.0
_DIGIT = 15.0  # as wide as on a phone, where the names of ticks are largest
_MOST_YEARS_NAMED = 7


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
    source: str
    workspace: str
    sizes: dict[int, tuple[float, str]]


def chart(editions: Sequence[Record], subject: Subject) -> Chart | None:
    """Return the chart of a market in the unit of `subject`, newest edition first; None for no size.

    Editions in another currency are left out, and a remark says so.
    """
    same = [each for each in editions if each.heading.market.currency == subject.currency]
    known = [one for one in (_edition(each, subject) for each in same) if one.sizes]
    if not known:
        return None
    names = _names(known)
    shown = known[:MOST_LINES]
    years = sorted({year for one in known for year in one.sizes})
    top, step = _scale(max(size for one in shown for size, _ in one.sizes.values()))
    named = sorted({year for one in shown for year in one.sizes})
    sizes = {at * step: f"{at * step:,.10g}" for at in range(round(top / step) + 1)}
    place = _Places(named[0], named[-1], top, 20 + _DIGIT * max(map(len, sizes.values())))
    return Chart(
        _WIDTH,
        _HEIGHT,
        place.left,
        _WIDTH - _RIGHT,
        _HEIGHT - _BOTTOM,
        str(subject.unit),
        tuple(_vintage(names[at], at + 1, one, place) for at, one in enumerate(shown)),
        tuple(Tick(place.x(year), str(year)) for year in _thinned(named)),
        tuple(Tick(place.y(size), name) for size, name in sizes.items()),
        names,
        tuple((year, tuple(one.sizes.get(year, (0, ""))[1] for one in known)) for year in years),
        tuple(_remarks(len(editions) - len(same), len(known) - len(shown))),
    )


def _edition(record: Record, subject: Subject) -> _Edition:
    sizes: dict[int, tuple[float, str]] = {}
    for one in record.at():
        row = one.statement
        if row is not None and row.kind == "size" and not row.segment and row.year is not None:
            scale = record.heading.market.scale if row.scale is None else row.scale
            sizes.setdefault(row.year, _size(row, SCALES[scale] / SCALES[subject.scale], scale, subject))
    return _Edition(str(record.heading.source), record.workspace, dict(sorted(sizes.items())))


def _size(row: Statement, ratio: float, scale: str, subject: Subject) -> tuple[float, str]:
    unit = f" {scale}" if scale != subject.scale else ""
    return Figure(row.value).value * ratio, f"{row.about} {row.value}{unit}".strip()


@dataclass(frozen=True)
class _Places:
    """Where a year and a size are in the chart."""

    first: int
    last: int
    top: float
    left: float

    def x(self, year: int) -> float:
        width = _WIDTH - self.left - _RIGHT
        if self.first == self.last:
            return self.left + width / 2
        return self.left + width * (year - self.first) / (self.last - self.first)

    def y(self, size: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return _TOP + height * (1 - max(size, 0.0) / self.top)


def _names(known: Sequence[_Edition]) -> tuple[str, ...]:
    """What tells editions apart: publisher and date, and where these are the same the workspace."""
    sources = [one.source for one in known]
    return tuple(
        f"{one.source}, {one.workspace}" if sources.count(one.source) > 1 else one.source for one in known
    )


def _vintage(name: str, style: int, one: _Edition, place: _Places) -> Vintage:
    points = (Point(place.x(year), place.y(size), year, told) for year, (size, told) in one.sizes.items())
    return Vintage(name, style, tuple(points))


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

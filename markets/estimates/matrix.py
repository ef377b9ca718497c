"""Two dimensions at once: the table that agrees with both margins and is nearest to a seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from markets.answers import Answer, SizeAnswer, Status
from markets.errors import BadArgument, NoFigure, OutOfDomain, shortened
from markets.estimates.fitting import fitted
from markets.estimates.flows import Blocked, Bools
from markets.estimates.polytopes import Floats
from markets.facts import AnyFact, Dimension
from markets.intervals import Interval
from markets.segments import SegmentName
from markets.wording import words

_LONGEST_NAMES = 80

Seed = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Margin:
    """One dimension: its segments in the report's order, and their shares, which need not add up exactly."""

    cut: Dimension
    segments: Sequence[SegmentName]
    answers: Sequence[Answer]

    @cached_property
    def shares(self) -> Floats:
        """The shares, scaled so that they add up to 1."""
        shares: Floats = np.array([answer.value for answer in self.answers])
        scaled: Floats = np.divide(shares, shares.sum())
        return scaled


@dataclass(frozen=True)
class Matrix(SizeAnswer):
    """A table of sizes, a row for each segment of one dimension and a column for each of another.

    `value` is the total.
    """

    rows: Margin
    columns: Margin
    total: SizeAnswer
    seeded: bool
    cells: Floats
    how = Status.ESTIMATED

    @cached_property
    def value(self) -> float:
        """The size of the market."""
        return self.total.value

    @property
    def interval(self) -> Interval:
        """The interval of the total."""
        return self.total.interval

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of the total and of the shares, and the lists of segments."""
        shares = (fact for one in (self.rows, self.columns) for a in one.answers for fact in a.facts)
        return tuple(dict.fromkeys((*self.total.facts, *shares, self.rows.cut, self.columns.cut)))


def matrix(total: SizeAnswer, rows: Margin, columns: Margin, seed: Seed = ()) -> Matrix:
    """Return the table of a year; without a seed, the two dimensions are independent.

    `seed` has a number that is not negative for each cell. Raises BadArgument for another shape, and
    OutOfDomain for a negative number and for margins that no table with these zeros has.
    """
    table = np.outer(rows.shares, columns.shares)
    if seed:
        table = _fitted(_checked(seed, rows, columns), rows, columns)
    return Matrix(total.year, rows, columns, total, bool(seed), table * total.value)


def margin(cut: Dimension, segments: Sequence[SegmentName], share: Callable[[SegmentName], Answer]) -> Margin:
    """Return the margin of a dimension. Raises NoFigure if the source does not list all of its segments."""
    if not cut.complete:
        raise NoFigure(f"The source does not list all segments of {cut.name}, so its shares do not add up.")
    found = Margin(cut, segments, [share(segment) for segment in segments])
    if not sum(answer.value for answer in found.answers) > 0:
        raise NoFigure(f"The shares of {cut.name} are all zero.")
    return found


def _fitted(seed: Floats, rows: Margin, columns: Margin) -> Floats:
    try:
        return fitted(seed, rows.shares, columns.shares)
    except Blocked as blocked:
        raise OutOfDomain(_why(blocked, rows, columns)) from None


def _why(blocked: Blocked, rows: Margin, columns: Margin) -> str:
    """Which segments need more than the seed leaves them, told from the side with fewer names."""
    need, have = (rows, blocked.rows), (columns, blocked.columns)
    if blocked.rows.sum() > (~blocked.columns).sum():
        need, have = (columns, ~blocked.columns), (rows, ~blocked.rows)
    (needed, needing), (left, leaving) = _told(*need), _told(*have)
    if not leaving:
        return f"The seed is 0 everywhere for {needing}, with {needed} of the market."
    return f"The zeros of the seed leave {needing}, with {needed} of the market, only {leaving}, with {left}."


def _told(margin: Margin, some: Bools) -> tuple[str, str]:
    """The share of some segments, and their names."""
    names = [segment.name for segment, one in zip(margin.segments, some, strict=True) if one]
    return f"{margin.shares[some].sum() * 100:.4g}%", shortened(", ".join(names), _LONGEST_NAMES)


def _checked(seed: Seed, rows: Margin, columns: Margin) -> Floats:
    shape = len(rows.segments), len(columns.segments)
    if len(seed) != shape[0] or any(len(row) != shape[1] for row in seed):
        raise BadArgument(
            f"The seed needs {shape[0]} rows and {shape[1]} columns, one for each segment of {rows.cut.name} "
            f"and of {columns.cut.name}."
        )
    table: Floats = np.array(seed, dtype=np.float64)
    for row, column in np.argwhere(~((table >= 0) & np.isfinite(table)))[:1]:
        names = f"{rows.segments[row].name} and {columns.segments[column].name}"
        raise OutOfDomain(f"The seed has {table[row, column]:.6g} for {names}. Use numbers from 0 up.")
    if not table.any():
        raise OutOfDomain("The seed has no number above 0.")
    return np.asarray(table / table.max())


@words.register
def _(answer: Matrix) -> str:
    how = "fitted to the seed" if answer.seeded else "independent of each other"
    total = f"{answer.total.value:.6g} ({answer.total.status})"
    return f"shares of {answer.rows.cut.name} and {answer.columns.cut.name}, {how}, of {total}"

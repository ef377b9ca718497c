"""Two dimensions at once: the table that agrees with both margins and is nearest to a seed.

Iterative proportional fitting: Deming and Stephan, "On a least squares adjustment of a sampled frequency
table when the expected marginal totals are known", Annals of Mathematical Statistics 11 (1940). Rows and
columns are scaled in turn. The result is r_i x seed_ij x c_j, so every ratio of seeds that does not depend
on the margins is kept, and it minimizes the sum of x ln(x / seed).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from markets.answers import Answer, SizeAnswer, Status
from markets.errors import BadArgument, NoFigure, OutOfDomain
from markets.estimates.polytopes import Empty, Floats, Polytope
from markets.facts import AnyFact, Dimension
from markets.intervals import Interval
from markets.segments import SegmentName
from markets.wording import words

_ROUNDS, _AGREES, _POSITIVE = 20_000, 1e-12, 0.5

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
        table = fitted(_checked(seed, rows, columns), rows.shares, columns.shares)
    return Matrix(total.year, rows, columns, total, bool(seed), table * total.value)


def margin(cut: Dimension, segments: Sequence[SegmentName], share: Callable[[SegmentName], Answer]) -> Margin:
    """Return the margin of a dimension. Raises NoFigure if the source does not list all of its segments."""
    if not cut.complete:
        raise NoFigure(f"The source does not list all segments of {cut.name}, so its shares do not add up.")
    found = Margin(cut, segments, [share(segment) for segment in segments])
    if not sum(answer.value for answer in found.answers) > 0:
        raise NoFigure(f"The shares of {cut.name} are all zero.")
    return found


def fitted(seed: Floats, rows: Floats, columns: Floats) -> Floats:
    """Return the table with these sums of rows and columns that is nearest to the seed.

    Cells that are 0 stay 0. The sums must be equal in total. Raises OutOfDomain if no table has them.

    >>> fitted(np.array([[1.0, 1.0], [1.0, 3.0]]), np.array([0.5, 0.5]), np.array([0.5, 0.5])).round(4)
    array([[0.317, 0.183],
           [0.183, 0.317]])
    """
    table = np.where(_possible(seed > 0, rows, columns), seed, 0.0)
    for _ in range(_ROUNDS):
        table = table * _factors(rows, table.sum(axis=1))[:, np.newaxis]
        table = table * _factors(columns, table.sum(axis=0))
        if np.allclose(table.sum(axis=1), rows, rtol=_AGREES, atol=_AGREES * rows.sum()):
            return table
    raise OutOfDomain(
        "The seed differs too much from the shares: fitting it to them does not come to an end."
    )


def _factors(wanted: Floats, sums: Floats) -> Floats:
    return np.divide(wanted, sums, out=np.zeros_like(wanted), where=sums > 0)


def _possible(support: np.ndarray, rows: Floats, columns: Floats) -> np.ndarray:
    """Return which cells can be positive in a table with these sums; raise OutOfDomain if there is no table.

    The others would only come near 0, round after round. A linear programme finds them: a table x for the
    sums times some factor, and y <= x with y <= 1 as large as possible in total. y is 1 where x can be
    positive, because the factor can be as large as is needed.
    """
    if support.all():
        return support
    cells = np.argwhere(support & (rows > 0)[:, np.newaxis] & (columns > 0))
    count = len(cells)
    width = 2 * count + 1
    exact = np.zeros((len(rows) + len(columns), width))
    for at, (row, column) in enumerate(cells):
        exact[row, at] = exact[len(rows) + column, at] = 1.0
    exact[:, -1] = -np.concatenate([rows, columns])
    most = np.hstack([-np.eye(count), np.eye(count), np.zeros((count, 1))])
    upper = np.concatenate([np.full(count, np.inf), np.ones(count), [np.inf]])
    lower = np.concatenate([np.zeros(2 * count), [1.0]])
    cost = np.concatenate([np.zeros(count), -np.ones(count), [0.0]])
    try:
        found = Polytope(lower, upper, most, exact, np.zeros(len(exact))).point(cost)[count : 2 * count]
    except Empty:
        raise OutOfDomain(
            "No table with the zeros of the seed agrees with the shares of both dimensions."
        ) from None
    possible = np.zeros_like(support)
    possible[tuple(cells[found > _POSITIVE].T)] = True
    return possible


def _checked(seed: Seed, rows: Margin, columns: Margin) -> Floats:
    shape = len(rows.segments), len(columns.segments)
    if len(seed) != shape[0] or any(len(row) != shape[1] for row in seed):
        raise BadArgument(
            f"The seed needs {shape[0]} rows and {shape[1]} columns, as the segments of {rows.cut.name} and "
            f"{columns.cut.name}."
        )
    table: Floats = np.array(seed)
    if (table < 0).any():
        raise OutOfDomain("The seed has a negative number.")
    if not table.any():
        raise OutOfDomain("The seed has no number above 0.")
    table = np.divide(table, table.max())
    for one, sums in ((rows, table.sum(axis=1)), (columns, table.sum(axis=0))):
        for segment, share, known in zip(one.segments, one.shares, sums, strict=True):
            if share > 0 and not known:
                raise OutOfDomain(f"The seed is 0 everywhere for {segment.name}, whose share is {share:.4%}.")
    return table


@words.register
def _(answer: Matrix) -> str:
    how = "fitted to the seed" if answer.seeded else "independent of each other"
    total = f"{answer.total.value:.6g} ({answer.total.status})"
    return f"shares of {answer.rows.cut.name} and {answer.columns.cut.name}, {how}, of {total}"

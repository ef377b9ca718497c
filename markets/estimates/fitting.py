"""Tables with given margins: the one that is nearest to a seed.

Iterative proportional fitting scales the rows of the seed to their margin, then the columns, and so on:
Deming and Stephan, "On a least squares adjustment of a sampled frequency table when the expected marginal
totals are known", Annals of Mathematical Statistics 11 (1940). Its rounds can be very many where a cell is
nearly forced to zero. So each round takes a Newton step for the same scales instead, if that gains as much.
"""

import numpy as np

from markets.errors import OutOfDomain
from markets.estimates.flows import possible
from markets.estimates.polytopes import Floats

_AGREES = 1e-12
_DUST = 1e-15
_MOST_ROUNDS = 1000
_LONGEST = (8.0, 2.0, 0.5, 0.1)
_FLAT = 1e-13


def fitted(seed: Floats, rows: Floats, columns: Floats) -> Floats:
    """Return the table with these margins whose cells are those of the seed, scaled by row and by column.

    Of all such tables, it has the lowest sum of x ln(x / seed). `rows` and `columns` add up to 1, and no
    cell of the seed is negative. A zero stays zero. So does a cell that no table with these margins can
    have above zero. Raises flows.Blocked if there is no table at all.

    >>> fitted(np.array([[3.0, 1.0], [1.0, 1.0]]), np.array([0.5, 0.5]), np.array([0.5, 0.5])).round(3)
    array([[0.317, 0.183],
           [0.183, 0.317]])
    """
    blocks, some = possible(seed > 0, rows, columns)
    table = np.zeros(seed.shape)
    for block in blocks:
        at = np.ix_(*block)
        # the sums of a table that exists: those of `rows` and `columns` may differ by a last digit
        table[at] = _scaled(seed[at], some[at].sum(axis=1), some[at].sum(axis=0))
    return table


def _scaled(seed: Floats, rows: Floats, columns: Floats) -> Floats:
    """The table of a block, all of whose cells are possible where the seed is not zero."""
    logs = np.log(seed, out=np.full(seed.shape, -np.inf), where=seed > 0)
    scale = np.zeros(len(columns))
    for _ in range(_MOST_ROUNDS):
        across = np.log(rows) - _log_sum(logs + scale, 1)
        table = np.exp(logs + across[:, None] + scale)
        table *= (rows / table.sum(axis=1))[:, None]
        if (abs(table.sum(axis=0) - columns) <= _AGREES * columns + _DUST).all():
            return table
        plain = np.log(columns) - _log_sum(logs + across[:, None], 0)
        step = _newton(table, rows, columns)
        tried = [*(scale + _cut(step, longest) for longest in _LONGEST), plain]
        costs = [_cost(logs, one, rows, columns) for one in tried]
        scale = next(one for one, cost in zip(tried, costs, strict=True) if cost <= min(costs) + _FLAT)
    raise OutOfDomain(
        "The seed is too far from the shares: the table does not agree with them after many rounds."
    )


def _log_sum(logs: Floats, axis: int) -> Floats:
    """The logarithm of the sum of exp(logs), for any size of numbers."""
    most = logs.max(axis=axis)
    return np.asarray(most + np.log(np.exp(logs - np.expand_dims(most, axis)).sum(axis=axis)))


def _cost(logs: Floats, scale: Floats, rows: Floats, columns: Floats) -> float:
    """The convex function of the columns' scales that is lowest where both margins agree."""
    return float(rows @ _log_sum(logs + scale, 1) - columns @ scale)


def _newton(table: Floats, rows: Floats, columns: Floats) -> Floats:
    """The change of the columns' scales with which both margins agree to first order.

    The first column keeps its scale, because only differences matter.
    """
    slope = -table.T @ (table / rows[:, None])
    np.fill_diagonal(slope, 0.0)
    np.fill_diagonal(slope, -slope.sum(axis=0))  # adds up to the last digit, however small
    step = np.zeros(len(columns))
    try:
        step[1:] = np.linalg.solve(slope[1:, 1:], (columns - table.sum(axis=0))[1:])
    except np.linalg.LinAlgError:
        return step
    return step if np.isfinite(step).all() else np.zeros(len(columns))


def _cut(step: Floats, longest: float) -> Floats:
    """A step of at most this length: far from the aim, the first order is not enough."""
    return np.asarray(step * min(1.0, longest / max(abs(step).max(), _DUST)))

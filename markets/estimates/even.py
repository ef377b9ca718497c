"""The most even point: the split that adds nothing to what the statements say."""

import numpy as np

from markets.estimates.descending import Slopes, lowest
from markets.estimates.polytopes import Empty, Floats, Polytope

_INWARD = 1e-9
_SMALLEST = 1e-300
_LEAST = 1e-14


def nearest(shape: Polytope, rows: Floats, values: Floats) -> Polytope:
    """Return the points where rows @ x is `values` or, if there is none, nearest to it by least squares."""
    exactly = shape.pinned(rows, values)
    if exactly.holds():
        return exactly

    def distance(x: Floats) -> tuple[Floats, Floats]:
        return rows.T @ (rows @ x - values), rows.T @ rows

    return shape.pinned(rows, rows @ lowest(shape, distance))


def most_even(shape: Polytope, count: int) -> Floats:
    """Return the first `count` coordinates, which add up to 1, with the lowest sum of a x ln a.

    The other coordinates only have to be possible.
    """
    try:
        found = level(np.ones(count), *_ends(shape, count))
        if shape.fixed(found).holds():
            return found
    except Empty:
        pass

    return lowest(shape, _entropy(slice(0, count), shape.size, np.ones(count)))[:count]


def evenly_grown(shape: Polytope, before: Floats) -> Floats:
    """Return the last coordinates, as many as `before`, with the lowest sum of h x ln(h / before).

    Unless limits tie segments to each other, all grow by one factor, cut off at each one's limits.
    """
    count = len(before)
    fixed = shape.fixed(before)
    low, high = _ends(fixed, count, shape.size - count)
    found = level(before, low, high)
    if fixed.contains(np.concatenate([before, found])):
        return found

    return lowest(fixed, _entropy(slice(shape.size - count, shape.size), shape.size, before))[-count:]


def _entropy(some: slice, size: int, weights: Floats) -> Slopes:
    """The slopes of the sum of x ln(x / weight) over some of the coordinates."""

    def slopes(x: Floats) -> tuple[Floats, Floats]:
        slope, bend = np.zeros(size), np.zeros(size)
        values = np.maximum(x[some], _LEAST)
        slope[some] = np.log(values / np.maximum(weights, _LEAST))
        bend[some] = 1 / values
        return slope, np.diag(bend)

    return slopes


def level(weights: Floats, low: Floats, high: Floats) -> Floats:
    """Return clip(c x weights, low, high) for the c with which it adds up to 1; raise Empty if none does.

    >>> level(np.ones(3), np.array([0.653, 0, 0]), np.array([0.653, 1, 1])).round(4).tolist()
    [0.653, 0.1735, 0.1735]
    """
    high = np.maximum(low, high)
    if low.sum() > 1 + _INWARD or high.sum() < 1 - _INWARD:
        raise Empty
    weights = np.maximum(weights, _SMALLEST)
    steps = np.unique(np.concatenate([low / weights, high / weights]))
    sums = np.array([np.clip(step * weights, low, high).sum() for step in steps])
    after = int(np.searchsorted(sums, 1.0))
    if after == 0 or after == len(steps):
        return np.asarray(high if after else np.clip(steps[0] * weights, low, high))
    part = (1.0 - sums[after - 1]) / (sums[after] - sums[after - 1])
    ends = (np.clip(step * weights, low, high) for step in steps[after - 1 : after + 1])
    before, beyond = ends
    return np.asarray(before + part * (beyond - before))


def _ends(shape: Polytope, count: int, start: int = 0) -> tuple[Floats, Floats]:
    """The lowest and the highest value of each of `count` coordinates."""
    unit = np.eye(shape.size)[start : start + count]
    points = shape.extremes(np.vstack([unit, -unit]))
    values = np.array([point @ row for point, row in zip(points, np.vstack([unit, unit]), strict=True)])
    return values[:count], values[count:]

"""The lowest point of a convex cost on a polytope, by an interior-point method.

It starts inside, follows the limits as closely as floats allow, and ends at one point however the
coordinates are ordered. A general solver stops too early where limits tie segments to each other.
"""

from collections.abc import Callable

import numpy as np

from markets.estimates.polytopes import Floats, Polytope

Slopes = Callable[[Floats], tuple[Floats, Floats]]
"""The slope of a cost at a point, and the matrix of its second derivatives."""

_THIN = 2e-9
_STEPS = 100
_GAP = 1e-15


def lowest(shape: Polytope, slopes: Slopes) -> Floats:
    """Return the point of a shape that holds, where a cost is lowest."""
    rows = np.vstack([shape.most, np.eye(shape.size), -np.eye(shape.size)])
    most = np.concatenate([np.zeros(len(shape.most)), shape.upper, -shape.lower])
    start = _inside(shape, rows, most)
    tight = most - rows @ start <= _THIN
    ways = _ways(np.vstack([shape.exact, rows[tight]]))
    if not ways.shape[1]:
        return start
    return start + ways @ _descended(start, ways, rows[~tight] @ ways, (most - rows @ start)[~tight], slopes)


def _inside(shape: Polytope, rows: Floats, most: Floats) -> Floats:
    """A point that is away from every limit that some point is away from."""
    unit = np.eye(shape.size)
    middle = shape.extremes(np.vstack([unit, -unit])).mean(axis=0)
    tight = most - rows @ middle <= _THIN
    if not tight.any():
        return np.asarray(middle)
    return np.asarray((middle + shape.extremes(rows[tight]).mean(axis=0)) / 2)


def _ways(rows: Floats) -> Floats:
    """The directions, as columns, in which no row changes."""
    _, sizes, turned = np.linalg.svd(rows)
    return np.asarray(turned[int((sizes > 1e-10 * sizes[0]).sum()) :].T)


def _descended(start: Floats, ways: Floats, rows: Floats, room: Floats, slopes: Slopes) -> Floats:
    """The primal-dual method: `rows` @ z stays below `room`, each with a price that falls with its slack."""
    at, slack = np.zeros(ways.shape[1]), room
    price = 1e-3 / slack
    for _ in range(_STEPS):
        slope, bend = slopes(start + ways @ at)
        slope, bend = ways.T @ slope, ways.T @ bend @ ways
        gap = float(slack @ price) / len(slack)
        apart = float(abs(slope + rows.T @ price).max())
        if gap < _GAP and apart < 1e-11:
            break
        aim = gap * (0.1 if apart < 100 * gap + 1e-9 else 0.5)
        matrix = bend + rows.T @ (rows * (price / slack)[:, None])
        step = np.linalg.lstsq(matrix, -slope - rows.T @ (aim / slack), rcond=1e-18)[0]
        change = rows @ step
        pricing = aim / slack - price + price / slack * change
        part = _part(slack, -change)
        at, slack = at + part * step, slack - part * change
        price = price + _part(price, pricing) * pricing
    return at


def _part(values: Floats, changes: Floats) -> float:
    """How much of a step leaves all values above 0."""
    falling = changes < 0
    return min(1.0, 0.95 * float((values[falling] / -changes[falling]).min(initial=np.inf)))

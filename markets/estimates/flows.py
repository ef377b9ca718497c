"""Which cells of a table can be above zero, given its margins and the cells that have to be zero.

A table is a flow from its rows to its columns. The greatest flow tells whether the margins can be
reached and, if not, which segments stand in the way.
"""

from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from markets.estimates.polytopes import TOLERANCE, Floats

Bools: TypeAlias = NDArray[np.bool_]
Block: TypeAlias = tuple[Bools, Bools]
"""Some rows and some columns."""

_ROUNDING = 1e-13
_DUST = 1e-15


class Blocked(Exception):
    """Some rows need more than the columns that are open to them have; `rows` and `columns` tell which."""

    def __init__(self, rows: Bools, columns: Bools) -> None:
        self.rows = rows
        self.columns = columns


def possible(support: Bools, rows: Floats, columns: Floats) -> tuple[list[Block], Floats]:
    """Return the blocks of a table with these margins, and one such table.

    `support` are the cells that may be above zero. Both margins add up to 1. In a block, each row and column
    can exchange amounts with each other, so each cell that may be above zero is so in some table. Between
    blocks, all cells are zero. Raises Blocked if no table has these margins.

    >>> support = np.array([[True, True], [False, True]])
    >>> blocks, table = possible(support, np.array([0.4, 0.6]), np.array([0.4, 0.6]))
    >>> [(of_rows.tolist(), of_columns.tolist()) for of_rows, of_columns in blocks]
    [([True, False], [True, False]), ([False, True], [False, True])]
    """
    table = _greatest(support, rows, columns)
    missing = rows - table.sum(axis=1)
    if (missing > TOLERANCE * rows + _DUST).any():
        short = _reached(_ways(support, table > 0))[missing.argmax()]
        raise Blocked(short[: len(rows)], short[len(rows) :])
    reached = _reached(_ways(support, table > _ROUNDING * np.minimum(rows[:, None], columns)))
    ties = np.unique(reached & reached.T, axis=0)[::-1]
    blocks = [(tie[: len(rows)], tie[len(rows) :]) for tie in ties]
    return [
        (of_rows, of_columns) for of_rows, of_columns in blocks if of_rows.any() and of_columns.any()
    ], table


def _greatest(support: Bools, rows: Floats, columns: Floats) -> Floats:
    """The greatest flow, by augmenting shortest paths."""
    count, sent = len(rows), np.zeros(support.shape)
    left, room = rows.copy(), columns.copy()
    while path := _path(_ways(support, sent > 0), left > 0, room > 0):
        back = [(b, a - count) for a, b in pairwise(path) if a >= count]
        ahead = [(a, b - count) for a, b in pairwise(path) if a < count]
        first, last = path[0], path[-1] - count
        amount = min(left[first], room[last], *(sent[cell] for cell in back))
        left[first] -= amount
        room[last] -= amount
        for cell in ahead:
            sent[cell] += amount
        for cell in back:
            sent[cell] -= amount
    return sent


def _ways(support: Bools, used: Bools) -> Bools:
    """The steps from row to column where a cell can grow, and from column to row where it can shrink."""
    count = len(support)
    ways = np.zeros((sum(support.shape),) * 2, dtype=bool)
    ways[:count, count:] = support
    ways[count:, :count] = used.T
    return ways


def _path(ways: Bools, left: Bools, room: Bools) -> list[int]:
    """A shortest path from a row with something left to a column with room, or nothing."""
    came = dict.fromkeys(map(int, left.nonzero()[0]), -1)
    queue = list(came)
    for node in queue:
        if node >= len(left) and room[node - len(left)]:
            path = [node]
            while came[path[-1]] >= 0:
                path.append(came[path[-1]])
            return path[::-1]
        for after in map(int, ways[node].nonzero()[0]):
            if after not in came:
                came[after] = node
                queue.append(after)
    return []


def _reached(ways: Bools) -> Bools:
    """For each row and column, those that any number of steps reach, itself included."""
    reached = ways | np.eye(len(ways), dtype=bool)
    for _ in range(len(ways).bit_length()):
        reached = reached @ reached
    return reached

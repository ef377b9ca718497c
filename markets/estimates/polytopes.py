"""Polytopes: the points that linear limits allow, their extremes, and the nearest of them to a wish.

scipy is imported when the first one is solved, because it takes longer than everything else together.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
TOLERANCE = 1e-9
"""How far a point may lie outside, for the rounding of floats."""


class Empty(Exception):
    """No point meets all limits."""


@dataclass(frozen=True)
class Polytope:
    """The points x with lower <= x <= upper, most @ x <= 0 and exact @ x == equals."""

    lower: Floats
    upper: Floats
    most: Floats
    exact: Floats
    equals: Floats

    @property
    def size(self) -> int:
        """The number of coordinates."""
        return len(self.lower)

    def point(self, cost: Floats) -> Floats:
        """Return a point where cost @ x is lowest; raise Empty if there is no point at all."""
        return self._lowest(cost, self.most, self.exact, self.equals, self.lower, self.upper)

    def low(self, cost: Floats) -> float:
        """Return the lowest value of cost @ x."""
        return float(cost @ self.point(cost))

    def extremes(self, costs: Floats) -> Floats:
        """Return a row for each row of `costs`: a point where it is lowest. Solved as one problem."""
        from scipy import sparse

        times = len(costs)
        most, exact = (sparse.kron(sparse.eye(times), rows, "csr") for rows in (self.most, self.exact))
        equals, lower, upper = (np.tile(one, times) for one in (self.equals, self.lower, self.upper))
        return self._lowest(costs.ravel(), most, exact, equals, lower, upper).reshape(costs.shape)

    def contains(self, point: Floats) -> bool:
        """Return whether a point meets all limits, up to the rounding of floats."""
        return bool(
            (point >= self.lower - TOLERANCE).all()
            and (point <= self.upper + TOLERANCE).all()
            and (self.most @ point <= TOLERANCE).all()
            and (abs(self.exact @ point - self.equals) <= TOLERANCE).all()
        )

    def holds(self) -> bool:
        """Return whether there is a point."""
        try:
            self.point(np.zeros(self.size))
        except Empty:
            return False
        return True

    def fixed(self, values: Floats) -> "Polytope":
        """Return the points that start with these values."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[: len(values)] = upper[: len(values)] = values
        return replace(self, lower=lower, upper=upper)

    def pinned(self, rows: Floats, values: Floats) -> "Polytope":
        """Return the points with rows @ x == values."""
        return replace(
            self, exact=np.vstack([self.exact, rows]), equals=np.concatenate([self.equals, values])
        )

    def _lowest(self, cost: Floats, most: Any, exact: Any, equals: Floats, low: Floats, up: Floats) -> Floats:
        from scipy.optimize import linprog

        if (low > up).any():
            raise Empty
        found = linprog(
            cost,
            A_ub=most if most.shape[0] else None,
            b_ub=np.zeros(most.shape[0]) if most.shape[0] else None,
            A_eq=exact,
            b_eq=equals,
            bounds=np.column_stack([low, up]),
            method="highs",
            options=_EXACT,
        )
        if found.x is None:
            raise Empty
        return np.asarray(found.x, dtype=np.float64)

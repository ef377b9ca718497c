"""A minimal set of statements that cannot hold together."""

from collections.abc import Callable

from markets.estimates.polytopes import Empty, Polytope
from markets.estimates.results import Contradiction
from markets.estimates.statements import Statements

Shape = Callable[[Statements], Polytope]


def allowed(shape: Shape, statements: Statements) -> Polytope:
    """Return the shape of what the statements allow; raise Contradiction if that is nothing."""
    try:
        found = shape(statements)
        if found.holds():
            return found
    except Empty:
        pass
    raise Contradiction([one.fact for one in _minimal(shape, statements).items])


def _minimal(shape: Shape, statements: Statements) -> Statements:
    """Leave out one statement after the other, in canonical order, as long as the rest cannot hold.

    It is done again until no statement can be left out: a ranking says more where a rate is missing,
    so that a statement needed at first may not be needed later.
    """
    left = list(statements.items)
    while True:
        before = len(left)
        for one in list(left):
            others = [other for other in left if other is not one]
            if not _holds(shape, statements.only(others)):
                left = others
        if len(left) == before:
            return statements.only(left)


def _holds(shape: Shape, statements: Statements) -> bool:
    try:
        return shape(statements).holds()
    except Empty:
        return False

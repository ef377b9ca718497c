"""What table functions share: a cell of a table may lack its figure, without the others lacking theirs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeAlias

import numpy as np

from markets.answers import Answer
from markets.errors import NotFound
from udfs.errors import cell_error
from udfs.values import Array, Scalar

Asking = ParamSpec("Asking")
Found: TypeAlias = Answer | NotFound
"""An answer, or why there is none."""


def found(question: Callable[Asking, Answer], *asking: Asking.args, **named: Asking.kwargs) -> Found:
    """Return what a question to a market answers, or the refusal."""
    try:
        return question(*asking, **named)
    except NotFound as refusal:
        return refusal


def shown(one: Found, show: Callable[[Answer], Scalar] = lambda answer: answer.value) -> Scalar:
    """Return what the cell of a figure shows: its value, or what `show` makes of it, or its error."""
    return cell_error(one) if isinstance(one, NotFound) else show(one)


def counted(figures: Iterable[Found]) -> str:
    """Return how many figures came about in which way: "2 reported, 9 interpolated"."""
    counts = Counter("without a figure" if isinstance(one, NotFound) else str(one.status) for one in figures)
    return ", ".join(f"{count} {status}" for status, count in counts.items())


def table(rows: Sequence[Sequence[Scalar]], heads: Sequence[str] = ()) -> Array:
    """Return rows, under a row of column names where there are any, as an array for a cell.

    >>> table([[2023.0, 8.6]]).dtype, table([[2023.0, 8.6]], ["Year", "Size"]).shape
    (dtype('float64'), (2, 2))
    """
    every = [*([heads] if heads else []), *rows]
    numbers = all(isinstance(cell, float) for row in every for cell in row)
    return np.array(every, dtype=np.float64 if numbers else object)

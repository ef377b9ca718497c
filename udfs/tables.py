"""Helpers of the table functions: if one cell has no figure, the other cells still show theirs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeAlias

import numpy as np
from numpy.typing import NDArray

from markets.answers import Answer
from markets.errors import NotFound
from udfs.errors import cell_error
from udfs.outcome import Outcome, refused
from udfs.values import Array, Scalar

Asking = ParamSpec("Asking")
AnswerOrReason: TypeAlias = Answer | NotFound
"""An answer, or why there is none."""

Cell: TypeAlias = Scalar | NotFound
"""A cell of a table, or why it has no figure."""


def answer_or_reason(
    question: Callable[Asking, Answer], *asking: Asking.args, **named: Asking.kwargs
) -> AnswerOrReason:
    """Return the market's answer to a question, or the refusal."""
    try:
        return question(*asking, **named)
    except NotFound as refusal:
        return refusal


def cell(one: AnswerOrReason, show: Callable[[Answer], Scalar] = lambda answer: answer.value) -> Cell:
    """Return the cell for a figure: its value (or the result of `show`), or why there is none."""
    return one if isinstance(one, NotFound) else show(one)


def count_by_status(figures: Iterable[AnswerOrReason]) -> str:
    """Return the number of figures by status: "2 reported, 9 interpolated"."""
    counts = Counter("without a figure" if isinstance(one, NotFound) else str(one.status) for one in figures)
    return ", ".join(f"{count} {status}" for status, count in counts.items())


def table(rows: Sequence[Sequence[Scalar]], heads: Sequence[str] = ()) -> Array:
    """Return rows as an array for a cell, with a first row of column names if there are any.

    >>> table([[2023.0, 8.6]]).dtype, table([[2023.0, 8.6]], ["Year", "Size"]).shape
    (dtype('float64'), (2, 2))
    """
    every = [*([heads] if heads else []), *rows]
    numbers = all(isinstance(cell, float) for row in every for cell in row)
    return np.array(every, dtype=np.float64 if numbers else object)


def figures(
    rows: Sequence[Sequence[Cell]], heads: Sequence[str], reason: str | Callable[[], str], unit: str
) -> Outcome:
    """Return the outcome of a table: each cell without a figure is an error, and says why.

    >>> found = figures([[2023.0, 8.6], [2034.0, NotFound("No size.")]], (), "2 sizes", "USD billion")
    >>> found.value.tolist()[1], found.cells[1, 1].reason
    ([2034.0, <CellError.NA: '#N/A'>], 'No size.')
    """
    every = [*([heads] if heads else []), *rows]
    values = table([[_shown(each) for each in row] for row in every])
    has_gaps = any(isinstance(each, NotFound) for row in rows for each in row)
    return Outcome(values, reason, unit, cells=(lambda: _outcomes(every)) if has_gaps else None)


def _shown(one: Cell) -> Scalar:
    return cell_error(one) if isinstance(one, NotFound) else one


def _outcomes(rows: Sequence[Sequence[Cell]]) -> NDArray[np.object_]:
    told = [[refused(one) if isinstance(one, NotFound) else Outcome(one, "") for one in row] for row in rows]
    return np.array(told, dtype=np.object_)

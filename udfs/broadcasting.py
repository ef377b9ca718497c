"""Scalar functions over ranges, as Excel's own broadcast.

A single row or column is repeated along the other axis; cells where a smaller range has nothing
are #N/A. Each distinct combination of values is asked once, and the answers are spread by numpy:
100,000 years hold at most 301 different questions.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from udfs.values import ARRAY_TYPES, Argument, Array, CellError, Scalar, ScalarArgument, as_table

_SMALL_SPAN = 4096


def broadcast(function: Callable[..., Scalar], arguments: Sequence[Argument]) -> Array:
    """Return the function's answers for every cell of the ranges among `arguments`.

    >>> broadcast(lambda a, b: a + b, ([[1.0], [2.0]], [[10.0, 20.0]])).tolist()
    [[11.0, 21.0], [12.0, 22.0]]
    """
    tables = {at: as_table(a) for at, a in enumerate(arguments) if isinstance(a, ARRAY_TYPES)}
    rows = max(table.shape[0] for table in tables.values())
    columns = max(table.shape[1] for table in tables.values())
    if not rows * columns:
        return np.full((1, 1), CellError.NA, dtype=object)
    choices: dict[int, Sequence[ScalarArgument]] = {}
    combined: NDArray[np.intp] | None = None
    for at, table in tables.items():
        values, codes = _distinct(table)
        codes = _spread(codes, rows, columns, surplus=len(values))
        choices[at] = [*values, CellError.NA]
        combined = codes if combined is None else combined * (len(values) + 1) + codes
    assert combined is not None  # noqa: S101 - at least one argument is an array
    return _answers(function, arguments, choices, combined)


def _answers(
    function: Callable[..., Scalar],
    arguments: Sequence[Argument],
    choices: dict[int, Sequence[ScalarArgument]],
    combined: NDArray[np.intp],
) -> Array:
    """Ask each distinct combination once, and spread the answers over the cells."""
    total = int(np.prod([len(values) for values in choices.values()], dtype=object))
    if total <= max(_SMALL_SPAN, combined.size):
        seen = np.zeros(total, dtype=bool)
        seen[combined] = True
        asked = np.flatnonzero(seen)
        places = np.zeros(total, dtype=np.intp)
        places[asked] = np.arange(asked.size)
        where = places[combined]
    else:
        asked, where = np.unique(combined, return_inverse=True)
        where = where.reshape(combined.shape)
    call: list[Any] = list(arguments)
    answers: list[Scalar] = []
    for code in asked.tolist():
        for at in reversed(choices):
            code, choice = divmod(code, len(choices[at]))
            call[at] = choices[at][choice]
        answers.append(function(*call))
    if all(type(answer) is float for answer in answers):
        return np.array(answers, dtype=np.float64)[where]
    return np.fromiter(answers, dtype=object, count=len(answers))[where]


def _distinct(table: NDArray[Any]) -> tuple[Sequence[ScalarArgument], NDArray[np.intp]]:
    """Return the distinct values of a table, and for each cell the position of its value."""
    if not table.size:
        return [], np.zeros(table.shape, dtype=np.intp)
    if table.dtype == np.float64:
        low = table.min(initial=np.inf)
        with np.errstate(all="ignore"):  # infinities, and numbers further apart than a float can tell
            span = table.max(initial=-np.inf) - low
        if span < _SMALL_SPAN and low == np.floor(low):
            codes = (table - low).astype(np.intp)
            if (codes + low == table).all():
                return np.arange(low, low + span + 1).tolist(), codes
        values, codes = np.unique(table, return_inverse=True)
        return values.tolist(), codes.reshape(table.shape)
    found: dict[tuple[type, Any], int] = {}
    flat = [found.setdefault((type(cell), cell), len(found)) for cell in map(_scalar, table.flat)]
    return [cell for _, cell in found], np.array(flat, dtype=np.intp).reshape(table.shape)


def _scalar(cell: Any) -> ScalarArgument:
    """An empty cell of a range counts as 0, as a single empty cell does."""
    if cell is None:
        return 0.0
    if isinstance(cell, np.generic):
        cell = cell.item()
    return cell if isinstance(cell, float | int | str | bool | CellError) else str(cell)


def _spread(codes: NDArray[np.intp], rows: int, columns: int, surplus: int) -> NDArray[np.intp]:
    """Repeat a single row or column; fill what a smaller range leaves open with `surplus`."""
    if codes.shape == (rows, columns):
        return codes
    height = rows if codes.shape[0] == 1 else codes.shape[0]
    width = columns if codes.shape[1] == 1 else codes.shape[1]
    full = np.full((rows, columns), surplus, dtype=np.intp)
    full[:height, :width] = codes
    return full

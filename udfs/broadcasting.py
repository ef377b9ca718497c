"""Scalar functions over ranges: they broadcast as Excel's own functions do.

A single row or column is repeated along the other axis. Cells outside a smaller range are #N/A.
Each distinct combination of values is asked once, and numpy spreads the answers: 100,000 years
contain at most 301 different questions.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from markets.errors import BadArgument
from udfs.outcome import Outcome, refused
from udfs.values import (
    ARRAY_TYPES,
    Argument,
    Array,
    CellError,
    ScalarArgument,
    as_table,
    normalised,
)

MOST_CELLS: Final = 5_000_000
"""The most cells of a result: a long column against a long row would fill the memory."""

_SMALL_SPAN = 4096
_LARGEST_CODE = 2**62
_LINES = 20

_TABLE = refused(BadArgument("A table does not fit into one cell of a range. Ask for it alone."))

Codes = NDArray[np.intp]


def broadcast(function: Callable[..., Outcome], arguments: Sequence[Argument]) -> Outcome:
    """Return one outcome with the function's values for every cell of the ranges in `arguments`.

    If the numbers have several units, all are refused, because their sum would be meaningless.

    >>> added = broadcast(lambda a, b: Outcome(a + b, ""), ([[1.0], [2.0]], [[10.0, 20.0]]))
    >>> added.value.tolist()
    [[11.0, 21.0], [12.0, 22.0]]
    """
    tables = {at: as_table(a) for at, a in enumerate(arguments) if isinstance(a, ARRAY_TYPES)}
    rows = max(table.shape[0] for table in tables.values())
    columns = max(table.shape[1] for table in tables.values())
    if not rows * columns:
        return Outcome(np.full((1, 1), CellError.NA, dtype=object), "The range is empty.")
    if rows * columns > MOST_CELLS:
        return refused(BadArgument(f"The result would have {rows * columns:,} cells. Use smaller ranges."))
    choices: dict[int, Sequence[ScalarArgument]] = {}
    spread: dict[int, Codes] = {}
    for at, table in tables.items():
        values, codes = _distinct(table)
        choices[at] = [*values, CellError.NA]
        spread[at] = _spread(codes, rows, columns, surplus=len(values))
    picked, where = _combinations([(spread[at], len(choices[at])) for at in tables])
    call: list[Any] = list(arguments)
    outcomes = []
    for combination in zip(*picked, strict=True):
        for at, code in zip(tables, combination, strict=True):
            call[at] = choices[at][code]
        outcome = function(*call)
        outcomes.append(_TABLE if isinstance(outcome.value, np.ndarray) else outcome)
    return _together(outcomes, where)


def _combinations(columns: Sequence[tuple[Codes, int]]) -> tuple[list[list[int]], Codes]:
    """Return the codes of each distinct combination, column by column, and for each cell its combination.

    `columns` are codes, each with the number of values that they stand for. Together they are the
    digits of one number, whose occurring values are renumbered before it outgrows an integer.
    """
    combined, span = columns[0]
    steps: list[tuple[int, Codes | None]] = []
    for codes, count in columns[1:]:
        occurring = None
        if span * count > _LARGEST_CODE:
            occurring, combined = np.unique(combined, return_inverse=True)
            combined, span = combined.reshape(codes.shape), len(occurring)
        steps.append((count, occurring))
        combined, span = combined * count + codes, span * count
    asked, where = _numbered(combined, span)
    picked = []
    for count, occurring in reversed(steps):
        asked, digit = np.divmod(asked, count)
        picked.append(digit.tolist())
        asked = asked if occurring is None else occurring[asked]
    return [asked.tolist(), *reversed(picked)], where


def _numbered(codes: Codes, span: int) -> tuple[Codes, Codes]:
    """Return the distinct codes, all below `span`, and for each cell the place of its code among them."""
    if span > max(_SMALL_SPAN, codes.size):
        distinct, where = np.unique(codes, return_inverse=True)
        return distinct, where.reshape(codes.shape)
    seen = np.zeros(span, dtype=bool)
    seen[codes] = True
    distinct = np.flatnonzero(seen)
    places = np.zeros(span, dtype=np.intp)
    places[distinct] = np.arange(distinct.size)
    return distinct, places[codes]


def _together(outcomes: Sequence[Outcome], where: Codes) -> Outcome:
    """Spread the outcomes of distinct questions over their cells."""
    answers = [outcome.value for outcome in outcomes]
    units = list(dict.fromkeys(one.unit for one in outcomes if type(one.value) is float))
    if len(units) > 1:
        listed = " and ".join(units)
        return refused(BadArgument(f"The range mixes {listed}. Set the argument unit."))
    values: Array
    if all(type(answer) is float for answer in answers):
        values = np.array(answers, dtype=np.float64)[where]
    else:
        values = np.fromiter(answers, dtype=object, count=len(answers))[where]
    has_more = any(one.has_card or isinstance(one.value, CellError) for one in outcomes)
    return Outcome(
        values,
        lambda: _reason(outcomes, where),
        units[0] if units else "",
        cells=(lambda: _cells(outcomes, where)) if has_more else None,
    )


def _cells(outcomes: Sequence[Outcome], where: Codes) -> NDArray[np.object_]:
    found: NDArray[np.object_] = np.fromiter(outcomes, dtype=object, count=len(outcomes))[where]
    return found


def _reason(outcomes: Sequence[Outcome], where: Codes) -> str:
    """Return the reasons for an array's cells, one per line; or the number of failures and the first one."""
    reasons = list(dict.fromkeys(outcome.reason for outcome in outcomes))
    failed = [at for at, one in enumerate(outcomes) if isinstance(one.value, CellError)]
    if not failed or len(reasons) == 1:
        return "\n".join(reasons[:_LINES])
    count = int(np.isin(where, failed).sum())
    return f"{count} of {where.size} cells have no figure: {outcomes[failed[0]].reason}"


def _distinct(table: NDArray[Any]) -> tuple[Sequence[ScalarArgument], NDArray[np.intp]]:
    """Return the distinct values of a table, and for each cell the position of its value."""
    if not table.size:
        return [], np.zeros(table.shape, dtype=np.intp)
    if table.dtype == np.float64:
        low = table.min(initial=np.inf)
        with np.errstate(all="ignore"):  # infinities, and numbers too far apart for a float
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
    """An empty cell of a range counts as 0, like a single empty cell."""
    if cell is None:
        return 0.0
    cell = normalised(cell)
    return cell if isinstance(cell, float | int | str | bool | CellError) else str(cell)


def _spread(codes: NDArray[np.intp], rows: int, columns: int, surplus: int) -> NDArray[np.intp]:
    """Repeat a single row or column; fill the cells outside a smaller range with `surplus`."""
    if codes.shape == (rows, columns):
        return codes
    height = rows if codes.shape[0] == 1 else codes.shape[0]
    width = columns if codes.shape[1] == 1 else codes.shape[1]
    full = np.full((rows, columns), surplus, dtype=np.intp)
    full[:height, :width] = codes
    return full

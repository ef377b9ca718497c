"""Conversion of values between Excel and the worksheet functions, for COM.

In, an argument arrives as a raw variant in Python's COM layer: a float, str, bool, None for an
empty cell, an int for an error value, and a tuple of tuples for a range. Out, an error is a
*sentinel*: the plain int that the add-in's VBA turns into `CVErr`. It must be a plain int, which
COM passes as VT_I4, while every number is VT_R8, so a number is never mistaken for an error.
"""

from enum import Enum
from itertools import chain
from typing import Any, Final

import numpy as np

from udfs.values import Argument, CellError, Result, ScalarArgument

_SENTINEL_BASE: Final = -2146828288
_ERRORS: Final = {_SENTINEL_BASE + error.code: error for error in CellError}
_ERROR_RANGE: Final = range(_SENTINEL_BASE + 2000, _SENTINEL_BASE + 2100)
_ARRAYS: Final = (tuple, list)


class Omitted(Enum):
    """The value that xlwings passes for an omitted argument."""

    OMITTED = "omitted"


def from_excel(argument: Any) -> Argument:
    """Return an argument as `udfs.values` describes it.

    An empty cell counts as 0, as in Excel's own functions. An error without a `CellError` (such as
    #SPILL!) counts as #VALUE!.

    >>> from_excel(Omitted.OMITTED), from_excel(None), from_excel(-2146826246)
    (None, 0.0, <CellError.NA: '#N/A'>)
    >>> from_excel(((2023.0,), (2033.0,)))
    array([[2023.],
           [2033.]])
    """
    if isinstance(argument, _ARRAYS):
        return _table(argument)
    if argument is None:
        return 0.0
    if argument is Omitted.OMITTED:
        return None
    return _cell(argument)


def to_excel(result: Result) -> list[list[Any]]:
    """Return a result as rows of floats, texts and sentinels; a scalar is one row with one cell.

    xlwings turns one row with one cell back into a scalar, and a single row into a 1-D array.

    >>> to_excel(8.6), to_excel(CellError.NA)
    ([[8.6]], [[-2146826246]])
    """
    if not isinstance(result, np.ndarray):
        return [[sentinel(result) if isinstance(result, CellError) else result]]
    rows: list[list[Any]] = result.tolist()
    if result.dtype == np.float64:
        return rows
    return [[sentinel(cell) if isinstance(cell, CellError) else cell for cell in row] for row in rows]


def sentinel(error: CellError) -> int:
    """Return COM's integer for an error value.

    >>> sentinel(CellError.NUM)
    -2146826252
    """
    return _SENTINEL_BASE + error.code


def _table(rows: tuple[Any, ...] | list[Any]) -> Argument:
    """Numbers become one array of floats; anything else becomes rows, with errors converted."""
    if not any(isinstance(row, _ARRAYS) for row in rows):
        rows = (rows,)
    if set(map(type, chain.from_iterable(rows))) <= {float}:
        cells = len(rows) * len(rows[0])
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.float64, count=cells)
        return flat.reshape(len(rows), -1)
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(value: Any) -> ScalarArgument:
    if type(value) is int and value in _ERROR_RANGE:
        return _ERRORS.get(value, CellError.VALUE)
    scalar: ScalarArgument = value
    return scalar

"""Values in and out of cells: the one kind that every host is translated to.

In, a worksheet function sees for an argument

- None where it was omitted (inside a range: an empty cell);
- a float, int, bool or str; a referenced empty cell is 0.0, as for Excel's own functions;
- a `CellError` where the argument is an error;
- a 2-D numpy array, or a sequence of rows, for a range or an array. One row is (1, n).

Out, it gives a `Scalar`, or a 2-D numpy array: of float64 where every element is a number, else
of objects, each a `Scalar`. No result holds None, NaN or an infinity.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray


class CellError(Enum):
    """Excel's error values; `value` is what a cell shows, `code` Excel's number for it.

    >>> CellError.NA.value, CellError.NA.code
    ('#N/A', 2042)
    """

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"

    @property
    def code(self) -> int:
        """The number of the error in VBA's `CVErr`."""
        return _CODES[self]

    def __str__(self) -> str:
        return self.value


_CODES = {
    CellError.NULL: 2000,
    CellError.DIV0: 2007,
    CellError.VALUE: 2015,
    CellError.REF: 2023,
    CellError.NAME: 2029,
    CellError.NUM: 2036,
    CellError.NA: 2042,
}

Scalar: TypeAlias = float | str | CellError
Array: TypeAlias = NDArray[np.float64] | NDArray[np.object_]
Result: TypeAlias = Scalar | Array
ScalarArgument: TypeAlias = float | str | bool | CellError | None
Argument: TypeAlias = ScalarArgument | NDArray[Any] | list[Any] | tuple[Any, ...]

ARRAY_TYPES = (np.ndarray, list, tuple)


def as_table(argument: Argument) -> NDArray[Any]:
    """Return a range argument as a 2-D array: float64 where it holds numbers only, else objects.

    A flat sequence is one row. Rows of unequal length are filled up with empty cells.

    >>> as_table([[2023], [2033]]).shape
    (2, 1)
    >>> as_table((1, "x")).dtype
    dtype('O')
    """
    if isinstance(argument, np.ndarray):
        table = argument
    elif not isinstance(argument, list | tuple):
        table = np.array([argument], dtype=object)
    elif any(isinstance(row, list | tuple | np.ndarray) for row in argument):
        table = _from_rows(argument)
    else:
        table = np.fromiter(argument, dtype=object, count=len(argument))
    if table.ndim != 2:
        table = table.reshape(1, -1) if table.ndim < 2 else table.reshape(table.shape[0], -1)
    if table.dtype == np.float64:
        return table
    if table.dtype.kind in "iufb":
        return table.astype(np.float64)
    return _numbers_as_float(table.astype(object))


def _from_rows(rows: Sequence[Any]) -> NDArray[np.object_]:
    cells = [list(row) if isinstance(row, list | tuple | np.ndarray) else [row] for row in rows]
    table = np.full((len(cells), max(map(len, cells))), None, dtype=object)
    for at, row in enumerate(cells):
        table[at, : len(row)] = np.fromiter(row, dtype=object, count=len(row))
    return table


def _numbers_as_float(table: NDArray[np.object_]) -> NDArray[Any]:
    if table.size and set(map(type, table.flat)) <= {float, int}:
        try:
            return table.astype(np.float64)
        except OverflowError:
            return table
    return table

"""Values in and out of cells, in the one form that all hosts are translated to.

An argument of a worksheet function is

- None if it is omitted (inside a range: an empty cell);
- a float, int, bool or str; a reference to an empty cell is 0.0, as in Excel's own functions;
- a `CellError` if the argument is an error;
- a 2-D numpy array, or a sequence of rows, for a range or an array. One row is (1, n).

`normalised` converts the other values that Python programs pass: numpy's scalars, decimals, pandas'
columns.

The result is a `Scalar` or a 2-D numpy array: of float64 if every element is a number, else of
objects, each a `Scalar`. No result contains None, NaN or an infinity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray


class CellError(Enum):
    """Excel's error values; `value` is the text in a cell, `code` Excel's number for it.

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


@dataclass(frozen=True)
class Cells:
    """A range taken as a whole, as a value that can be compared and cached.

    `rows` end with the last that is not blank; `height` counts the blank ones too.
    """

    rows: tuple[tuple[ScalarArgument, ...], ...]
    height: int


_BLANK = {str, type(None)}
_KNOWN = {str, bool, int, float, CellError, type(None)}
_KINDS = (str, bool, int, float, CellError, Cells, *ARRAY_TYPES)
_BEFORE_THE_FIRST_DAY = date(1899, 12, 30).toordinal()
"""Excel counts days from here, after February 1900."""


def normalised(argument: Any) -> Any:
    """Return a value that Python passes in one of the forms above; any other value as its text.

    A pandas Series or Index becomes a column, a DataFrame its cells, a date its number in Excel.

    >>> normalised(np.int64(2033)), normalised(Decimal("4.3")), normalised(np.array(7.0))
    (2033, 4.3, 7.0)
    """
    if isinstance(argument, np.generic) or (isinstance(argument, np.ndarray) and not argument.ndim):
        return argument.item()
    if isinstance(argument, Decimal | Fraction):
        return float(argument) if argument == argument else float("nan")
    if isinstance(argument, range):
        return list(argument)
    if isinstance(argument, date):
        return float(argument.toordinal() - _BEFORE_THE_FIRST_DAY)
    if hasattr(argument, "to_numpy"):
        cells = np.asarray(argument.to_numpy())
        return cells.reshape(-1, 1) if cells.ndim == 1 else cells
    return argument if argument is None or isinstance(argument, _KINDS) else str(argument)


def whole_range(argument: Argument) -> ScalarArgument | Cells:
    """Return a range as one value: None if it is blank, an error if it contains one.

    >>> whole_range([["", None]]), whole_range([["growth", 0.05], [None, ""]])
    (None, Cells(rows=(('growth', 0.05),), height=2))
    """
    if not isinstance(argument, ARRAY_TYPES):
        return argument
    rows = as_table(argument).tolist()
    height = len(rows)
    while rows and _BLANK.issuperset(map(type, rows[-1])) and not any(rows[-1]):
        rows.pop()
    cells = tuple(tuple(row if _KNOWN.issuperset(map(type, row)) else map(normalised, row)) for row in rows)
    errors = [cell for row in cells for cell in row if isinstance(cell, CellError)]
    return errors[0] if errors else Cells(cells, height) if cells else None


def as_table(argument: Argument) -> NDArray[Any]:
    """Return a range argument as a 2-D array: float64 if it contains only numbers, else objects.

    A flat sequence is one row. Shorter rows are filled with empty cells.

    >>> as_table([[2023], [2033]]).shape
    (2, 1)
    >>> as_table((1, "x")).dtype
    dtype('O')
    """
    if isinstance(argument, np.ndarray):
        table = argument
    elif not isinstance(argument, list | tuple):
        table = np.array([argument], dtype=object)
    elif any(isinstance(row, np.ndarray) and not row.ndim for row in argument):
        table = as_table(list(map(normalised, argument)))
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

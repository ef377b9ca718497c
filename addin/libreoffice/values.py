"""Conversion of values between Calc and the worksheet functions.

Calc passes None for an omitted argument, a float for a number or a truth value, text, and rows of
these for a range or an array; a single empty cell is 0.0, and an empty cell in a range is "". The
result must be rows. An error is a NaN with Calc's error number as its payload.
"""

import struct
from typing import Any, TypeAlias

import numpy as np

from udfs.values import Argument, CellError, Result, Scalar, ScalarArgument

Rows: TypeAlias = tuple[tuple[float | str, ...], ...]

LONGEST_TEXT = 32767

_ERROR_NUMBERS = {
    CellError.NULL: 521,
    CellError.DIV0: 532,
    CellError.VALUE: 519,
    CellError.REF: 524,
    CellError.NAME: 525,
    CellError.NUM: 503,
    CellError.NA: 32767,
}
_ERRORS = {number: error for error, number in _ERROR_NUMBERS.items()}
_QUIET_NAN = 0x7FF8000000000000


def cell_error(number: int) -> CellError:
    """Return the error for Calc's error number; #VALUE! for errors that Excel does not have.

    >>> cell_error(532).value, cell_error(504).value
    ('#DIV/0!', '#VALUE!')
    """
    return _ERRORS.get(number, CellError.VALUE)


def from_calc(argument: Any) -> Argument:
    """Return an argument for the worksheet functions.

    >>> from_calc(((2023.0, ""), ("CT", 1.0)))
    [[2023.0, None], ['CT', 1.0]]
    """
    if type(argument) is tuple:
        return [[_cell(cell) for cell in row] for row in argument]
    return _error_or_number(argument) if type(argument) is float else argument


def to_calc(result: Result) -> Rows:
    """Return a result as rows, for Calc.

    >>> to_calc(8.6), to_calc(np.array([["CT", 0.653]], dtype=object))
    (((8.6,),), (('CT', 0.653),))
    """
    if not isinstance(result, np.ndarray):
        return ((_scalar(result),),)
    if result.dtype == np.float64:
        return tuple(map(tuple, result.tolist()))
    return tuple(tuple(map(_scalar, row)) for row in result.tolist())


def _cell(cell: Any) -> ScalarArgument:
    if cell == "":
        return None
    return _error_or_number(cell) if type(cell) is float else cell


def _error_or_number(number: float) -> float | CellError:
    if number == number:
        return number
    return cell_error(struct.unpack("<Q", struct.pack("<d", number))[0] & 0xFFFFFFFF)


def _scalar(value: Scalar) -> float | str:
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return NAN_OF[value] if isinstance(value, CellError) else float(value)


def _nan(number: int) -> float:
    value: float = struct.unpack("<d", struct.pack("<Q", _QUIET_NAN | number))[0]
    return value


NAN_OF = {error: _nan(number) for error, number in _ERROR_NUMBERS.items()}

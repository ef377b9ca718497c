"""Which of the user's formulas an engine can be trusted with.

An engine is a program that calculates a workbook, such as LibreOffice. It is trusted with a cell if it
knows every function in the cell's formula, and if it reproduces the cached value: from the workbook as
it was before the refresh, with Marketbook's figures as the constants that they were. Two kinds of cells
have nothing to reproduce, and are trusted if the engine knows every function in them and they refer to
no other workbook:

- a cell that calls Marketbook itself, because its value moves with the catalog;
- a cell without a cached value, as a program writes it that does not calculate.

A volatile formula (TODAY, RAND, CELL) is never trusted: Excel calculates it whenever it opens the
workbook, and to another value.
"""

import math
import re
from collections.abc import Iterable, Mapping

from udfs.registry import FUNCTIONS
from udfs.values import CellError
from workbook.package import Cell, CellValue, without_texts
from workbook.xlsx import cell_value

_FUNCTION = re.compile(r"(?<![\w.])([A-Za-z_][\w.]*)\(")
_OTHER_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!|'[^']*\[[^']*'!")
_VOLATILE = re.compile(r"(?<![\w.])(?:_xlfn\.)?(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|CELL|INFO)\(", re.I)
_OURS_MAY_GIVE = (CellError.NA, CellError.NUM, CellError.VALUE)
_WHOLE_CALL = re.compile(r"([A-Z_]+)\([^()]*\)")

Value = float | str | bool | CellError


def functions_in(formulas: Iterable[str]) -> list[str]:
    """Return the functions in formulas that are not Marketbook's, as they are stored.

    >>> functions_in(['SUM(_xlfn.VSTACK(A1,MARKET_SIZE("BDP(")))'])
    ['SUM', '_xlfn.VSTACK']
    """
    found = {name for formula in formulas for name in _FUNCTION.findall(without_texts(formula))}
    return sorted(name for name in found if name.upper() not in FUNCTIONS)


def reproduced(cached: CellValue | None, calculated: Value | None) -> bool:
    """Return whether a calculated value is the cached one: same type, numbers up to rounding.

    >>> reproduced(0.3, 0.1 + 0.2), reproduced(1.0, True), reproduced("#N/A", CellError.NA)
    (True, False, False)
    """
    if cached is None or calculated is None:
        return False
    value = cell_value(calculated)
    if isinstance(cached, float) and isinstance(value, float):
        return math.isclose(cached, value, rel_tol=1e-9, abs_tol=1e-12)
    return type(cached) is type(value) and cached == value


def calibrated(formula: str, cached: CellValue | None, before: Value | None, unknown: frozenset[str]) -> bool:
    """Return whether an engine is trusted with a formula, as it reproduces the cached value."""
    return reproduced(cached, before) and not _VOLATILE.search(formula) and _all_known(formula, unknown)


def accepted(formula: str, value: Value | None, unknown: frozenset[str]) -> bool:
    """Return whether an engine is trusted with a formula that has nothing to reproduce.

    A Marketbook function gives #N/A and #NUM! for a figure that is missing or out of domain, and #VALUE!
    for an argument such as another currency. Other errors are accepted only from such a call alone.
    """
    bare = without_texts(formula)
    if value is None or _VOLATILE.search(bare) or _OTHER_BOOK.search(bare) or not _all_known(bare, unknown):
        return False
    if isinstance(value, CellError) and value not in _OURS_MAY_GIVE:
        whole = _WHOLE_CALL.fullmatch(formula)
        return bool(whole and whole[1] in FUNCTIONS)
    return True


def untrusted(
    cells: Iterable[Cell],
    formulas: Mapping[Cell, str],
    values: Mapping[Cell, Value],
    unknown: frozenset[str],
) -> set[Cell]:
    """Return the cells with which an engine is not trusted, of those that have nothing to reproduce."""
    return {cell for cell in cells if not accepted(formulas[cell], values.get(cell), unknown)}


def _all_known(formula: str, unknown: frozenset[str]) -> bool:
    return not unknown or unknown.isdisjoint(functions_in([formula]))

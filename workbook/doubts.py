"""The user's formulas that another program may not calculate as Excel does.

A wrong value must not replace the right one that is saved in a cell.
"""

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils import FORMULAE

from udfs.registry import FUNCTIONS
from udfs.values import CellError
from workbook.package.sheets.dependents import Cell
from workbook.package.sheets.formulas import without_texts

_NAMES = re.compile(r"(?<![\w.])((?:_[A-Za-z]+\.)*)([A-Za-z][\w.]*)\(")
_OTHER_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!|'[^']*\[[^']*'!")
_WHOLE_CALL = re.compile(r"([A-Z_]+)\([^()]*\)")
_OURS_MAY_GIVE = (CellError.NA, CellError.NUM)
_NOT_ALIKE = frozenset(
    {
        *("CELL", "INFO", "RTD", "WEBSERVICE", "CALL", "REGISTER.ID", "GETPIVOTDATA", "STOCKHISTORY"),
        *("LAMBDA", "LET", "MAP", "REDUCE", "SCAN", "BYROW", "BYCOL", "MAKEARRAY", "IMAGE", "PY"),
        *("CUBEKPIMEMBER", "CUBEMEMBER", "CUBEMEMBERPROPERTY", "CUBERANKEDMEMBER"),
        *("CUBESET", "CUBESETCOUNT", "CUBEVALUE"),
    }
)
"""Functions with different results in each program, or that one of them does not have."""


def doubtful(
    formulas: Mapping[Cell, str], carried: Mapping[Cell, object], values: Mapping[Cell, object]
) -> set[Cell]:
    """Return the cells whose calculated values cannot be trusted.

    These are formulas with functions that the program may not know or with references to other
    workbooks, and formulas with a new error that does not come from a Marketbook function.
    """
    return {
        cell
        for cell, formula in formulas.items()
        if _may_differ(formula) or _has_become_an_error(formula, carried.get(cell), values.get(cell))
    }


def _may_differ(formula: str) -> bool:
    """Return whether a formula uses features that one of the programs may not have.

    >>> _may_differ("SUM(A1:A2)*MARKET_SIZE(B1)"), _may_differ("_xlfn.XLOOKUP(1,A:A,B:B)")
    (False, False)
    >>> _may_differ("IFERROR(BDP(A1),0)"), _may_differ("[1]Rates!A1"), _may_differ("_xlfn.LAMBDA(x,x)(1)")
    (True, True, True)
    """
    bare = without_texts(formula)
    return bool(_OTHER_BOOK.search(bare)) or any(_functions_in_doubt(bare))


def _functions_in_doubt(formula: str) -> Iterator[bool]:
    for prefix, name in _NAMES.findall(formula):
        known = name.upper() in FORMULAE or name.upper() in FUNCTIONS or "_xlfn." in prefix.lower()
        yield not known or name.upper() in _NOT_ALIKE


def _has_become_an_error(formula: str, carried: object, value: object) -> bool:
    """Return whether a cell has a new error that does not come from a Marketbook function.

    Marketbook functions return #N/A and #NUM! for figures that are missing or out of domain, and
    other formulas pass them on. #VALUE!, as for another currency, is accepted from a formula that
    calls a Marketbook function, and other errors only from such a call alone.
    """
    if not isinstance(value, CellError) or carried == str(value) or value in _OURS_MAY_GIVE:
        return False
    if value is CellError.VALUE:
        return not any(name.upper() in FUNCTIONS for _, name in _NAMES.findall(without_texts(formula)))
    whole = _WHOLE_CALL.fullmatch(formula)
    return not (whole and whole[1] in FUNCTIONS)

"""Which editions of a market the workbook shows: the two cells on Start, as text for the functions."""

import datetime

from udfs.values import CellError
from workbook.formulas import Expr, if_, text

LATEST = "latest"
PICKS = (LATEST, "median", "low", "high")
"""The choices of source that are no publishers."""

_DAY_0 = datetime.date(1899, 12, 30)
_LAST_DAY = 2_958_465  # 9999-12-31


def day_number(day: datetime.date) -> float:
    """Return a date as the number that a cell has for it.

    >>> day_number(datetime.date(2025, 9, 30))
    45930.0
    """
    return float((day - _DAY_0).days)


def as_of_words(as_of: Expr) -> Expr:
    """Return " as of 2025-09-30" for a cell with a date, and nothing for a blank cell.

    Text in the cell is passed on, so that the functions say what is wrong with it.

    >>> as_of_words(Expr("mb_as_of", 45930.0)).value, as_of_words(Expr("mb_as_of", "")).value
    (' as of 2025-09-30', '')
    """
    # A number is less than any text. Unlike the result of ISNUMBER, a text like 2025-09-30 stays a text.
    day = if_(as_of.below(""), iso_date(as_of), as_of)
    return if_(as_of.equals(""), "", text(" as of ") & day)


def selection_words(source: Expr, as_of: Expr) -> Expr:
    """Return the argument `source` of the functions for the choices on Start.

    >>> selection_words(Expr("mb_source_choice", "median"), text(" as of 2025-09-30")).value
    'median as of 2025-09-30'
    """
    return if_(source.equals(""), LATEST, source) & as_of


def iso_date(day: Expr) -> Expr:
    """Return a date as text such as "2025-09-30". TEXT would need a format in the language of Excel."""
    x = day.formula
    formula = f'YEAR({x})&"-"&RIGHT("0"&MONTH({x}),2)&"-"&RIGHT("0"&DAY({x}),2)'
    return Expr(formula, _iso(day.value), binding=2)


def _iso(day: object) -> str | CellError:
    if not isinstance(day, float):
        return CellError.VALUE
    if not 0 <= day <= _LAST_DAY:
        return CellError.NUM
    return str(_DAY_0 + datetime.timedelta(days=int(day)))

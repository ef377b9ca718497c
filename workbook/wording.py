"""Formulas that spell figures and shorten texts. FIXED and ROUND work in any language of Excel."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10
from typing import Any

from udfs.values import CellError
from workbook.formulas import Expr, as_text, if_


def fixed(number: Expr, decimals: int) -> Expr:
    """Return FIXED(number, decimals): text with thousands separators.

    >>> fixed(Expr("B8", 13100.0), 0), fixed(Expr("B9", 8.6), 1)
    (Expr(formula='FIXED(B8,0)', value='13,100'), Expr(formula='FIXED(B9,1)', value='8.6'))
    """
    return Expr(
        f"FIXED({number.formula},{decimals})", _if_number(number.value, lambda n: _fixed(n, decimals))
    )


def rounded(number: Expr, decimals: int) -> Expr:
    """Return ROUND(number, decimals)&"": text without zeros at the end.

    >>> rounded(Expr("B8", 65.31), 1).value, rounded(Expr("B8", 10.0), 1).value
    ('65.3', '10')
    """
    value = _if_number(number.value, lambda known: as_text(float(_rounded(known, decimals))))
    return Expr(f'ROUND({number.formula},{decimals})&""', value, binding=2)


def significant(number: Expr) -> Expr:
    """Return a formula that spells a number with three digits, or without decimals from 1,000 on.

    >>> significant(Expr("B8", 10.6141)).value, significant(Expr("B8", 8.6)).value
    ('10.6', '8.6')
    >>> significant(Expr("B8", 8600000.4)).value, significant(Expr("B8", 0.0)).value
    ('8,600,000', '0')
    """
    x = number.formula
    short = f'ROUND({x},2-INT(LOG10(ABS({x}))))&""'
    formula = f'IFERROR(IF(ABS({x})<1000,{short},FIXED({x},0)),{x}&"")'
    return Expr(formula, _if_number(number.value, _significant, otherwise=as_text))


def sized(number: Expr) -> Expr:
    """Return a formula that spells a size with up to two decimals, or without any from 1,000 on.

    >>> sized(Expr("B8", 13.05)).value, sized(Expr("B8", 13050.0)).value
    ('13.05', '13,050')
    """
    return if_(number.below(1000.0), rounded(number, 2), fixed(number, 0))


def length(text: Expr) -> Expr:
    """Return LEN(text)."""
    value = text.value if isinstance(text.value, CellError) else float(len(as_text(text.value)))
    return Expr(f"LEN({text.formula})", value)


def clipped(text: Expr, most: int) -> Expr:
    """Return a formula for a text of at most so many characters, with an ellipsis if it was longer.

    >>> clipped(Expr("B8", "North America"), 6).value
    'North…'
    """
    return if_(Expr(str(most), float(most)).below(length(text)), left(text, most - 1) & "…", text & "")


def left(text: Expr, count: int) -> Expr:
    """Return LEFT(text, count): the first characters."""
    value = text.value if isinstance(text.value, CellError) else as_text(text.value)[:count]
    return Expr(f"LEFT({text.formula},{count})", value)


def total(cells: Sequence[Expr], span: str) -> Expr:
    """Return SUM(span): the sum of the cells that are numbers."""
    return Expr(f"SUM({span})", sum((cell.value for cell in cells if isinstance(cell.value, float)), 0.0))


def linked(address: Expr, shown: Expr) -> Expr:
    """Return HYPERLINK(address, shown): a text that opens an address."""
    return Expr(f"HYPERLINK({address.formula},{shown.formula})", shown.value)


def _if_number(value: Any, spell: Any, otherwise: Any = lambda value: CellError.VALUE) -> Any:
    if isinstance(value, CellError):
        return value
    return spell(value) if isinstance(value, float) else otherwise(value)


def _significant(number: float) -> str:
    if not number:
        return "0"
    if abs(number) >= 1000:
        return _fixed(number, 0)
    return as_text(float(_rounded(number, 2 - floor(log10(abs(number))))))


def _fixed(number: float, decimals: int) -> str:
    return f"{_rounded(number, decimals):,}"


def _rounded(number: float, decimals: int) -> Decimal:
    """Round half away from zero, as Excel does, from the 15 digits that it shows."""
    return Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)

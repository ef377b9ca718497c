"""Formulas with their values.

People without the add-in read workbooks too, so each formula is written with its value. An `Expr`
has both, and expressions are combined as in a formula:

>>> size = Expr("B8", 8.6)
>>> growth = Expr("B9", 13.1) / size - 1
>>> growth.formula, round(growth.value, 4)
('B9/B8-1', 0.5233)
>>> call("MARKET_SIZE", "Medical Imaging Outsourcing", 2033, None, Expr("mb_unit", "USD million"))
Expr(formula='MARKET_SIZE("Medical Imaging Outsourcing",2033,,mb_unit)', value=13100.0)

Values follow Excel's rules: an error as an operand is also the result, text in arithmetic gives
#VALUE!, division by zero gives #DIV/0!, and comparisons of text ignore case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from udfs.registry import FUNCTIONS
from udfs.values import CellError

Operand: TypeAlias = "Expr | float | str | bool | None"


@dataclass(frozen=True)
class Expr:
    """A formula without its equals sign, and its value: a scalar, or an array inside a larger formula."""

    formula: str
    value: Any

    def __add__(self, other: Operand) -> "Expr":
        return _arithmetic(self, "+", other, lambda a, b: a + b)

    def __sub__(self, other: Operand) -> "Expr":
        return _arithmetic(self, "-", other, lambda a, b: a - b)

    def __truediv__(self, other: Operand) -> "Expr":
        return _arithmetic(self, "/", other, lambda a, b: a / b if b else CellError.DIV0)

    def __and__(self, other: Operand) -> "Expr":
        """Join two texts, as Excel's & does."""
        a, b = _expr(self), _expr(other)
        error = _first_error(a, b)
        return Expr(f"{a.formula}&{b.formula}", error or as_text(a.value) + as_text(b.value))

    def equals(self, other: Operand) -> "Expr":
        """Compare as Excel's = does."""
        a, b = _expr(self), _expr(other)
        return Expr(f"{a.formula}={b.formula}", _first_error(a, b) or _key(a.value) == _key(b.value))

    def below(self, other: Operand) -> "Expr":
        """Compare as Excel's < does: any text is greater than any number."""
        a, b = _expr(self), _expr(other)
        return Expr(f"{a.formula}<{b.formula}", _first_error(a, b) or _rank(a.value) < _rank(b.value))


def text(literal: str) -> Expr:
    """Return a text as an operand, to be joined with others."""
    return _expr(literal)


def call(name: str, *arguments: Operand) -> Expr:
    """Return a call of a worksheet function, None for an omitted argument."""
    given = list(arguments)
    while given and given[-1] is None:
        given.pop()
    operands = [_expr(argument) for argument in given]
    formula = f"{name}({','.join(operand.formula for operand in operands)})"
    return Expr(formula, FUNCTIONS[name](*(operand.value for operand in operands)))


def index(table: Expr, row: int | Expr, column: int = 1) -> Expr:
    """Return one cell of a table function's result: INDEX(table, row, column), starting at 1."""
    at = _expr(row)
    formula = f"INDEX({table.formula},{at.formula},{column})"
    if not isinstance(table.value, np.ndarray):
        return Expr(formula, table.value)
    if isinstance(at.value, CellError):
        return Expr(formula, at.value)
    inside = 1 <= at.value <= table.value.shape[0] and column <= table.value.shape[1]
    return Expr(formula, table.value[int(at.value) - 1, column - 1] if inside else CellError.REF)


def rows(table: Expr) -> Expr:
    """Return the number of rows of a table function's result: ROWS(table)."""
    height = float(len(table.value)) if isinstance(table.value, np.ndarray) else table.value
    return Expr(f"ROWS({table.formula})", height)


def if_(condition: Expr, then: Operand, otherwise: Operand) -> Expr:
    """Return IF(condition, then, otherwise)."""
    a, b = _expr(then), _expr(otherwise)
    formula = f"IF({condition.formula},{a.formula},{b.formula})"
    if isinstance(condition.value, CellError):
        return Expr(formula, condition.value)
    return Expr(formula, a.value if condition.value else b.value)


def if_error(tried: Expr, otherwise: Operand = "") -> Expr:
    """Return IFERROR(tried, otherwise)."""
    other = _expr(otherwise)
    formula = f"IFERROR({tried.formula},{other.formula})"
    return Expr(formula, other.value if isinstance(tried.value, CellError) else tried.value)


def is_error(tried: Expr) -> Expr:
    """Return ISERROR(tried)."""
    return Expr(f"ISERROR({tried.formula})", isinstance(tried.value, CellError))


def before(text: Expr, mark: str) -> Expr:
    """Return the text before the first `mark`: LEFT(text, FIND(mark, text) - 1)."""
    formula = f"LEFT({text.formula},FIND({_literal(mark)},{text.formula})-1)"
    return Expr(formula, _parted(text.value, mark, 0))


def after(text: Expr, mark: str) -> Expr:
    """Return the text after the first `mark`: MID(text, FIND(mark, text) + 1, 255)."""
    formula = f"MID({text.formula},FIND({_literal(mark)},{text.formula})+1,255)"
    return Expr(formula, _parted(text.value, mark, 2))


def all_of(*conditions: Expr) -> Expr:
    """Return AND(conditions)."""
    formula = f"AND({','.join(condition.formula for condition in conditions)})"
    return Expr(formula, _first_error(*conditions) or all(condition.value for condition in conditions))


def count_if(cells: list[Expr], span: str, wanted: str) -> Expr:
    """Return COUNTIF(span, wanted): the number of cells with that text."""
    found = sum(_key(cell.value) == _key(wanted) for cell in cells)
    return Expr(f"COUNTIF({span},{_literal(wanted)})", float(found))


def as_text(value: Any) -> str:
    """Return a number as Excel joins it to text, up to 15 significant digits."""
    return f"{value:.15g}" if isinstance(value, float | int) else str(value)


def _arithmetic(left: Expr, sign: str, right: Operand, compute: Callable[[Any, Any], Any]) -> Expr:
    a, b = left, _expr(right)
    behind = f"({b.formula})" if set(b.formula) & set("+-/") and not b.formula.endswith(")") else b.formula
    ahead = f"({a.formula})" if sign == "/" and set(a.formula) & set("+-") else a.formula
    formula = f"{ahead}{sign}{behind}"
    error = _first_error(a, b)
    if error is not None:
        return Expr(formula, error)
    if isinstance(a.value, str) or isinstance(b.value, str):
        return Expr(formula, CellError.VALUE)
    return Expr(formula, compute(a.value, b.value))


def _expr(operand: Operand) -> Expr:
    if isinstance(operand, Expr):
        return operand
    return Expr(_literal(operand), operand)


def _literal(value: float | str | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f"{value:.15g}"


def _first_error(*operands: Expr) -> CellError | None:
    return next((o.value for o in operands if isinstance(o.value, CellError)), None)


def _key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _rank(value: Any) -> tuple[bool, Any]:
    return isinstance(value, str), _key(value)


def _parted(value: Any, mark: str, part: int) -> Any:
    if isinstance(value, CellError):
        return value
    return value.partition(mark)[part] if mark in value else CellError.VALUE

"""Formulas with their values.

People without the add-in read workbooks too, so each formula is written with its value. An `Expr`
has both, and expressions are combined as in a formula:

>>> size = Expr("B8", 8.6)
>>> growth = Expr("B9", 13.1) / size - 1
>>> growth.formula, round(growth.value, 4)
('B9/B8-1', 0.5233)
>>> (Expr("B9", 13.1) - (size - 1.0)).formula
'B9-(B8-1)'
>>> call("MARKET_SIZE", "Medical Imaging Outsourcing", 2033, None, Expr("mb_unit", "USD million"))
Expr(formula='MARKET_SIZE("Medical Imaging Outsourcing",2033,,mb_unit)', value=13100.0)

Values follow Excel's rules. The first operand that is an error is also the result. In arithmetic, a
truth value is 1 or 0, a blank cell is 0, text in plain digits is its number, other text gives
#VALUE!, and division by zero #DIV/0!. Joined to text, a truth value is TRUE or FALSE. Comparisons
order numbers before texts before truth values, ignore case, and take 15 digits of a number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TypeAlias

import numpy as np

from udfs.registry import FUNCTIONS
from udfs.values import CellError

Operand: TypeAlias = "Expr | float | str | bool | None"

_BINDING = {"=": 1, "<": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
"""How tightly the operators bind. Those that bind alike are read from the left."""

_WHOLE = 5
_PLAIN_DIGITS = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Expr:
    """A formula without its equals sign, and its value: a scalar, or an array inside a larger formula.

    The value of a blank cell is None. `binding` is that of the formula's outermost operator: an operand
    that binds less tightly than its neighbour is put in parentheses. The default is for a formula that
    never needs them: a reference, a name, a literal or a call.
    """

    formula: str
    value: Any
    binding: int = field(default=_WHOLE, repr=False, compare=False)

    def __add__(self, other: Operand) -> "Expr":
        return _calculated(self, "+", other, _sum)

    def __sub__(self, other: Operand) -> "Expr":
        return _calculated(self, "-", other, lambda a, b: _sum(a, -b))

    def __mul__(self, other: Operand) -> "Expr":
        return _calculated(self, "*", other, lambda a, b: a * b)

    def __truediv__(self, other: Operand) -> "Expr":
        return _calculated(self, "/", other, lambda a, b: a / b if b else CellError.DIV0)

    def __and__(self, other: Operand) -> "Expr":
        """Join two texts, as Excel's & does."""
        return _combined(self, "&", other, lambda a, b: as_text(a) + as_text(b))

    def equals(self, other: Operand) -> "Expr":
        """Compare as Excel's = does."""
        return _combined(self, "=", other, lambda a, b: _rank(a, b) == _rank(b, a))

    def below(self, other: Operand) -> "Expr":
        """Compare as Excel's < does: any text is greater than any number."""
        return _combined(self, "<", other, lambda a, b: _rank(a, b) < _rank(b, a))


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
    return Expr(formula, FUNCTIONS[name](*map(_argument, operands)))


def index(table: Expr, row: int | Expr, column: int = 1) -> Expr:
    """Return one cell of a table function's result: INDEX(table, row, column), starting at 1."""
    at = _expr(row)
    formula = f"INDEX({table.formula},{at.formula},{column})"
    if not isinstance(table.value, np.ndarray):
        return Expr(formula, table.value)
    number = _number(at.value)
    if isinstance(number, CellError):
        return Expr(formula, number)
    inside = 1 <= number < table.value.shape[0] + 1 and column <= table.value.shape[1]
    return Expr(formula, table.value[int(number) - 1, column - 1] if inside else CellError.REF)


def least(*numbers: Expr) -> Expr:
    """Return MIN(numbers). Each is a number or an error."""
    return _joined("MIN", numbers, min)


def greatest(*numbers: Expr) -> Expr:
    """Return MAX(numbers). Each is a number or an error."""
    return _joined("MAX", numbers, max)


def rows(table: Expr) -> Expr:
    """Return the number of rows of a table function's result: ROWS(table)."""
    height = float(len(table.value)) if isinstance(table.value, np.ndarray) else table.value
    return Expr(f"ROWS({table.formula})", height)


def if_(condition: Expr, then: Operand, otherwise: Operand) -> Expr:
    """Return IF(condition, then, otherwise). The condition is a truth value or a number.

    A blank cell stays blank inside a larger formula, because IF returns the reference.
    """
    a, b = _expr(then), _expr(otherwise)
    formula = f"IF({condition.formula},{a.formula},{b.formula})"
    holds = _number(condition.value)
    if isinstance(holds, CellError):
        return Expr(formula, holds)
    chosen = a if holds else b
    return Expr(formula, chosen.value if chosen.formula else 0.0)


def if_error(tried: Expr, otherwise: Operand = "") -> Expr:
    """Return IFERROR(tried, otherwise)."""
    other = _expr(otherwise)
    formula = f"IFERROR({tried.formula},{other.formula})"
    return Expr(formula, _result(other if isinstance(tried.value, CellError) else tried))


def is_error(tried: Expr) -> Expr:
    """Return ISERROR(tried)."""
    return Expr(f"ISERROR({tried.formula})", isinstance(tried.value, CellError))


def before(text: Expr, mark: str) -> Expr:
    """Return the text before the first `mark`: LEFT(text, FIND(mark, text) - 1)."""
    formula = f"LEFT({text.formula},FIND({_literal(mark)},{text.formula})-1)"
    return Expr(formula, _parted(text.value, mark, 0))


def after(text: Expr, mark: str | Expr) -> Expr:
    """Return the text after the first `mark`: MID(text, FIND(mark, text) + its length, 255)."""
    sought = _expr(mark)
    length = f"LEN({sought.formula})" if isinstance(mark, Expr) else str(len(mark))
    formula = f"MID({text.formula},FIND({sought.formula},{text.formula})+{length},255)"
    if isinstance(sought.value, CellError):
        return Expr(formula, sought.value)
    rest = _parted(text.value, as_text(sought.value), 2)
    return Expr(formula, rest if isinstance(rest, CellError) else rest[:255])


def all_of(*conditions: Expr) -> Expr:
    """Return AND(conditions). Conditions are truth values or numbers."""
    return _joined("AND", conditions, all)


def any_of(*conditions: Expr) -> Expr:
    """Return OR(conditions). Conditions are truth values or numbers."""
    return _joined("OR", conditions, any)


def _joined(name: str, operands: tuple[Expr, ...], join: Callable[[list[Any]], Any]) -> Expr:
    formula = f"{name}({','.join(operand.formula for operand in operands)})"
    held = [_number(operand.value) for operand in operands]
    error = next((one for one in held if isinstance(one, CellError)), None)
    return Expr(formula, join(held) if error is None else error)


def match(number: float, cells: Expr) -> Expr:
    """Return MATCH(number, cells, 0): the place of the first cell with that number, starting at 1."""
    formula = f"MATCH({_literal(number)},{cells.formula},0)"
    column = [cells.value] if not isinstance(cells.value, np.ndarray) else cells.value[:, 0].tolist()
    found = [at for at, value in enumerate(column, start=1) if isinstance(value, float) and value == number]
    return Expr(formula, float(found[0]) if found else CellError.NA)


def count_if(cells: list[Expr], span: str, wanted: str) -> Expr:
    """Return COUNTIF(span, wanted): the number of cells with that text."""
    found = sum(isinstance(cell.value, str) and cell.value.lower() == wanted.lower() for cell in cells)
    return Expr(f"COUNTIF({span},{_literal(wanted)})", float(found))


def as_text(value: Any) -> str:
    """Return a value as Excel joins it to text, a number with up to 15 significant digits.

    >>> as_text(8.60), as_text(True), as_text(None)
    ('8.6', 'TRUE', '')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return f"{value + 0.0:.15G}"
    return "" if value is None else str(value)


def _calculated(left: Expr, sign: str, right: Operand, compute: Callable[[float, float], Any]) -> Expr:
    """Return an expression of arithmetic. Operands become numbers from left to right."""

    def calculate(a: Any, b: Any) -> Any:
        numbers = _number(a), _number(b)
        error = next((one for one in numbers if isinstance(one, CellError)), None)
        result = compute(*numbers) if error is None else error
        return CellError.NUM if isinstance(result, float) and not isfinite(result) else result

    return _combined(left, sign, right, calculate)


def _combined(left: Expr, sign: str, right: Operand, compute: Callable[[Any, Any], Any]) -> Expr:
    """Return two operands with an operator. The value is computed if neither is an error."""
    other, binding = _expr(right), _BINDING[sign]
    ahead = f"({left.formula})" if left.binding < binding else left.formula
    behind = f"({other.formula})" if other.binding <= binding else other.formula
    error = next((v for v in (left.value, other.value) if isinstance(v, CellError)), None)
    value = compute(left.value, other.value) if error is None else error
    return Expr(f"{ahead}{sign}{behind}", value, binding)


def _sum(a: float, b: float) -> float:
    """Return a + b, or 0 if only the digits that Excel does not show are left of them."""
    return 0.0 if _shown(a) == _shown(-b) else a + b


def _number(value: Any) -> Any:
    """Return a value as a number, or the error that it is or gives in arithmetic."""
    if isinstance(value, CellError):
        return value
    if isinstance(value, str):
        digits = value.strip(" ")
        return float(digits) if _PLAIN_DIGITS.fullmatch(digits) else CellError.VALUE
    return 0.0 if value is None else float(value)


def _expr(operand: Operand) -> Expr:
    if isinstance(operand, Expr):
        return operand
    return Expr(_literal(operand), _shown(operand) if isinstance(operand, float) else operand)


def _literal(value: float | str | bool | None) -> str:
    if isinstance(value, bool):  # LibreOffice saves TRUE so, and a saved sheet must not count as edited
        return f"{as_text(value)}()"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return as_text(value)


def _argument(operand: Expr) -> Any:
    """Return the argument of a function: None if it is omitted, 0 for a reference to a blank cell."""
    return _result(operand) if operand.formula else None


def _result(chosen: Expr) -> Any:
    """Return the value of an operand that is itself the result: 0 for a blank cell."""
    return 0.0 if chosen.value is None else chosen.value


def _rank(value: Any, other: Any) -> tuple[int, Any]:
    """Return a key to compare by. A blank cell counts as the zero, "" or FALSE of the other's kind."""
    if value is None:
        value = other if other is None else type(other)()
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.lower()
    return 0, _shown(value or 0.0)


def _shown(number: float) -> float:
    """Return a number with the 15 digits that Excel reads and shows."""
    return float(f"{number:.15g}")


def _parted(value: Any, mark: str, part: int) -> Any:
    if isinstance(value, CellError):
        return value
    parts = as_text(value).partition(mark)
    return parts[part] if parts[1] else CellError.VALUE

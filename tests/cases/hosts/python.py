"""Plain Python: a formula is read by a small parser, and its call goes to the registry.

Beside the registry's functions it knows the few of Excel's that the suite asks for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.cases.hosts import Rows, Value
from udfs.registry import FUNCTIONS, call
from udfs.values import ARRAY_TYPES, CellError, as_table

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<error>\#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!))
    |(?P<reference>\w+![A-Z]+\d+(?::[A-Z]+\d+)?)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?%?)
    |(?P<name>[A-Za-z_]+)|(?P<mark>[(){},;]))""",
    re.VERBOSE,
)


class PythonHost:
    """The functions without a spreadsheet."""

    gaps: Mapping[str, str] = {}

    def __init__(self, call: Callable[..., Any] = call) -> None:
        self._call = call

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        return [_rows(_Parser(formula, cells, self._call).result()) for formula in formulas]


class _Parser:
    def __init__(self, formula: str, cells: Mapping[str, Value | None], call: Callable[..., Any]) -> None:
        self._tokens = [(match.lastgroup, match[match.lastgroup or 0]) for match in _TOKEN.finditer(formula)]
        assert "".join(text for _, text in self._tokens) == re.sub(
            r'("[^"]*")|\s', lambda m: m[1] or "", formula
        )
        self._cells = cells
        self._called = call
        self._at = 0

    def result(self) -> Any:
        value = self._value()
        assert self._at == len(self._tokens), "the formula goes on after its end"
        return value

    def _value(self) -> Any:
        kind, text = self._tokens[self._at]
        self._at += 1
        match kind:
            case "text":
                return text[1:-1].replace('""', '"')
            case "error":
                return CellError(text)
            case "number":
                return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
            case "reference":
                return self._referred(text)
            case "name":
                return self._call(text) if self._next() == "(" else {"TRUE": True, "FALSE": False}[text]
        assert text == "{", f"a value cannot start with {text}"
        return self._array()

    def _next(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def _taken(self, mark: str) -> bool:
        taken = self._tokens[self._at] == ("mark", mark)
        self._at += taken
        return taken

    def _call(self, name: str) -> Any:
        assert self._taken("(")
        arguments = []
        while True:
            omitted = self._next() in (",", ")")
            arguments.append(None if omitted else self._value())
            if self._taken(")"):
                break
            assert self._taken(",")
        if len(arguments) == 1 and arguments[0] is None:
            arguments = []
        return self._called(name, *arguments) if name.upper() in FUNCTIONS else _EXCEL[name](*arguments)

    def _array(self) -> list[list[Any]]:
        rows = [[self._value()]]
        while not self._taken("}"):
            if self._taken(";"):
                rows.append([])
            else:
                assert self._taken(",")
            rows[-1].append(self._value())
        return rows

    def _referred(self, reference: str) -> Any:
        sheet, _, place = reference.partition("!")
        if ":" not in place:
            value = self._cells.get(reference)
            return 0.0 if value is None else value
        (left, top), (right, bottom) = ((ord(corner[0]), int(corner[1:])) for corner in place.split(":"))
        return [
            [self._cells.get(f"{sheet}!{chr(column)}{row}") for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]


def _index(table: Any, row: float, column: float = 1) -> Any:
    return _rows(table)[int(row) - 1][int(column) - 1]


def _sum(table: Any) -> float:
    return sum(value for row in _rows(table) for value in row if isinstance(value, float))


_EXCEL: dict[str, Callable[..., Any]] = {
    "NA": lambda: CellError.NA,
    "ISNA": lambda value: value is CellError.NA,
    "ISERROR": lambda value: isinstance(value, CellError),
    "IFERROR": lambda value, other: other if isinstance(value, CellError) else value,
    "ROWS": lambda table: float(len(_rows(table))),
    "COLUMNS": lambda table: float(len(_rows(table)[0])),
    "INDEX": _index,
    "ROUND": lambda value, digits: round(value, int(digits)),
    "SUM": _sum,
}


def _rows(result: Any) -> Rows:
    if isinstance(result, ARRAY_TYPES):
        return [[0.0 if cell is None else cell for cell in row] for row in as_table(result).tolist()]
    return [[result]]

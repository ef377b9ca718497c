"""The real xlwings Server, asked as its script in Excel asks.

The formula itself is read as on the host `python`: there is no Excel to do it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.addin.web.xlwings_server.running import CALLS, body
from tests.cases.hosts import Rows, Value
from tests.cases.hosts.python import PythonHost
from tests.cases.suite import M
from udfs.registry import FUNCTIONS
from udfs.values import ARRAY_TYPES, CellError, as_table

_EMPTY = object()
"""A reference to an empty cell, which Excel passes as null."""

_OMITTED = "xlwings takes one empty cell, which Excel passes as null, for an omitted argument"
_TYPES = {"NotAvailable": "#N/A", "Div0": "#DIV/0!"} | {
    word: f"#{word.upper()}{'?' if word == 'Name' else '!'}"
    for word in ("Null", "Value", "Ref", "Name", "Num")
}


class XlwingsServerHost:
    """A running xlwings Server."""

    gaps: Mapping[str, str] = {
        f"MARKET_SIZE({M},Inputs!A3)": _OMITTED,
        "CAGR_PROJECT(8.6,0.043,Inputs!A3)": _OMITTED,
    }

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._python = PythonHost(self._call)

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        return self._python.evaluate(formulas, _Cells(cells))

    def _call(self, name: str, *arguments: Any) -> Any:
        function = FUNCTIONS[name.upper()]
        omitted = [None] * (len(function.parameters) - len(arguments))
        answer = self._client.post(CALLS, json=body(function.name, [*map(_sent, arguments), *omitted]))
        if answer.status_code == 400 and answer.text:  # the script makes an error with this sentence of it
            return CellError.VALUE
        assert answer.status_code == 200, answer.text
        rows = [[_cell(cell) for cell in row] for row in answer.json()["result"]]
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


class _Cells(dict[str, Any]):
    """The cells of a workbook; each that has nothing is empty."""

    def get(self, place: str, default: Any = None) -> Any:
        found = super().get(place, default)
        return _EMPTY if found is None else found


def _sent(argument: Any) -> Any:
    """Return an argument as Excel passes it: null if it is omitted, else rows of cells."""
    if argument is None:
        return None
    if not isinstance(argument, ARRAY_TYPES):
        argument = [[argument]]
    return [[_sent_cell(cell) for cell in row] for row in as_table(argument).tolist()]


def _sent_cell(cell: Any) -> Any:
    if cell is _EMPTY:
        return None
    if isinstance(cell, CellError):
        return {"type": "Error", "basicType": "Error", "basicValue": cell.value}
    return (
        int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    )  # as JavaScript writes numbers


def _cell(shown: Any) -> Value:
    match shown:
        case {"type": "Error", "errorType": kind}:
            return CellError(_TYPES[kind])
        case {"type": "Entity", "properties": {"Size": {"basicValue": size}}}:
            return float(size)
        case str() | bool():
            return shown
    return float(shown)

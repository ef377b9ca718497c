"""The real xlwings Server, asked as its script in Excel asks.

The formula itself is read as on the host `python`: there is no Excel to do it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.addin.web.xlwings_server.running import CALLS, body
from tests.cases.hosts import Rows, Value
from tests.cases.hosts.python import PythonHost
from tests.cases.suite.report import M
from tests.web.arguments import Cells, passed
from udfs.registry import FUNCTIONS
from udfs.values import CellError

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
        return self._python.evaluate(formulas, Cells(cells))

    def _call(self, name: str, *arguments: Any) -> Any:
        function = FUNCTIONS[name.upper()]
        omitted = [None] * (len(function.parameters) - len(arguments))
        answer = self._client.post(CALLS, json=body(function.name, [*map(passed, arguments), *omitted]))
        if answer.status_code == 400 and answer.text:  # the script makes an error with this sentence of it
            return CellError.VALUE
        assert answer.status_code == 200, answer.text
        rows = [[_cell(cell) for cell in row] for row in answer.json()["result"]]
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


def _cell(shown: Any) -> Value:
    match shown:
        case {"type": "Error", "errorType": kind}:
            return CellError(_TYPES[kind])
        case {"type": "Entity", "properties": {"Size": {"basicValue": size}}}:
            return float(size)
        case str() | bool():
            return shown
    return float(shown)

"""The add-in for Office.js: its scripts in a real Chromium ask a real server, for Microsoft's own office.js.

The formula itself is read as on the host `python`: there is no Excel to do it. Cells are calculated at once.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tests.browser import Browser
from tests.cases.hosts import Rows, Value
from tests.cases.hosts.python import PythonHost
from tests.web.arguments import Cells
from tests.web.cells import Call, Refused, Shown
from tests.web.cells import cells as cells_of
from udfs.registry import FUNCTIONS
from udfs.values import CellError


class WebHost:
    """A page with the add-in of a server. It is open while cells are calculated, and no longer."""

    gaps: Mapping[str, str] = {}

    def __init__(self, browser: Browser, server: str, token: str) -> None:
        self._opened = partial(cells_of, browser, server, token)
        self._python = PythonHost(self._call)
        self._known: dict[str, Any] = {}

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        """Calls are collected until the results of some are needed, which are then asked for at once."""
        filled = Cells(cells)
        with self._opened() as live:
            while True:
                results, needed = self._attempted(formulas, filled)
                if not needed:
                    return results
                shown = live.calculate(list(needed.values()))
                self._known |= zip(needed, map(_value, shown), strict=True)

    def _attempted(
        self, formulas: Sequence[str], cells: Mapping[str, Any]
    ) -> tuple[list[Rows], dict[str, Call]]:
        results: list[Rows] = []
        needed: dict[str, Call] = {}
        for formula in formulas:
            try:
                results += self._python.evaluate([formula], cells)
            except _Needed as call:
                needed[str(call)] = call.call
        return results, needed

    def _call(self, name: str, *arguments: Any) -> Any:
        function = FUNCTIONS[name.upper()]
        omitted = [None] * (len(function.parameters) - len(arguments))
        needed = _Needed((function.name, [*arguments, *omitted]))
        try:
            return self._known[str(needed)]
        except KeyError:
            raise needed from None


class _Needed(Exception):
    """The result of a call is not known yet."""

    def __init__(self, call: Call) -> None:
        self.call = call
        super().__init__(repr(call))


def _value(shown: Shown) -> Any:
    if isinstance(shown, Refused):
        return shown.error
    rows = [[_cell(cell) for cell in row] for row in shown]
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


def _cell(shown: Any) -> Value:
    match shown:
        case {"type": "Error", "basicValue": error}:
            return CellError(error)
        case {"type": "Entity", "properties": {"Size": {"basicValue": size}}}:
            return float(size)
        case str() | bool():
            return shown
    return float(shown)

"""Desktop Excel's end of a call: xlwings' own DLL and server under Wine, with raw variants.

The formula itself is read as on the host `python`: there is no Excel to do it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.addin.desktop.wine import MISSING, WineExcel
from tests.cases.hosts import Rows, Value
from tests.cases.hosts.python import PythonHost


class DesktopHost:
    """A running server of the functions."""

    gaps: Mapping[str, str] = {}

    def __init__(self, excel: WineExcel) -> None:
        self._excel = excel
        self._python = PythonHost(self._call)

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        return self._python.evaluate(formulas, cells)

    def _call(self, name: str, *arguments: Any) -> Any:
        return self._excel.call(name.upper(), *(MISSING if given is None else given for given in arguments))

"""The add-in's mapping of results, run by pyOpenVBA's interpreter: VBA that knows genuine error values."""

from functools import cache
from typing import Any

from pyopenvba.interpreter import Interpreter, VBAArray, VBAErrorValue, VBAInt

from addin.desktop.project import modules
from udfs.values import CellError

_ERRORS = {error.code: error for error in CellError}


def cell_value(raw: Any) -> Any:
    """Return what the cell shows for raw variants as the server gave them: CellValue's own answer."""
    return _plain(_interpreter().run("CellValue", [_variant(raw)]))


@cache
def _interpreter() -> Interpreter:
    interpreter = Interpreter()
    interpreter.add_module(modules()["MarketbookValues"], name="MarketbookValues")
    return interpreter


def _variant(raw: Any) -> Any:
    kind, value = raw[0], raw[1]
    if kind == "ARRAY":
        height, width = len(raw[2]), len(raw[2][0])
        columns = [_variant(row[at]) for at in range(width) for row in raw[2]]
        bounds = [(0, width - 1)] if value == 1 else [(0, height - 1), (0, width - 1)]
        return VBAArray(bounds, items=columns)
    return VBAInt(value, "Long") if kind == "VT_I4" else value


def _plain(value: Any) -> Any:
    if isinstance(value, VBAErrorValue):
        return _ERRORS[value.number]
    if isinstance(value, VBAArray):
        width = value.bounds[-1][1] + 1
        height = value.size // width
        return [[_plain(value.items[at * height + row]) for at in range(width)] for row in range(height)]
    return value

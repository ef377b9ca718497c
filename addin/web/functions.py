"""The worksheet functions as Excel reads them: functions.json, and their names for the scripts."""

from collections.abc import Iterable
from typing import Final

import msgspec

from udfs.parameters import Parameter
from udfs.registry import Function

_ANYTHING: Final = {"type": "any", "dimensionality": "matrix"}


def metadata(functions: Iterable[Function], address: str) -> dict[str, object]:
    """Return Excel's description of functions whose help is at an address.

    Arguments and results are tables of any values, so that ranges arrive whole and arrays spill. Errors
    and data types in arguments do not stop a call.
    """
    return {
        "allowCustomDataForDataTypeAny": True,
        "allowErrorForDataTypeAny": True,
        "functions": [_function(function, address) for function in functions],
    }


def names_script(names: Iterable[str]) -> str:
    r"""Return the script that exports the functions' names.

    >>> names_script(["MARKET_SIZE", "MARKET_CAGR"])
    'export const NAMES = ["MARKET_SIZE","MARKET_CAGR"];\n'
    """
    return f"export const NAMES = {msgspec.json.encode(list(names)).decode()};\n"


def anchor(function: Function) -> str:
    """Return the place of a function on the help page."""
    return function.name.lower()


def _function(function: Function, address: str) -> dict[str, object]:
    return {
        "id": function.name,
        "name": function.name,
        "description": function.help,
        "helpUrl": f"{address}/excel/help.html#{anchor(function)}",
        "parameters": [_parameter(parameter) for parameter in function.parameters],
        "result": _ANYTHING,
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    optional = {} if parameter.required else {"optional": True}
    return {"name": parameter.name, "description": parameter.help, **_ANYTHING, **optional}

"""The worksheet functions for Excel through xlwings, under their cell names.

The add-in's VBA calls `XLPy.CallUDF("addin.desktop.functions", "MARKET_SIZE", arguments)`. The
functions of this module are made from the registry: raw values in, raw values out, never raising.
On other systems than Windows, xlwings' decorators do nothing, so the module can be imported anywhere.
"""

import inspect
from collections.abc import Callable
from typing import Any

import xlwings

from addin import calls
from addin.desktop.values import Omitted, from_excel, to_excel
from addin.log import open_log
from udfs.registry import FUNCTIONS, Function


def cell_function(function: Function) -> Callable[..., Any]:
    """Return a function of the registry for xlwings, with raw values in and out. It never raises."""
    answered = calls.cell_function(function, from_excel, to_excel)

    def call(*arguments: Any) -> Any:
        open_log()
        return answered(*arguments)

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.help
    call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                parameter.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=Omitted.OMITTED
            )
            for parameter in function.parameters
        ]
    )
    return call


def _registered(function: Function) -> Any:
    """Attach xlwings' settings to a function: names, help, and no conversion of values."""
    registered: Any = xlwings.func(category=function.category)(cell_function(function))
    for parameter in function.parameters:
        registered = xlwings.arg(parameter.name, convert="raw", doc=parameter.help)(registered)
    return xlwings.ret(convert="raw")(registered)


globals().update({name: _registered(function) for name, function in FUNCTIONS.items()})

"""The worksheet functions as xlwings serves them to Excel, under their cell names.

The add-in's VBA calls `XLPy.CallUDF("addin.desktop.functions", "MARKET_SIZE", arguments)`. The
functions of this module are made from the registry: raw values in, raw values out, never raising.
Off Windows xlwings' decorators leave a function as it is, so the module can be imported anywhere.
"""

import inspect
import time
from collections.abc import Callable
from typing import Any, Final

import xlwings

from addin.desktop.values import Omitted, from_excel, to_excel
from addin.log import open_log
from udfs import catalog
from udfs.registry import FUNCTIONS, Function
from udfs.values import CellError

_SECONDS_BETWEEN_CHECKS: Final = 2.0
_checked = -_SECONDS_BETWEEN_CHECKS


def cell_function(function: Function) -> Callable[..., Any]:
    """Return a function of the registry as xlwings calls it: raw values in and out, never raising."""

    def call(*arguments: Any) -> Any:
        log = open_log()
        try:
            _reload_catalog_if_changed()
            return to_excel(function.call(*map(from_excel, arguments)))
        except Exception:
            log.exception("%s failed on %.500r", function.name, arguments)
            return to_excel(CellError.VALUE)

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
    """Attach what xlwings keeps about a function: names, help, and that values pass through as they are."""
    registered: Any = xlwings.func(category=function.category)(cell_function(function))
    for parameter in function.parameters:
        registered = xlwings.arg(parameter.name, convert="raw", doc=parameter.help)(registered)
    return xlwings.ret(convert="raw")(registered)


def _reload_catalog_if_changed() -> None:
    global _checked
    now = time.monotonic()
    if now - _checked >= _SECONDS_BETWEEN_CHECKS:
        _checked = now
        catalog.reload_if_changed()


globals().update({name: _registered(function) for name, function in FUNCTIONS.items()})

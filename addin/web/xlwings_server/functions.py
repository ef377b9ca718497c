"""The worksheet functions for xlwings Server. A project's `custom_functions` imports all of them.

xlwings Server needs a license key, and sets XLWINGS_ON_SERVER before it imports a project: `xlwings.func`
is then its decorator. Without that, this module can be imported, but does nothing.
"""

import inspect
import logging
from collections.abc import Callable, Mapping
from typing import Any

import xlwings
from xlwings.conversion import Converter, RawValueAccessor

from addin.calls import look_for_changes
from addin.web.xlwings_server.values import Shown, argument, shown
from udfs.outcome import Outcome
from udfs.registry import FUNCTIONS, Function
from udfs.values import Argument, CellError

__all__ = list(FUNCTIONS)

_log = logging.getLogger("marketbook")


class CellValue(Converter):
    """The values of arguments and results, in place of xlwings' own, which turn errors into blanks."""

    base: Any = RawValueAccessor

    @staticmethod
    def read_value(sent: Any, options: Mapping[str, Any]) -> Argument:
        """Return an argument. An omitted one does not come here: it is the parameter's default, None."""
        return argument(sent)

    @staticmethod
    def write_value(outcome: Outcome, options: Mapping[str, str]) -> list[list[Shown]]:
        """Return the rows of a result.

        Raises XlwingsError for #VALUE!: Excel then shows that error, and the reason on its card. Its oldest
        runtime for functions has no cards, and would show the reason in the cell.
        """
        runtime = options["runtime"]
        if outcome.value is CellError.VALUE and runtime != "1.1":
            raise xlwings.XlwingsError(outcome.reason)
        return shown(outcome, runtime)


def cell_function(function: Function) -> Callable[..., Outcome]:
    """Return a function of the registry for xlwings. It never raises."""

    def call(*arguments: Argument) -> Outcome:
        try:
            look_for_changes()
            return function.outcome(*arguments)
        except Exception:
            _log.exception("%s failed on %.500r", function.name, arguments)
            return Outcome(CellError.VALUE, "Marketbook failed unexpectedly. The server's log says why.")

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.help
    call.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
    return call


def _registered(function: Function) -> Any:
    """Attach xlwings' settings to a function: names, help, and our conversion of values."""
    registered: Any = xlwings.func(cell_function(function))
    for parameter in function.parameters:
        registered = xlwings.arg(parameter.name, convert=CellValue, doc=parameter.help)(registered)
    return xlwings.ret(convert=CellValue)(registered)


globals().update({name: _registered(function) for name, function in FUNCTIONS.items()})

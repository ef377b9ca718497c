"""The function registry, from which every host, the help sheet and the docs are made.

A function is declared once, by its decorator. Its cell name is its Python name in capitals, its help
the first line of its docstring.
"""

import inspect
from collections.abc import Callable, Sequence
from functools import update_wrapper
from types import MappingProxyType
from typing import Any

from markets.errors import MarketbookError
from udfs import catalog
from udfs.declaration import AtOnce, Body, Declaration
from udfs.evaluation import NotASingleValue, over_ranges
from udfs.outcome import Outcome, refused
from udfs.values import Argument, Result

_functions: dict[str, "Function"] = {}
FUNCTIONS = MappingProxyType(_functions)
"""The worksheet functions by their cell names, in listing order."""


class Function(Declaration):
    """One worksheet function. A call with cell arguments returns the value of a cell.

    None means an omitted argument. Trailing arguments are optional. All can be given by name. Only
    calls with too many arguments or with unknown names raise.

    >>> FUNCTIONS["CAGR_PROJECT"].signature
    'CAGR_PROJECT(base, cagr, periods)'
    """

    def __init__(self, body: Body, spellings: Sequence[str], **options: Any) -> None:
        super().__init__(body, spellings, **options)
        update_wrapper(self, body)
        self.__signature__ = inspect.Signature(
            [
                inspect.Parameter(
                    parameter.name,
                    inspect.Parameter.POSITIONAL_OR_KEYWORD,
                    default=inspect.Parameter.empty if parameter.required else None,
                )
                for parameter in self.parameters
            ]
        )

    def __call__(self, *arguments: Any, **named: Any) -> Result:
        """Return the value of a cell. Raises TypeError for too many arguments or an unknown name.

        Ranges are detected by the errors that they cause in the cache of answers: arrays and lists
        cannot be keys, and a tuple raises NotASingleValue. To check each argument of a scalar call would take
        as long as the rest of the call.
        """
        if not named:
            try:
                return catalog.reading.ask(self, *arguments).value
            except (TypeError, NotASingleValue):
                return over_ranges(self, catalog.reading.ask, arguments).value
        return self.outcome(*arguments, **named).value

    def outcome(self, *arguments: Any, **named: Any) -> Outcome:
        """Return the value of a cell with its reason."""
        if named:
            arguments = self._in_order(arguments, named)
        ask = catalog.reading.ask
        try:
            return ask(self, *arguments)
        except (TypeError, NotASingleValue):
            return over_ranges(self, ask, arguments)

    def _in_order(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        bound = inspect.Signature(
            [p.replace(default=None) for p in self.__signature__.parameters.values()]
        ).bind(*arguments, **named)
        bound.apply_defaults()
        return bound.args


def cell_function(
    *spellings: str,
    refused: Callable[[MarketbookError, str], Outcome] = refused,
    at_once: AtOnce | None = None,
) -> Callable[[Body], Function]:
    """Declare a function of single values, which evaluates ranges cell by cell.

    `refused` makes the outcome of a refused question, with the catalog's notice. `at_once` can evaluate
    arrays of plain numbers as a whole; if it returns None, they are evaluated cell by cell.
    """
    return lambda body: _declared(Function(body, spellings, refused=refused, at_once=at_once))


def table_function(*spellings: str) -> Callable[[Body], Function]:
    """Declare a function that returns a table. Its arguments are single cells."""
    return lambda body: _declared(Function(body, spellings, is_table=True))


def call(name: str, *arguments: Argument) -> Result:
    """Call a worksheet function by its cell name, in upper or lower case. Trailing arguments are optional.

    Raises KeyError for an unknown name, TypeError for too many arguments.

    >>> round(call("CAGR_PROJECT", 8.6, 0.043, 10), 4)
    13.1021
    """
    return FUNCTIONS[name.upper()](*arguments)


def _declared(function: Function) -> Function:
    _functions[function.name] = function
    return function

"""The function registry: what every host, the help sheet and the docs are made from.

A function's cell name is its Python name in capitals, its help the first line of its docstring,
its parameters those of its signature.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from udfs import growth
from udfs.values import Argument, Result

PARAMETER_HELP = {
    "base": "The value to start from, in any unit.",
    "cagr": "Growth a year: 4.3% or 0.043.",
    "periods": "Number of years; may be fractional or negative.",
}


@dataclass(frozen=True)
class Parameter:
    """One argument of a worksheet function, with its line for the function wizard."""

    name: str
    help: str
    required: bool


@dataclass(frozen=True)
class Function:
    """One worksheet function: `call` takes the arguments in order, None for an omitted one."""

    name: str
    category: str
    help: str
    parameters: tuple[Parameter, ...]
    call: Callable[..., Result]
    is_table: bool

    @property
    def signature(self) -> str:
        """The call as documentation writes it, optional arguments in brackets.

        >>> FUNCTIONS["CAGR_PROJECT"].signature
        'CAGR_PROJECT(base, cagr, periods)'
        """
        names = (p.name if p.required else f"[{p.name}]" for p in self.parameters)
        return f"{self.name}({', '.join(names)})"


def _function(call: Callable[..., Result], *, is_table: bool = False) -> Function:
    parameters = tuple(
        Parameter(p.name, PARAMETER_HELP[p.name], p.default is inspect.Parameter.empty)
        for p in inspect.signature(call).parameters.values()
    )
    line = (inspect.getdoc(call) or "").partition("\n")[0]
    return Function(call.__name__.upper(), "Marketbook", line, parameters, call, is_table)


FUNCTIONS = MappingProxyType({function.name: function for function in (_function(growth.cagr_project),)})


def call(name: str, *arguments: Argument) -> Result:
    """Call a worksheet function by its cell name, in any case; trailing arguments may be left out.

    Raises KeyError for a name that is not in the registry, TypeError for too many arguments.

    >>> round(call("CAGR_PROJECT", 8.6, 0.043, 10), 4)
    13.1021
    """
    return FUNCTIONS[name.upper()].call(*arguments)

"""The function registry: what every host, the help sheet and the docs are made from.

A function's cell name is its Python name in capitals, its help the first line of its docstring,
its parameters those of its signature.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from udfs import context, growth, segments, sizes
from udfs.values import Argument, Result

PARAMETER_HELP = {
    "market": "Name of the market; case, spaces and punctuation do not matter.",
    "year": "Year, e.g. 2028; left out, the base year (of an indicator, the latest).",
    "segment": 'Segment or its alias, e.g. "CT"; "Dimension/Segment" where two share a name.',
    "unit": 'Scale, currency or both, e.g. "USD million"; left out, the unit of the report.',
    "method": '"compound" to grow at the stated CAGR from where it starts; left out, the stated figures.',
    "assumptions": "Not available yet: leave it out.",
    "source": "Not available yet: leave it out.",
    "dimension": 'Way to cut the market, e.g. "Device" or "Region".',
    "from_year": "First year.",
    "to_year": "Last year.",
    "search": "Text that the name holds, or comes near; left out, all.",
    "name": "Name of the context figure; left out, all of them.",
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


_ALL = (
    _function(sizes.market_size),
    _function(segments.segment_share),
    _function(growth.cagr_project),
    _function(growth.market_cagr),
    _function(sizes.market_series, is_table=True),
    _function(segments.segment_table, is_table=True),
    _function(context.market_list, is_table=True),
    _function(segments.segment_list, is_table=True),
    _function(context.key_players, is_table=True),
    _function(sizes.market_source),
    _function(sizes.market_status),
    _function(context.market_check, is_table=True),
    _function(context.market_indicator),
)
FUNCTIONS = MappingProxyType({function.name: function for function in _ALL})


def call(name: str, *arguments: Argument) -> Result:
    """Call a worksheet function by its cell name, in any case; trailing arguments may be left out.

    Raises KeyError for a name that is not in the registry, TypeError for too many arguments.

    >>> round(call("CAGR_PROJECT", 8.6, 0.043, 10), 4)
    13.1021
    """
    return FUNCTIONS[name.upper()].call(*arguments)

"""The parameters of the worksheet functions, and their help in the function wizard."""

from collections.abc import Iterable
from dataclasses import dataclass

HOW = ("[unit]", "[method]", "[assumptions]", "[source]")
"""The parameters after market, segment and years in functions about sizes."""

HOW_UNITLESS = HOW[1:]
"""The same for figures without a unit."""

HELP = {
    "market": "Name of the market. Case, spaces and punctuation do not matter.",
    "year": "Year, e.g. 2028 or 2028E. Default: the base year. For shares, the latest year "
    "with any. For growth, the year after the base year. For an indicator, the latest.",
    "segment": 'Segment or its alias, e.g. "CT". Use "Dimension/Segment" if two have the same name.',
    "unit": 'Scale, currency or both, e.g. "USD million". Default: the unit of the report.',
    "method": '"compound" grows the first stated size at the stated CAGR. "implied" (MARKET_CAGR only) '
    'computes the CAGR from the sizes. "estimate" splits evenly what the source leaves open. "hold" repeats '
    "the last stated share. Default: the stated figures.",
    "assumptions": "Range with your own figures, which beat those of the source. Its first row has the names "
    "segment, measure, year, value, note. Default: none.",
    "rows": "Dimension whose segments are the rows, e.g. Device.",
    "columns": "Dimension whose segments are the columns, e.g. End User.",
    "seed": "Range with a number for each cell of the table, which the result resembles. Zeros stay zeros. "
    "Default: the dimensions are independent of each other.",
    "source": 'Publisher, "latest" (the latest report of any publisher), or "median", "low" or "high" of all '
    'publishers. Add a date to ignore later reports: "latest as of 2025-09-30". Default: "latest".',
    "dimension": 'Way in which the market is divided, e.g. "Device" or "Region".',
    "from_year": "First year. Default: the first with a figure. For a CAGR, the base year.",
    "to_year": "Last year. Default: the last with a figure.",
    "search": "Text that the name contains or resembles. Default: all markets.",
    "name": "Name of the context figure. Default: all of them, as a table.",
    "item": '"name", "unit", "base year", "share year", "publisher", "date", "geography", "title" or "url".',
    "by": '"size" or "growth". Default: "size".',
    "place": "Place in the ranking. 1 is the largest or the fastest-growing.",
    "measure": 'Which figure: "size", "share", "CAGR" or "range" (of a size or share). Default: "size".',
    "headers": "TRUE to put column names in the first row. Default: FALSE.",
    "base": "Value to start from, in any unit.",
    "cagr": "Growth rate per year, e.g. 4.3% or 0.043.",
    "periods": "Number of years. It can be fractional or negative.",
}

_WHOLE = frozenset({"assumptions", "seed"})


@dataclass(frozen=True)
class Parameter:
    """One argument of a worksheet function, with its line for the function wizard."""

    name: str
    help: str
    required: bool

    @property
    def is_whole(self) -> bool:
        """Whether a range is taken as a whole instead of cell by cell."""
        return self.name in _WHOLE


def parameters(spellings: Iterable[str]) -> tuple[Parameter, ...]:
    """Return parameters from the names in a signature, optional ones in brackets.

    >>> [parameter.required for parameter in parameters(["market", "[year]"])]
    [True, False]
    """
    names = ((spelling.strip("[]"), not spelling.startswith("[")) for spelling in spellings)
    return tuple(Parameter(name, HELP[name], required) for name, required in names)

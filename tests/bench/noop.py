"""xlwings functions that do nothing: what a call costs by itself. They take MARKET_SIZE's arguments."""

from typing import Any

import xlwings

_NUMBERS = [[10.61414151026827] for _ in range(10_000)]


@xlwings.func
@xlwings.arg("year", convert="raw")
@xlwings.ret(convert="raw")
def scalar(
    market: Any,
    year: Any = None,
    segment: Any = None,
    unit: Any = None,
    method: Any = None,
    assumptions: Any = None,
    source: Any = None,
) -> Any:
    """Return one number."""
    return [[10.61414151026827]]


@xlwings.func
@xlwings.arg("year", convert="raw")
@xlwings.ret(convert="raw")
def array(
    market: Any,
    year: Any = None,
    segment: Any = None,
    unit: Any = None,
    method: Any = None,
    assumptions: Any = None,
    source: Any = None,
) -> Any:
    """Return 10,000 numbers."""
    return _NUMBERS

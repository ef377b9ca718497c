"""Growth: CAGR_PROJECT and MARKET_CAGR."""

import math

import numpy as np

from markets.errors import OutOfDomain
from markets.projection import compounded
from udfs import arguments
from udfs.evaluation import evaluate
from udfs.questions import question, unbroadcast
from udfs.values import Argument, Result, ScalarArgument

_LARGEST = 1 << 1023  # a larger whole number is no float


def cagr_project(base: Argument, cagr: Argument, periods: Argument) -> Result:
    """Projects a value at a compound annual growth rate: base x (1+cagr)^periods.

    The result has the unit of `base`; `cagr` is a fraction (4.3% or 0.043); `periods` are years,
    fractional or negative ones too. Ranges broadcast. #VALUE! for words, #NUM! for a CAGR of
    -100 % or less and where the result overflows.

    >>> round(cagr_project(8.6, 0.043, 10), 4)
    13.1021
    >>> cagr_project(8.6, -1, 10)
    <CellError.NUM: '#NUM!'>
    """
    given = (base, cagr, periods)
    if any(isinstance(a, np.ndarray) for a in given) and all(_plain_numbers(a) for a in given):
        values = _projected(*(np.atleast_2d(np.asarray(a, dtype=np.float64)) for a in given))
        if values is not None:
            return values
    return evaluate(_cagr_project, *given)


def market_cagr(
    market: Argument,
    segment: Argument = None,
    from_year: Argument = None,
    to_year: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Stated growth a year (CAGR) of a market or segment; with years, the one its sizes imply.

    A fraction (0.043 is 4.3 %). With one year only, the other is the base year or the last year
    with an answer. #N/A where none is stated or a size is missing, #NUM! over zero years; other
    errors as for MARKET_SIZE.

    >>> market_cagr("Medical Imaging Outsourcing")
    0.043
    >>> round(market_cagr("Medical Imaging Outsourcing", None, 2023, 2033), 5)
    0.04298
    """
    return evaluate(
        _market_cagr, market, segment, from_year, to_year, method, unbroadcast(assumptions), source
    )


def _market_cagr(
    market: ScalarArgument,
    segment: ScalarArgument,
    from_year: ScalarArgument,
    to_year: ScalarArgument,
    method: ScalarArgument,
    *others: ScalarArgument,
) -> float:
    asked = question(market, segment, None, method, *others)
    first, last = arguments.year(from_year), arguments.year(to_year)
    return asked.market.cagr(asked.segment, first, last, asked.method).value


def _plain_numbers(argument: Argument) -> bool:
    if isinstance(argument, np.ndarray):
        return argument.dtype == np.float64 and argument.ndim <= 2 and bool(argument.size)
    return isinstance(argument, float) or (isinstance(argument, int) and abs(argument) < _LARGEST)


def _projected(base: np.ndarray, cagr: np.ndarray, periods: np.ndarray) -> np.ndarray | None:
    """Return whole arrays of numbers at once, or None where any cell needs a closer look."""
    try:
        shape = np.broadcast_shapes(base.shape, cagr.shape, periods.shape)
    except ValueError:
        return None
    with np.errstate(all="ignore"):
        if not (cagr > -1).all():
            return None
        values = compounded(base, cagr, periods)
    return values if values.shape == shape and np.isfinite(values).all() else None


def _cagr_project(base: ScalarArgument, cagr: ScalarArgument, periods: ScalarArgument) -> float:
    value = arguments.number(base, "base")
    rate = arguments.number(cagr, "cagr")
    years = arguments.number(periods, "periods")
    if rate <= -1:
        raise OutOfDomain("A CAGR of -100 % or less leaves nothing to grow.")
    try:
        result = compounded(value, rate, years)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise OutOfDomain("The projected value is too large for a cell.")
    return result

"""Growth: CAGR_PROJECT, MARKET_CAGR and MARKET_GROWTH."""

import math

import numpy as np

from markets.errors import OutOfDomain
from markets.projection import compounded
from markets.wording import provenance
from udfs import measures
from udfs.asked import Asked
from udfs.broadcasting import MOST_CELLS
from udfs.outcome import Outcome
from udfs.parameters import HOW_UNITLESS
from udfs.registry import cell_function
from udfs.values import Argument, Array

_LARGEST = 1 << 1023  # a larger whole number is too large for a float


def _projected(*given: Argument) -> Array | None:
    """Return all cells of plain number arrays at once, or None if any cell needs its own evaluation."""
    if len(given) != 3 or not all(map(_plain_numbers, given)):
        return None
    base, cagr, periods = (np.atleast_2d(np.asarray(argument, dtype=np.float64)) for argument in given)
    try:
        shape = np.broadcast_shapes(base.shape, cagr.shape, periods.shape)
    except ValueError:
        return None
    if math.prod(shape) > MOST_CELLS:
        return None
    with np.errstate(all="ignore"):
        if not (cagr > -1).all():
            return None
        values = compounded(base, cagr, periods)
    return values if np.isfinite(values).all() else None


def _plain_numbers(argument: Argument) -> bool:
    if isinstance(argument, np.ndarray):
        return argument.dtype == np.float64 and argument.ndim <= 2 and bool(argument.size)
    return isinstance(argument, float) or (isinstance(argument, int) and abs(argument) < _LARGEST)


@cell_function("base", "cagr", "periods", at_once=_projected)
def cagr_project(asked: Asked) -> Outcome:
    """Projects a value at a compound annual growth rate: base x (1+cagr)^periods.

    The result has the unit of `base`; `cagr` is a fraction (4.3% or 0.043); `periods` are years and
    can be fractional or negative. Ranges broadcast. #VALUE! for text that is not a number, #NUM! if
    the CAGR is -100 % or less or the result overflows.

    >>> round(cagr_project(8.6, 0.043, 10), 4)
    13.1021
    >>> cagr_project(8.6, -1, 10)
    <CellError.NUM: '#NUM!'>
    >>> cagr_project.outcome(8.6, 0.043, 10).reason
    '8.6 x (1 + 0.043)^10 = 13.1021'
    """
    base, cagr, periods = asked.base, asked.cagr, asked.periods
    if cagr <= -1:
        raise OutOfDomain("A CAGR of -100% or less leaves nothing to grow.")
    try:
        result = compounded(base, cagr, periods)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise OutOfDomain("The projected value is too large for a cell.")
    return Outcome(result, f"{base:.15g} x (1 + {cagr:.15g})^{periods:.15g} = {result:.6g}")


@cell_function("market", "[segment]", "[from_year]", "[to_year]", *HOW_UNITLESS)
def market_cagr(asked: Asked) -> Outcome:
    """Returns the growth rate per year (CAGR) of a market or segment.

    A fraction (0.043 is 4.3 %). Without years, the stated CAGR; with years, the CAGR stated for them,
    or else the one that the sizes imply. `method` "implied" always computes it from the sizes. If only
    one year is given, the first defaults to the base year and the last to the last year with an
    answer. #N/A if no CAGR is stated or a size is missing, #NUM! if both years are the same; other
    errors as for MARKET_SIZE.

    >>> market_cagr("Medical Imaging Outsourcing")
    0.043
    >>> round(market_cagr("Medical Imaging Outsourcing", None, 2023, 2033), 5)
    0.04298
    """
    return measures.cagr(asked, asked.from_year, asked.to_year)


@cell_function("market", "[year]", "[segment]", *HOW_UNITLESS)
def market_growth(asked: Asked) -> Outcome:
    """Returns the growth of a market or segment over the previous year.

    A fraction: the size in the year divided by the size in the previous year, minus 1. The year
    defaults to the year after the base year. #N/A if one of the two sizes is missing; other errors
    as for MARKET_SIZE.

    >>> round(market_growth("Medical Imaging Outsourcing", 2024), 5)
    0.04298
    """
    answer = asked.market.growth(asked.year, asked.segment, asked.method)
    return Outcome(answer.value, lambda: provenance(answer))

"""Sizes and where they come from: MARKET_SIZE, MARKET_SERIES, MARKET_SOURCE, MARKET_STATUS."""

import numpy as np

from markets.errors import MarketbookError, NotFound, shortened
from markets.wording import LONGEST_LINE, provenance
from udfs import arguments
from udfs.errors import cell_error
from udfs.evaluation import evaluate, evaluate_table
from udfs.questions import Question, question, unbroadcast
from udfs.values import Argument, Array, Result, Scalar, ScalarArgument


def market_size(
    market: Argument,
    year: Argument = None,
    segment: Argument = None,
    unit: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Size of a market or of one of its segments in a year.

    In the report's unit, or in `unit` (a scale, a currency or both; "USD" alone is single dollars).
    The year defaults to the base year. A year without a figure is #N/A, as is an unknown name; an
    unknown unit or method, or words for a year, #VALUE!; a number that is no year, #NUM!.

    >>> market_size("Medical Imaging Outsourcing", 2033)
    13.1
    >>> round(market_size("Medical Imaging Outsourcing", 2028, None, "USD million"), 1)
    10614.1
    >>> market_size("Medical Imaging Outsourcing", 2028, "CT")
    <CellError.NA: '#N/A'>
    """
    return evaluate(_market_size, market, year, segment, unit, method, unbroadcast(assumptions), source)


def market_status(
    market: Argument,
    year: Argument = None,
    segment: Argument = None,
    unit: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """How MARKET_SIZE's answer came about: reported, interpolated, compounded or derived.

    Takes MARKET_SIZE's arguments, and gives its errors: #N/A where there is no size.

    >>> market_status("Medical Imaging Outsourcing", 2028)
    'interpolated'
    """
    return evaluate(_market_status, market, year, segment, unit, method, unbroadcast(assumptions), source)


def market_source(
    market: Argument,
    year: Argument = None,
    segment: Argument = None,
    unit: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Where MARKET_SIZE's answer comes from, in one line; or why there is no number.

    Takes MARKET_SIZE's arguments. Text of at most 255 characters: status, year, derivation,
    publisher, date and locator. Only an argument that is itself an error gives an error.

    >>> market_source("Medical Imaging Outsourcing", 2023)  # doctest: +ELLIPSIS
    'reported for 2023: stated as 8.6 (2023), USD billion. Market.us Media, 2025-11-13: Overview, ...'
    >>> market_source("Medical Imagng Outsourcing")
    'No market is called "Medical Imagng Outsourcing". Did you mean Medical Imaging Outsourcing?'
    """
    return evaluate(_market_source, market, year, segment, unit, method, unbroadcast(assumptions), source)


def market_series(
    market: Argument,
    from_year: Argument = None,
    to_year: Argument = None,
    segment: Argument = None,
    unit: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Years and sizes of a market or segment, a row a year.

    Two columns: year, and size in the unit of MARKET_SIZE. The years default to the first and the
    last that have an answer; a year without one is #N/A. With from_year after to_year, the rows
    run backwards. Errors as for MARKET_SIZE.

    >>> market_series("Medical Imaging Outsourcing", 2032, 2033).round(3).tolist()
    [[2032.0, 12.56], [2033.0, 13.1]]
    """
    return evaluate_table(
        _market_series, market, from_year, to_year, segment, unit, method, unbroadcast(assumptions), source
    )


def size_or_error(asked: Question, year: int) -> Scalar:
    """Return a size for a cell of a table: the error of that cell where there is none."""
    try:
        return asked.size(year)
    except NotFound as error:
        return cell_error(error)


def _market_size(
    market: ScalarArgument, year: ScalarArgument, segment: ScalarArgument, *others: ScalarArgument
) -> float:
    asked = question(market, segment, *others)
    return asked.size(arguments.year(year))


def _market_status(
    market: ScalarArgument, year: ScalarArgument, segment: ScalarArgument, *others: ScalarArgument
) -> str:
    asked = question(market, segment, *others)
    return str(asked.answer(arguments.year(year)).status)


def _market_source(
    market: ScalarArgument, year: ScalarArgument, segment: ScalarArgument, *others: ScalarArgument
) -> str:
    try:
        asked = question(market, segment, *others)
        when = arguments.year(year)
        when = asked.market.base_year if when is None else when
        return provenance(asked.answer(when), str(when), str(asked.market.unit))
    except MarketbookError as error:
        return shortened(str(error), LONGEST_LINE)


def _market_series(
    market: ScalarArgument, from_year: ScalarArgument, to_year: ScalarArgument, *others: ScalarArgument
) -> Array:
    asked = question(market, *others)
    first, last = arguments.year(from_year), arguments.year(to_year)
    if first is None or last is None:
        span = asked.market.span(asked.segment)
        first = span[0] if first is None else first
        last = span[1] if last is None else last
    step = 1 if first <= last else -1
    rows: list[list[Scalar]] = [
        [float(year), size_or_error(asked, year)] for year in range(first, last + step, step)
    ]
    numbers = all(isinstance(size, float) for _, size in rows)
    return np.array(rows, dtype=np.float64 if numbers else object)

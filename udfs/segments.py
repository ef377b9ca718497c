"""Segments: SEGMENT_SHARE, SEGMENT_TABLE and SEGMENT_LIST."""

from collections.abc import Callable

import numpy as np

from markets.errors import NotFound
from markets.segments import SegmentName
from udfs import arguments
from udfs.errors import cell_error
from udfs.evaluation import evaluate, evaluate_table
from udfs.questions import Question, named_market, question, unbroadcast
from udfs.values import Argument, Array, Result, Scalar, ScalarArgument


def segment_share(
    market: Argument,
    segment: Argument,
    year: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Share of a segment in its market, as a fraction.

    The year defaults to the base year. #N/A where nobody states the share for that year, and for
    an unknown name; other errors as for MARKET_SIZE.

    >>> segment_share("Medical Imaging Outsourcing", "CT", 2023)
    0.653
    """
    return evaluate(_segment_share, market, segment, year, method, unbroadcast(assumptions), source)


def segment_table(
    market: Argument,
    dimension: Argument,
    year: Argument = None,
    unit: Argument = None,
    method: Argument = None,
    assumptions: Argument = None,
    source: Argument = None,
) -> Result:
    """Segments of one dimension, a row each: name, share, size, CAGR, status.

    Share and CAGR are fractions, the size is in the unit of MARKET_SIZE, the status that of the
    size. A figure that the source does not state is #N/A. Errors as for MARKET_SIZE.

    >>> segment_table("Medical Imaging Outsourcing", "Device")[0, :2].tolist()
    ['Computed Tomography', 0.653]
    """
    return evaluate_table(
        _segment_table, market, dimension, year, unit, method, unbroadcast(assumptions), source
    )


def segment_list(market: Argument, dimension: Argument = None) -> Result:
    """Names of the segments of one dimension; without one, all of them as Dimension/Segment.

    One column, in the report's order. #N/A for an unknown market or dimension.

    >>> segment_list("Medical Imaging Outsourcing", "Region").tolist()
    [['North America'], ['Asia-Pacific']]
    """
    return evaluate_table(_segment_list, market, dimension)


def _segment_share(
    market: ScalarArgument,
    segment: ScalarArgument,
    year: ScalarArgument,
    method: ScalarArgument,
    *others: ScalarArgument,
) -> float:
    asked = question(market, segment, None, method, *others)
    if asked.segment is None:
        raise NotFound("No segment is named: the second argument is blank.")
    return asked.market.share(asked.segment, arguments.year(year), asked.method).value


def _segment_table(
    market: ScalarArgument, dimension: ScalarArgument, year: ScalarArgument, *others: ScalarArgument
) -> Array:
    asked = question(market, None, *others)
    when = arguments.year(year)
    rows = [_row(asked, segment, when) for segment in _of_dimension(asked, dimension)]
    table = np.empty((len(rows), 5), dtype=object)
    table[:] = rows
    return table


def _of_dimension(asked: Question, dimension: ScalarArgument) -> list[SegmentName]:
    name = arguments.text(dimension)
    if not name:
        raise NotFound("No dimension is named: the second argument is blank.")
    return asked.market.segments_of(name)


def _row(asked: Question, segment: SegmentName, year: int | None) -> list[Scalar]:
    market, method = asked.market, asked.method
    return [
        segment.name,
        _or_error(lambda: market.share(segment, year, method).value),
        _or_error(lambda: asked.in_unit(market.size(year, segment, method))),
        _or_error(lambda: market.cagr(segment).value),
        _or_error(lambda: str(market.size(year, segment, method).status)),
    ]


def _or_error(figure: Callable[[], Scalar]) -> Scalar:
    try:
        return figure()
    except NotFound as error:
        return cell_error(error)


def _segment_list(market: ScalarArgument, dimension: ScalarArgument) -> Array:
    asked = named_market(market)
    name = arguments.text(dimension)
    names = [s.name for s in asked.segments_of(name)] if name else [s.qualified for s in asked.segments]
    if not names:
        raise NotFound(f"The source lists no segments of {asked.name}.")
    return np.array([[name] for name in names], dtype=object)

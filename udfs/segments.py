"""Segments: SEGMENT_SHARE, SEGMENT_TABLE, SEGMENT_RANK and SEGMENT_LIST."""

from markets.errors import NotFound, shortened
from markets.market import Place
from markets.wording import LONGEST_LINE, places, words
from udfs import measures
from udfs.asked import Asked, required
from udfs.outcome import Outcome
from udfs.parameters import HOW, HOW_UNITLESS
from udfs.registry import cell_function, table_function
from udfs.tables import answer_or_reason, cell, count_by_status, figures, table


@cell_function("market", "segment", "[year]", *HOW_UNITLESS)
def segment_share(asked: Asked) -> Outcome:
    """Returns the share of a segment in its market, as a fraction.

    The year defaults to the base year or, if no share of the dimension is stated for it, to the latest
    year that has one. #N/A if the share is not stated for that year or a name is unknown; other errors
    as for MARKET_SIZE.

    >>> segment_share("Medical Imaging Outsourcing", "CT", 2023)
    0.653
    """
    return measures.share(asked)


@table_function("market", "dimension", "[year]", *HOW, "[headers]")
def segment_table(asked: Asked) -> Outcome:
    """Returns the segments of a dimension, one row each: name, share, size, CAGR, status.

    Share and CAGR are fractions, the size is in the same unit as for MARKET_SIZE, and the status is
    that of the size. A figure that the source does not state is #N/A. The year defaults as for
    SEGMENT_SHARE; errors as for MARKET_SIZE.

    >>> segment_table("Medical Imaging Outsourcing", "Device")[0, :2].tolist()
    ['Computed Tomography', 0.653]
    """
    market, dimension = asked.market, required(asked.dimension, "dimension")
    year = market.share_year(dimension) if asked.year is None else asked.year
    rows, sizes = [], []
    for segment in market.segments_of(dimension):
        share = answer_or_reason(market.share, segment, year, asked.method)
        size = answer_or_reason(market.size, year, segment, asked.method)
        cagr = answer_or_reason(market.cagr, segment)
        amount = cell(size, lambda answer: asked.in_unit(answer.value))
        status = cell(size, lambda answer: str(answer.status))
        rows.append([segment.name, cell(share), amount, cell(cagr), status])
        sizes.append(size)
    heads = ("Segment", "Share", f"Size ({asked.unit})", "CAGR", "Status") if asked.headers else ()
    cut = market.dimension(dimension)
    return figures(
        rows,
        heads,
        lambda: shortened(
            f"{dimension}, sizes in {year}: {count_by_status(sizes)}. {market.cite(cut)}", LONGEST_LINE
        ),
        str(asked.unit),
    )


@cell_function("market", "dimension", "place", "[by]", "[year]", "[source]")
def segment_rank(asked: Asked) -> Outcome:
    """Returns the segment at a place of its dimension, by size or by growth.

    The source's own ranking is used if there is one, else its shares or CAGRs. #N/A if the source does
    not state enough, #NUM! for a place beyond the last, #VALUE! for an unknown `by`.

    >>> segment_rank("Medical Imaging Outsourcing", "Device", 1)
    'Computed Tomography'
    >>> segment_rank("Medical Imaging Outsourcing", "Device", 3)
    <CellError.NA: '#N/A'>
    """
    dimension = required(asked.dimension, "dimension")
    place = asked.market.place(dimension, asked.place, asked.by, asked.year)
    return Outcome(place.segment.name, lambda: _ranked(asked, place))


@table_function("market", "[dimension]", "[source]")
def segment_list(asked: Asked) -> Outcome:
    """Returns the names of the segments of a dimension, or of all dimensions as Dimension/Segment.

    One column, in the report's order. #N/A for an unknown market or dimension.

    >>> segment_list("Medical Imaging Outsourcing", "Region").tolist()
    [['North America'], ['Asia-Pacific']]
    """
    market, dimension = asked.market, asked.dimension
    names = (
        [s.name for s in market.segments_of(dimension)]
        if dimension
        else [s.qualified for s in market.segments]
    )
    if not names:
        raise NotFound(f"The source lists no segments of {market.name}.")
    cut = [market.dimension(each) for each in ([dimension] if dimension else market.dimensions)]
    return Outcome(table([[name] for name in names]), lambda: f"Segments listed: {len(names)}. {places(cut)}")


def _ranked(asked: Asked, place: Place) -> str:
    figure = f", {words(place.answer)}" if place.answer else ""
    facts = place.facts + (place.answer.facts if place.answer else ())
    return f"place {asked.place} of {asked.dimension} by {asked.by}{figure}. {places(facts)}"

"""Two dimensions: MARKET_MATRIX."""

from markets.wording import provenance
from udfs.asked import Asked, required
from udfs.outcome import Outcome
from udfs.registry import table_function
from udfs.tables import table


@table_function(
    "market", "rows", "columns", "[year]", "[unit]", "[seed]", "[assumptions]", "[source]", "[headers]"
)
def market_matrix(asked: Asked) -> Outcome:
    """Estimates a table of sizes by two dimensions that agrees with the shares of both.

    A row per segment of `rows` and a column per segment of `columns`, in the report's order and in the
    same unit as for MARKET_SIZE. Shares are those of method "estimate", scaled to 100 %. `seed` is a range of
    that shape, from which iterative proportional fitting starts; without it, the dimensions are
    independent. The year defaults to the base year. #N/A if the source does not list all segments or
    for an unknown name, #VALUE! for a seed of another shape, #NUM! for a negative one and for shares that
    its zeros do not allow; other errors as for MARKET_SIZE.

    >>> market_matrix("Medical Imaging Outsourcing", "Device", "End User").round(3).tolist()
    [[3.56, 1.028, 1.028], [0.946, 0.273, 0.273], [0.946, 0.273, 0.273]]
    """
    rows, columns = required(asked.rows, "rows"), required(asked.columns, "columns")
    found = asked.market.matrix(rows, columns, asked.year, asked.seed)
    sizes = [[asked.in_unit(float(size)) for size in row] for row in found.cells]
    heads: list[str] = []
    cells: list[list[float | str]] = [list(row) for row in sizes]
    if asked.headers:
        heads = [f"Size ({asked.unit})", *(segment.name for segment in found.columns.segments)]
        cells = [[segment.name, *row] for segment, row in zip(found.rows.segments, sizes, strict=True)]
    unit = str(asked.market.unit)
    return Outcome(table(cells, heads), lambda: provenance(found, str(found.year), unit), str(asked.unit))

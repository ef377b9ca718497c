"""The one place where a refused question becomes a cell error."""

from markets.errors import BadArgument, MarketbookError, NotFound, OutOfDomain, Unavailable
from udfs.values import CellError

_CELL_ERRORS: tuple[tuple[type[MarketbookError], CellError], ...] = (
    (NotFound, CellError.NA),
    (Unavailable, CellError.NA),
    (BadArgument, CellError.VALUE),
    (OutOfDomain, CellError.NUM),
)


def cell_error(error: MarketbookError) -> CellError:
    """Return the cell error for a refused question.

    >>> cell_error(OutOfDomain("Year 0 is not a year."))
    <CellError.NUM: '#NUM!'>
    """
    for kind, shown in _CELL_ERRORS:
        if isinstance(error, kind):
            return shown
    return CellError.VALUE

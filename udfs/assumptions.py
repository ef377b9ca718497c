"""Assumptions in a range of cells, with a header row."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markets.errors import BadArgument, MarketbookError, shortened
from markets.estimates.assumptions import Assumption, Assumptions, Measure
from udfs import arguments
from udfs.values import Cells, ScalarArgument

HEADER = ("segment", "measure", "year", "value", "note")
"""The column names of the range, in any order."""

_REQUIRED = ("segment", "measure", "value")
_OPTIONAL = ("year", "note", "unit", "market")
_MEASURES = {measure.casefold(): measure for measure in Measure}

Row = dict[str, ScalarArgument]


@lru_cache(256)
def read_assumptions(cells: Cells) -> Assumptions:
    """Return the assumptions of a range. Rows without a value are left out.

    The first row has the column names, in any order: `HEADER`, and optionally unit and market. Other
    columns are ignored. Raises BadArgument and OutOfDomain, with the row below the header.

    >>> rows = (("Segment", "Measure", "Year", "Value"), ("CT", "share", 2033.0, 0.7))
    >>> read_assumptions(Cells(rows, 2))  # doctest: +ELLIPSIS
    (Assumption(measure=<Measure.SHARE: 'share'>, value=0.7, segment='CT', year=2033, ..., row=1),)
    """
    columns = _columns(cells.rows[0])
    return tuple(_assumptions(columns, cells.rows[1:]))


def _columns(heads: Sequence[ScalarArgument]) -> dict[str, int]:
    names = [arguments.text(head).casefold() for head in heads]
    columns = {name: names.index(name) for name in (*_REQUIRED, *_OPTIONAL) if name in names}
    for name in _REQUIRED:
        if name not in columns:
            raise BadArgument(
                f'The range of assumptions has no column "{name}". Its first row needs the names '
                f"{', '.join(HEADER)}."
            )
    return columns


def _assumptions(columns: dict[str, int], rows: Sequence[Sequence[ScalarArgument]]) -> Iterator[Assumption]:
    for number, cells in enumerate(rows, start=1):
        row = {name: cells[at] for name, at in columns.items()}
        if row["value"] is None or row["value"] == "":
            continue
        try:
            yield _assumption(row, number)
        except MarketbookError as error:
            raise type(error)(f"Row {number} of the assumptions: {error}") from error


def _assumption(row: Row, number: int) -> Assumption:
    measure = arguments.text(row["measure"])
    if measure.casefold() not in _MEASURES:
        raise BadArgument(f'The measure is "{shortened(measure)}". Use "size", "share" or "CAGR".')
    return Assumption(
        _MEASURES[measure.casefold()],
        arguments.number(row["value"], "value"),
        arguments.text(row["segment"]),
        arguments.year(_unless_blank(row.get("year"))),
        arguments.text(row.get("unit")),
        arguments.text(row.get("market")),
        arguments.text(row.get("note")),
        number,
    )


def _unless_blank(cell: ScalarArgument) -> ScalarArgument:
    """An empty cell arrives as 0 on some hosts: no year."""
    return cell or None

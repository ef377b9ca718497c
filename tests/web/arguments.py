"""Arguments as Excel passes them to a custom function whose parameters are matrices of any type."""

from collections.abc import Mapping
from typing import Any, Final

from udfs.values import ARRAY_TYPES, CellError, as_table

EMPTY: Final = object()
"""A reference to an empty cell, which Excel passes as null."""


class Cells(dict[str, Any]):
    """The cells of a workbook; each that has nothing is empty."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        super().__init__(cells)

    def get(self, place: str, default: Any = None) -> Any:
        found = super().get(place, default)
        return EMPTY if found is None else found


def passed(argument: Any) -> Any:
    """Return an argument as Excel passes it: null if it is omitted, else rows of cells.

    >>> passed("CT"), passed(None), passed(EMPTY)
    ([['CT']], None, [[None]])
    >>> passed(CellError.NA)
    [[{'type': 'Error', 'basicType': 'Error', 'basicValue': '#N/A'}]]
    """
    if argument is None:
        return None
    if not isinstance(argument, ARRAY_TYPES):
        argument = [[argument]]
    return [[_cell(cell) for cell in row] for row in as_table(argument).tolist()]


def _cell(cell: Any) -> Any:
    if cell is EMPTY:
        return None
    if isinstance(cell, CellError):
        return {"type": "Error", "basicType": "Error", "basicValue": cell.value}
    # JavaScript writes whole numbers without a point
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell

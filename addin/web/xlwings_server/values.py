"""Values of calls as xlwings Server carries them between Excel's scripts and Python.

An argument is a number, a text, TRUE or FALSE; an object of Excel's data types, such as an error or a
formatted number; or a range: a list of its cells if it is one row, else of its rows. Of a range of one cell,
xlwings passes the cell. A reference to one empty cell, if Excel sends it as null, is an omitted argument by
then.

Results are rows. With Excel's data types, which its runtime for functions has from version 1.4 on, an error
is an object. Before that it is its text: there is no other form for it.
"""

from typing import Any, Final, TypeAlias

import numpy as np

from addin.web.cards import Json, entity
from udfs.outcome import Outcome
from udfs.values import Argument, CellError, Scalar, ScalarArgument

Shown: TypeAlias = "float | str | Json"
"""A cell of a result."""

_WITHOUT_DATA_TYPES: Final = frozenset({"1.1", "1.2", "1.3"})
_ERRORS: Final = {error.value: error for error in CellError}
_TYPES: Final = {
    CellError.NULL: "Null",
    CellError.DIV0: "Div0",
    CellError.VALUE: "Value",
    CellError.REF: "Ref",
    CellError.NAME: "Name",
    CellError.NUM: "Num",
    CellError.NA: "NotAvailable",
}
_ENTITY: Final = "__xlwings_not_an_object_handle__"
"""What xlwings' script sends instead of one cell with an entity."""


def argument(sent: Any) -> Argument:
    """Return an argument as `udfs.values` describes it.

    An error that the functions do not know, such as #SPILL!, counts as #VALUE!. So does an entity, as in
    Excel's own functions. But in a range, a cell of MARKET_CARD is its size.

    >>> argument({"type": "Error", "basicValue": "#N/A"}), argument([2023, None]), argument([["CT"], [""]])
    (<CellError.NA: '#N/A'>, [[2023, None]], [['CT'], ['']])
    """
    if isinstance(sent, list):
        rows = sent if sent and isinstance(sent[0], list) else [sent]
        return [[_cell(cell) for cell in row] for row in rows]
    cell = _cell(sent)
    return 0.0 if cell is None else cell


def shown(outcome: Outcome, runtime: str) -> list[list[Shown]]:
    """Return the rows of a result for a version of Excel's runtime for functions.

    >>> shown(Outcome(CellError.NUM, ""), "1.3"), shown(Outcome(CellError.NUM, ""), "1.4")
    ([['#NUM!']], [[{'type': 'Error', 'errorType': 'Num'}]])
    """
    value, cells = outcome.value, outcome.cells
    if isinstance(value, np.ndarray) and value.dtype == np.float64 and cells is None:
        numbers: list[list[Shown]] = value.tolist()
        return numbers
    rows: list[list[Scalar]] = np.atleast_2d(np.asarray(value, dtype=object)).tolist()
    if runtime in _WITHOUT_DATA_TYPES:
        return [[str(cell) if isinstance(cell, CellError) else cell for cell in row] for row in rows]
    if not isinstance(value, np.ndarray):
        return [[_with_card(value, outcome)]]
    if cells is None:
        return [list(map(_with_type, row)) for row in rows]
    return [list(map(_with_card, row, beside)) for row, beside in zip(rows, cells.tolist(), strict=True)]


def _cell(sent: Any) -> ScalarArgument:
    match sent:
        case {"type": "Empty"}:
            return None
        case {"type": "Entity", "properties": {"Size": {"basicValue": int() | float() as size}}}:
            return size  # a cell of MARKET_CARD
        case {"type": "Error"} | {"basicType": "Error"}:
            return _ERRORS.get(sent.get("basicValue"), CellError.VALUE)
        case {"basicValue": bool() | int() | float() | str() as value}:
            return value
    if isinstance(sent, dict) or sent == _ENTITY:
        return CellError.VALUE
    scalar: ScalarArgument = sent
    return scalar


def _with_type(cell: Scalar) -> Shown:
    return {"type": "Error", "errorType": _TYPES[cell]} if isinstance(cell, CellError) else cell


def _with_card(cell: Scalar, outcome: Outcome) -> Shown:
    return _with_type(cell) if outcome.card is None else entity(outcome.card)

"""Values of calls as JSON: arguments as the scripts send them, and results as they get them.

An argument is a number, a text, TRUE or FALSE, null (omitted), `{"error": "#N/A"}`, or `{"rows": [[...]]}`
for a range of more than one cell, in which null is an empty cell. A result is a number, a text, an error with
its message, rows, or an entity with its number.
"""

from typing import Any, Final, TypeAlias

import numpy as np
from msgspec import UNSET, Struct, UnsetType
from numpy.typing import NDArray

from addin.web.cards import Json, entity
from markets.errors import BadArgument, shortened
from udfs.outcome import Card, Outcome
from udfs.values import Argument, Array, CellError, Scalar, ScalarArgument

LONGEST_TEXT: Final = 32_767
"""The most characters in a cell of Excel: of a longer text it makes an error."""

_KNOWN: Final = {error.value: error for error in CellError}
_SCALARS: Final = frozenset({float, int, str, bool, type(None)})


class Failed(Struct, frozen=True):
    """An error value, and the sentence for Excel's error card if it is known."""

    error: str
    message: str | UnsetType = UNSET


class Rows(Struct, frozen=True):
    """A table, row by row."""

    rows: list[list[Any]]


class Carded(Struct, frozen=True):
    """An entity, whose card says where a number comes from; and the number, for an Excel without cards."""

    entity: dict[str, Json]
    number: float


Shown: TypeAlias = "float | str | Failed | Rows | Carded"


def argument(sent: Any) -> Argument:
    """Return an argument as `udfs.values` describes it. Raises BadArgument for what is not one.

    >>> argument({"error": "#N/A"}), argument({"rows": [[2023, None]]}), argument(None)
    (<CellError.NA: '#N/A'>, [[2023, None]], None)
    """
    if type(sent) in _SCALARS:
        scalar: ScalarArgument = sent
        return scalar
    if isinstance(sent, dict) and sent.keys() == {"rows"} and isinstance(sent["rows"], list):
        rows = sent["rows"]
        if _is_rectangle(rows):
            return [[_cell(cell) for cell in row] for row in rows]
    return _error(sent)


def shown(outcome: Outcome) -> Shown:
    """Return an outcome as the scripts get it."""
    value = outcome.value
    if isinstance(value, CellError):
        return Failed(value.value, outcome.reason)
    cards = outcome.card
    if isinstance(value, np.ndarray):
        return Rows(_carded(value, cards) if isinstance(cards, np.ndarray) else _rows(value))
    if isinstance(cards, Card) and isinstance(value, float):
        return Carded(entity(cards), value)
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _rows(table: Array) -> list[list[Any]]:
    rows: list[list[Any]] = table.tolist()
    if table.dtype == np.float64:
        return rows
    return [list(map(_in_table, row)) for row in rows]


def _in_table(cell: Scalar) -> float | str | Failed:
    if isinstance(cell, CellError):
        return Failed(cell.value)
    return cell[:LONGEST_TEXT] if isinstance(cell, str) else cell


def _carded(table: Array, cards: NDArray[np.object_]) -> list[list[Any]]:
    """The rows of a table beside an array of cards."""
    return [
        [cell if card is None else Carded(entity(card), cell) for cell, card in zip(row, beside, strict=True)]
        for row, beside in zip(_rows(table), cards.tolist(), strict=True)
    ]


def _is_rectangle(rows: list[Any]) -> bool:
    """Whether rows are as long as each other: a few long ones among many would become a huge table."""
    return all(isinstance(row, list) and row and len(row) == len(rows[0]) for row in rows) and bool(rows)


def _cell(sent: Any) -> ScalarArgument:
    return sent if type(sent) in _SCALARS else _error(sent)


def _error(sent: Any) -> CellError:
    """An error of Excel's that the functions do not know, such as #SPILL!, counts as #VALUE!."""
    if isinstance(sent, dict) and sent.keys() == {"error"} and isinstance(sent["error"], str):
        return _KNOWN.get(sent["error"], CellError.VALUE)
    raise BadArgument(f"This is not the value of a cell: {shortened(repr(sent))}")

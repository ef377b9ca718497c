"""Values of calls as JSON: arguments as the scripts send them, and results as they get them.

An argument is a number, a text, TRUE or FALSE, null (omitted), `{"error": "#N/A"}`, or `{"rows": [[...]]}`
for a range of more than one cell, in which null is an empty cell. A result is a number, a text, an error with
its message, rows, or an entity with its number. Rows have each message once: thousands of cells can share it.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
from msgspec import UNSET, Struct, UnsetType

from addin.web.cards import Json, entity
from markets.errors import BadArgument, shortened
from udfs.outcome import Outcome
from udfs.values import Argument, Array, CellError, Scalar, ScalarArgument

LONGEST_TEXT: Final = 32_767
"""The most characters in a cell of Excel: of a longer text it makes an error."""

_KNOWN: Final = {error.value: error for error in CellError}
_SCALARS: Final = frozenset({float, int, str, bool, type(None)})


class Failed(Struct, frozen=True):
    """An error value, and the sentence for Excel's error card if it is known.

    In rows, the message is its place among their messages, counted from 0.
    """

    error: str
    message: str | int | UnsetType = UNSET


class Rows(Struct, frozen=True):
    """A table, row by row, and the messages of the errors in it."""

    rows: list[list[Any]]
    messages: list[str] | UnsetType = UNSET


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
    if not isinstance(value, np.ndarray):
        return _with_more(value, outcome, str)
    cells = outcome.cells
    if cells is None:
        return Rows(_rows(value))
    places: dict[str, int] = {}

    def place(message: str) -> int:
        return places.setdefault(message, len(places))

    beside = zip(value.tolist(), cells.tolist(), strict=True)
    rows = [[_with_more(cell, its, place) for cell, its in zip(*row, strict=True)] for row in beside]
    return Rows(rows, list(places) or UNSET)


def _with_more(
    value: Scalar, outcome: Outcome, told: Callable[[str], str | int]
) -> float | str | Failed | Carded:
    """A value with the message of its error, or with its card."""
    if isinstance(value, CellError):
        return Failed(value.value, told(outcome.reason))
    card = outcome.card
    return _plain(value) if card is None or isinstance(value, str) else Carded(entity(card), value)


def _rows(table: Array) -> list[list[Any]]:
    rows: list[list[Any]] = table.tolist()
    if table.dtype == np.float64:
        return rows
    return [list(map(_plain, row)) for row in rows]


def _plain(cell: Scalar) -> float | str | Failed:
    if isinstance(cell, CellError):
        return Failed(cell.value)
    return cell[:LONGEST_TEXT] if isinstance(cell, str) else cell


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

"""A batch of calls: each function's calls by columns in, their values in the same order out.

Thousands of cells are one request. A column with one value is the same for all calls.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import Any, Final

from msgspec import Struct

from addin.http_failures import TooMuch
from addin.web.values import Failed, Rows, Shown, argument, shown
from markets.errors import BadArgument, shortened
from udfs.outcome import Outcome
from udfs.registry import FUNCTIONS, Function
from udfs.values import Argument, CellError

MOST_CALLS: Final = 50_000
"""The most calls in one batch."""

MOST_CELLS: Final = 2_000_000
"""The most cells in the answers to one batch."""

MOST_SECONDS: Final = 10.0
"""How long one batch may keep others waiting. What it has found by then is remembered, and not lost."""

_log = logging.getLogger("marketbook")


class Group(Struct, frozen=True):
    """Calls of one function: a column of one value or of `count` values for each argument.

    With `reasons`, each value is a sentence: where the value of the call is from, or why there is none.
    """

    function: str
    count: int
    arguments: list[list[Any]] = []
    reasons: bool = False


class Batch(Struct, frozen=True):
    """The calls of many cells."""

    groups: list[Group]


class Values(Struct, frozen=True):
    """The values of a group's calls, in their order."""

    values: list[Shown]


class Answers(Struct, frozen=True):
    """The values of a batch, group by group."""

    groups: list[Values]


def answers(batch: Batch) -> Answers:
    """Return the values of all calls. Raises BadArgument for a batch that is not one, and TooMuch.

    A call that fails unexpectedly is #VALUE!, and is logged.
    """
    if sum(max(0, group.count) for group in batch.groups) > MOST_CALLS:
        raise BadArgument(f"A batch has at most {MOST_CALLS:,} calls. Send them in several.")
    groups: list[Values] = []
    cells, ends = 0, time.monotonic() + MOST_SECONDS
    for group in batch.groups:
        values: list[Shown] = []
        for call in _group(group):
            if cells and time.monotonic() > ends:
                raise TooMuch("These calls take too long at once. Send them in several batches.")
            value = call()
            cells += _cells(value)
            if cells > MOST_CELLS:
                raise TooMuch(f"These are more than {MOST_CELLS:,} cells at once. Use smaller ranges.")
            values.append(value)
        groups.append(Values(values))
    return Answers(groups)


def _cells(value: Shown) -> int:
    return sum(map(len, value.rows)) if isinstance(value, Rows) else 1


def _group(group: Group) -> Iterator[Callable[[], Shown]]:
    function = FUNCTIONS.get(group.function)
    if function is None:
        raise BadArgument(f'No function is called "{shortened(group.function)}". The add-in may be too old.')
    if group.count < 0 or any(len(column) not in (1, group.count) for column in group.arguments):
        raise BadArgument(f"The arguments of {function.name} are not {group.count} calls.")
    if len(group.arguments) > len(function.parameters):
        raise BadArgument(f"{function.name} takes at most {len(function.parameters)} arguments.")
    columns = [_column(column, group.count) for column in group.arguments]
    calls = zip(*columns, strict=False) if columns else repeat((), group.count)
    found = _reason if group.reasons else shown
    for given in calls:
        yield partial(_called, function, given, found)


def _reason(outcome: Outcome) -> str:
    return outcome.reason


def _column(column: Sequence[Any], count: int) -> Sequence[Argument]:
    """The arguments of each call; a value for all of them is read once."""
    return [argument(column[0])] * count if len(column) == 1 else list(map(argument, column))


def _called(function: Function, given: tuple[Argument, ...], found: Callable[[Outcome], Shown]) -> Shown:
    try:
        return found(function.outcome(*given))
    except Exception:
        _log.exception("%s failed on %.500r", function.name, given)
        return Failed(CellError.VALUE.value, "Marketbook failed unexpectedly. The server's log says why.")

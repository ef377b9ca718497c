"""The evaluation of a cell: single values directly, ranges cell by cell. It never raises.

The reason for a refusal also goes to the logger "marketbook", once per question.
"""

import logging
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from markets.catalogs import Catalog
from markets.errors import BadArgument, MarketbookError, Unavailable
from udfs.asked import Asked
from udfs.broadcasting import broadcast
from udfs.declaration import Declaration
from udfs.outcome import Outcome, refused
from udfs.values import ARRAY_TYPES, CellError, as_table, normalised, whole_range

_log = logging.getLogger("marketbook")


class NotASingleValue(Exception):
    """An argument is a range, or of a foreign type, instead of a value that an answer is cached for."""


def answered(function: Declaration, opened: Callable[[], Catalog], arguments: Sequence[Any]) -> Outcome:
    """Return the outcome for single values; raise NotASingleValue if an argument is not one.

    `opened` returns the catalog. Opening it may fail too. Raises Unavailable, because that answer must not
    stay.
    """
    _refuse_surplus(function, arguments)
    given = list(map(normalised, arguments))
    became_text = any(isinstance(b, str) > isinstance(a, str) for a, b in zip(arguments, given, strict=True))
    if became_text or any(isinstance(argument, ARRAY_TYPES) for argument in given):
        raise NotASingleValue  # what became text may equal a number, and must not be cached as its answer
    for parameter, argument in zip(function.parameters, given, strict=False):
        if isinstance(argument, CellError):
            return Outcome(argument, f"The argument {parameter.name} is {argument}.")
    notice = ""
    try:
        names = [parameter.name for parameter in function.parameters]
        catalog = opened()
        notice = catalog.notice
        outcome = function.body(Asked(catalog, dict(zip_longest(names, given))))
        if isinstance(outcome.value, np.ndarray):
            outcome.value.setflags(write=False)  # it is cached and returned again
        return outcome
    except MarketbookError as error:
        _log.info("%s", error)
        if isinstance(error, Unavailable):
            raise
        return function.refused(error, notice)
    except Exception:
        _log.exception("%s failed on %.500r", function.name, arguments)
        return Outcome(CellError.VALUE, "An unexpected error occurred. See the log for details.")


def over_ranges(function: Declaration, ask: Callable[..., Outcome], arguments: Sequence[Any]) -> Outcome:
    """Return the outcome if one of the arguments is a range; `ask` answers for single values.

    The value is an array if the function broadcasts, #VALUE! if it returns a table.
    """
    _refuse_surplus(function, arguments)
    given: list[Any] = [
        whole_range(normalised(argument)) if parameter.is_whole else normalised(argument)
        for parameter, argument in zip(function.parameters, arguments, strict=False)
    ]
    if function.is_table:
        given = list(map(_single, given))
    if not any(isinstance(argument, ARRAY_TYPES) for argument in given):
        return ask(function, *given)
    if function.is_table:
        return refused(BadArgument(f"{function.name} takes single cells only, not a range."))
    if function.at_once is not None and (values := function.at_once(*given)) is not None:
        return Outcome(values, f"{values.size} cells, each computed from its own arguments.")
    return broadcast(lambda *scalars: ask(function, *scalars), given)


def _single(argument: Any) -> Any:
    """A range of one cell is that cell."""
    if not isinstance(argument, ARRAY_TYPES):
        return argument
    table = as_table(argument)
    if table.size != 1:
        return argument
    cell = normalised(table.item())
    return 0.0 if cell is None else cell


def _refuse_surplus(function: Declaration, arguments: Sequence[Any]) -> None:
    if len(arguments) > len(function.parameters):
        most = len(function.parameters)
        raise TypeError(f"{function.name} takes at most {most} arguments, not {len(arguments)}.")

"""How a worksheet function is evaluated: cached for scalars, broadcast for ranges, never raising.

Why a question was refused goes to the logger "marketbook", once a question: hosts and the command
line show it to the person who asked.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from markets.errors import MarketbookError
from udfs.broadcasting import broadcast
from udfs.errors import cell_error
from udfs.values import ARRAY_TYPES, Argument, Array, CellError, Result, Scalar, as_table

_log = logging.getLogger("marketbook")


def evaluate(function: Callable[..., Scalar], *arguments: Argument) -> Result:
    """Return the answer of a scalar function, or an array of answers where an argument is a range.

    Ranges are found by what they do to the cache, because looking at each argument of a scalar call
    would take as long as all the rest: arrays and lists cannot be keys, a tuple raises.
    """
    try:
        answer: Scalar = _answer(function, arguments)
    except (TypeError, _HasRange):
        return broadcast(lambda *scalars: _answer(function, scalars), arguments)
    return answer


def evaluate_table(function: Callable[..., Array], *arguments: Argument) -> Result:
    """Return the answer of a table function, which takes single cells only."""
    scalars = []
    for argument in arguments:
        if isinstance(argument, ARRAY_TYPES):
            table = as_table(argument)
            if table.size != 1:
                return CellError.VALUE
            argument = table.item() if table.item() is not None else 0.0
        scalars.append(argument)
    answer: Result = _answer(function, tuple(scalars))
    return answer


def forget() -> None:
    """Drop every remembered answer: the facts have changed."""
    _answer.cache_clear()


class _HasRange(Exception):
    """An argument is a tuple, which is a range."""


@lru_cache(maxsize=16384)
def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    for argument in arguments:
        if isinstance(argument, tuple):
            raise _HasRange
    for argument in arguments:
        if isinstance(argument, CellError):
            return argument
    try:
        answer = function(*arguments)
        if isinstance(answer, np.ndarray):
            answer.setflags(write=False)  # it is remembered, and handed out again
        return answer
    except MarketbookError as error:
        _log.info("%s", error)
        return cell_error(error)
    except Exception:
        _log.exception("%s failed on %.500r", function.__name__, arguments)
        return CellError.VALUE

"""The one place where a host's call becomes a worksheet function's: decoded, called, encoded, logged."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from udfs.catalog import reload_if_changed
from udfs.registry import Function
from udfs.values import Argument, CellError, Result

SECONDS_BETWEEN_LOOKS: Final = 3.0
"""So long a changed report may stay unseen: thousands of cells look once."""

_T = TypeVar("_T")
_log = logging.getLogger("marketbook")
_next_look = 0.0


def cell_function(
    function: Function, decode: Callable[[Any], Argument], encode: Callable[[Result], _T]
) -> Callable[..., _T]:
    """Return a worksheet function as a host calls it, by its values in and out. It never raises.

    What nobody foresaw is #VALUE!, and in the log with the arguments.
    """

    def called(*arguments: Any) -> _T:
        try:
            if time.monotonic() >= _next_look:
                _look_for_changed_reports()
            return encode(function(*map(decode, arguments)))
        except Exception:
            _log.exception("%s failed on %.500r", function.name, arguments)
            return encode(CellError.VALUE)

    return called


def _look_for_changed_reports() -> None:
    global _next_look
    _next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
    reload_if_changed()

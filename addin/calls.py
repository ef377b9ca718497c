"""Calls from a host to a worksheet function: decoded, called, encoded, and logged if they fail."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from udfs.catalog import reload_if_changed
from udfs.registry import Function
from udfs.values import Argument, CellError, Result

SECONDS_BETWEEN_CHECKS: Final = 3.0
"""The longest time before a changed report is noticed. Thousands of cells check only once."""

_T = TypeVar("_T")
_log = logging.getLogger("marketbook")
_next_check = 0.0


def cell_function(
    function: Function, decode: Callable[[Any], Argument], encode: Callable[[Result], _T]
) -> Callable[..., _T]:
    """Return a worksheet function for a host, with the host's values in and out. It never raises.

    An unexpected error gives #VALUE! and is logged with the arguments.
    """

    def called(*arguments: Any) -> _T:
        try:
            look_for_changes()
            return encode(function(*map(decode, arguments)))
        except Exception:
            _log.exception("%s failed on %.500r", function.name, arguments)
            return encode(CellError.VALUE)

    return called


def look_for_changes() -> None:
    """Use the catalog as it is now, if the last look was some seconds ago."""
    if time.monotonic() >= _next_check:
        _check_for_changed_reports()


def _check_for_changed_reports() -> None:
    """Check, and after a check that took long, such as of a database that hangs, wait ten times as long."""
    global _next_check
    started = time.monotonic()
    _next_check = started + SECONDS_BETWEEN_CHECKS
    reload_if_changed()
    now = time.monotonic()
    _next_check = max(_next_check, now + 10 * (now - started))

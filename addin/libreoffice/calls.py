"""The worksheet functions as LibreOffice calls them: the part of the add-in that lives here.

The component inside the extension only finds this module; an upgrade of the project reaches
LibreOffice at its next start.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from addin.libreoffice.values import NAN_OF, Rows, from_calc, to_calc
from udfs.catalog import reload_if_changed
from udfs.registry import FUNCTIONS
from udfs.values import CellError, Result

_SECONDS_BETWEEN_LOOKS = 3.0

_log = logging.getLogger("marketbook")
_next_look = 0.0


def functions() -> dict[str, Callable[..., Rows]]:
    """Return the worksheet functions by their cell names, taking and giving Calc's values."""
    return {name: _for_calc(function.call) for name, function in FUNCTIONS.items()}


def _for_calc(function: Callable[..., Result]) -> Callable[..., Rows]:
    def called(*arguments: Any) -> Rows:
        try:
            if time.monotonic() >= _next_look:
                _look_for_new_facts()
            return to_calc(function(*map(from_calc, arguments)))
        except Exception:  # a traceback would end in the cell as a dialog or as nothing at all
            _log.exception("%s failed on %.500r", function.__name__, arguments)
            return ((NAN_OF[CellError.VALUE],),)

    return called


def _look_for_new_facts() -> None:
    """Read the reports again where a file changed; thousands of cells look once."""
    global _next_look
    reload_if_changed()
    _next_look = time.monotonic() + _SECONDS_BETWEEN_LOOKS

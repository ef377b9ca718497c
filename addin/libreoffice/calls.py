"""The worksheet functions as LibreOffice calls them: the part of the add-in that lives here.

The component inside the extension only finds this module; an upgrade of the project reaches
LibreOffice at its next start.
"""

from collections.abc import Callable

from addin.calls import cell_function
from addin.libreoffice.values import Rows, from_calc, to_calc
from udfs.registry import FUNCTIONS


def functions() -> dict[str, Callable[..., Rows]]:
    """Return the worksheet functions by their cell names, taking and giving Calc's values."""
    return {name: cell_function(function, from_calc, to_calc) for name, function in FUNCTIONS.items()}

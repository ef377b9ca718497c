"""The worksheet functions for LibreOffice.

The component in the extension only imports this module, so LibreOffice uses an upgraded Marketbook
after its next start.
"""

from collections.abc import Callable

from addin.calls import cell_function
from addin.libreoffice.values import Rows, from_calc, to_calc
from udfs.registry import FUNCTIONS


def functions() -> dict[str, Callable[..., Rows]]:
    """Return the worksheet functions by their cell names, with Calc's values in and out."""
    return {name: cell_function(function, from_calc, to_calc) for name, function in FUNCTIONS.items()}

"""What calls the functions: plain Python, LibreOffice, and whichever program joins them.

To add a host, write a module here with a class like `PythonHost`, a fixture that starts it in
`tests/cases/conftest.py`, and name both in `HOSTS` of `tests/cases/test_cases.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from udfs.values import CellError

Value: TypeAlias = float | str | bool | CellError
Rows: TypeAlias = list[list[Value]]


class Host(Protocol):
    """A program that calls the functions."""

    gaps: Mapping[str, str]
    """What this host cannot do: a formula of the suite, and the reason."""

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        """Return the rows of each formula's result, having set the cells (by "Sheet!A1")."""

"""Assumptions in a workbook: the user's scenarios on the Assumptions sheet, and the rows in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markets.estimates.assumptions import Measure
from udfs.values import CellError
from workbook.alike import same_formula
from workbook.formulas import Expr
from workbook.report import Content

COLUMNS = ("Segment", "Measure", "Year", "Value", "Unit", "Note", "Market")
"""The headers of a block. The functions know them in upper or lower case."""

MEASURES = tuple(str(measure) for measure in Measure)
"""What can be assumed."""

OWN, BASE, LOW, HIGH = SCENARIOS = ("own", "base", "low", "high")
"""The scenarios, in the order of their blocks. Each is a set of assumptions."""

SCENARIO, OWN_MARKET, IN_USE = "mb_scenario", "mb_own_market", "mb_assumptions"
"""The names of the cell with the scenario, of the market of the user's own rows, and of the rows in use."""

ROWS_READY: Mapping[str, int] = {OWN: 20, BASE: 6, LOW: 6, HIGH: 6}
"""The rows of a new block, without its header."""

_FEWEST_IN_USE = 40


def block_name(scenario: str) -> str:
    """Return the name of the block of a scenario, with its header.

    >>> block_name("own")
    'mb_assumptions_own'
    """
    return f"{IN_USE}_{scenario}"


@dataclass(frozen=True)
class Entry:
    """A cell of a block: its value ("" if it is blank), and its formula without the equals sign."""

    value: Any
    formula: str = ""


Rows = tuple[tuple[Entry, ...], ...]
"""The cells of a block, without its header."""


@dataclass(frozen=True)
class Entered:
    """What the user entered on the Assumptions sheet. A block that is not there is a new one.

    `market` is the one that the user's own rows are about; None if the workbook does not say.
    """

    scenario: Any = OWN
    market: Any = None
    blocks: Mapping[str, Rows] = field(default_factory=dict)

    def height(self, scenario: str) -> int:
        """Return the number of rows of a block, without its header."""
        return len(self.blocks[scenario]) if scenario in self.blocks else ROWS_READY[scenario]

    @property
    def rows_in_use(self) -> int:
        """The number of rows that have room for any of the blocks."""
        return max(_FEWEST_IN_USE, *map(self.height, SCENARIOS))

    @property
    def has_figures(self) -> bool:
        """Whether there are figures of the user's own, besides the rows that follow the market."""
        value = COLUMNS.index("Value")
        return any(
            cells[value].value != "" and not (scenario in (LOW, HIGH) and not number and cells[value].formula)
            for scenario, rows in self.blocks.items()
            for number, cells in enumerate(rows)
            if value < len(cells)
        )

    def content(self, scenario: str, row: int, column: int, own: Content) -> Content:
        """Return what a cell of a block contains, counted from 0.

        `own` is what Marketbook writes there. It stays where the user did not enter something else.
        """
        if scenario not in self.blocks:
            return own
        cells = self.blocks[scenario][row]
        entry = cells[column] if column < len(cells) else Entry("")
        if entry.formula and isinstance(own, Expr) and same_formula(entry.formula, own.formula):
            return own
        if isinstance(entry.value, CellError):
            return Expr(entry.value.value, entry.value)
        return None if entry.value == "" else entry.value


NOTHING = Entered()
"""A new workbook."""


def scenario_number(scenario: Any) -> float | CellError:
    """Return the place of a scenario, starting at 1; of "base" for an error, #N/A for an unknown name.

    >>> scenario_number("Low"), scenario_number(""), scenario_number("worst")
    (3.0, 1.0, <CellError.NA: '#N/A'>)
    """
    if scenario in ("", None):
        return 1.0
    if isinstance(scenario, CellError):
        return 1.0 + SCENARIOS.index(BASE)
    name = scenario.casefold() if isinstance(scenario, str) else None
    return 1.0 + SCENARIOS.index(name) if name in SCENARIOS else CellError.NA


def cells_of(rows: Sequence[Sequence[Any]]) -> NDArray[np.object_]:
    """Return the values of a block as a range has them, with its header."""
    table = np.full((len(rows) + 1, len(COLUMNS)), "", dtype=object)
    table[0] = COLUMNS
    for at, row in enumerate(rows, start=1):
        table[at] = row
    return table

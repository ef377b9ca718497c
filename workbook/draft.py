"""A report under construction: its sheets so far, their defined names, and the questions that they ask."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markets.market import Market
from udfs.registry import FUNCTIONS
from workbook.figures import Change, Figure, Shown, changes_since
from workbook.formulas import Expr, Operand, call
from workbook.page import Page
from workbook.report import Report, ReportSheet


@dataclass(frozen=True)
class Inputs:
    """The user's inputs on the Start sheet, as typed: an alias or "mn" stays so. `year` can be None."""

    market: str
    unit: str
    year: float | str | None = None


class Draft:
    """The sheets built so far, and the named cells that formulas refer to.

    `unit` is the chosen unit, spelled out. Raises BadArgument if it does not fit the market.
    `contents` tells what each sheet is about, by title, in the order of the sheets. `earlier` is what
    the workbook showed before. `draft["mb_unit"]` is a named cell as an operand: the inputs have names
    from the beginning, and any other name must be defined before it is used.
    """

    def __init__(
        self,
        market: Market,
        inputs: Inputs,
        made: datetime.date,
        contents: Mapping[str, str],
        earlier: Shown | None = None,
    ) -> None:
        self.market = market
        self.unit = str(market.unit.parse(inputs.unit))
        self.inputs = inputs
        self.made = made
        self.contents = contents
        self.earlier = earlier
        self.pages: dict[str, Page] = {}
        self.figures: list[Figure] = []
        self._areas: dict[str, tuple[str, str]] = {}
        self._operands = {
            "mb_market": Expr("mb_market", inputs.market),
            "mb_unit": Expr("mb_unit", inputs.unit),
            "mb_year_choice": Expr("mb_year_choice", "" if inputs.year is None else inputs.year),
        }

    def __getitem__(self, name: str) -> Expr:
        return self._operands[name]

    @property
    def edition(self) -> str:
        """Publisher and date of the source."""
        return str(self.market.source)

    def ask(self, function: str, **arguments: Operand) -> Expr:
        """Return a call of a worksheet function about the chosen market, in the chosen unit.

        Arguments are given by name; None is an omitted one. Functions without a unit do not get one.
        """
        supplied: dict[str, Operand] = {"market": self["mb_market"], "unit": self["mb_unit"], **arguments}
        names = [parameter.name for parameter in FUNCTIONS[function].parameters]
        if unknown := arguments.keys() - set(names):
            raise TypeError(f"{function} has no argument {', '.join(sorted(unknown))}.")
        return call(function, *(supplied.get(name) for name in names))

    def page(self, title: str, widths: Sequence[float]) -> Page:
        """Return a new page with these column widths, and add it to `pages` by its title."""
        self.pages[title] = Page(self, ReportSheet(title, tuple(widths)))
        return self.pages[title]

    def define(self, name: str, sheet: str, area: str, value: Any) -> Expr:
        """Give an area a name in the workbook; return the name as an operand."""
        self._areas[name] = sheet, area
        self._operands[name] = Expr(name, value)
        return self._operands[name]

    def sheet_of(self, name: str) -> str | None:
        """Return the title of the sheet on which a name is defined; None if it is not yet."""
        return self._areas[name][0] if name in self._areas else None

    def track(self, figure: Figure) -> None:
        """Report a figure that a sheet shows."""
        self.figures.append(figure)

    @property
    def shown(self) -> Shown:
        """What the sheets built so far show."""
        return Shown(self.market.name, self.unit, self.edition, tuple(self.figures))

    @property
    def changes(self) -> tuple[Change, ...] | None:
        """The figures that have changed since the earlier state of the workbook; None if there was none."""
        return changes_since(self.earlier, self.shown)

    def report(self) -> Report:
        """Return the report, with its sheets in the order of the contents."""
        sheets = tuple(self.pages[title].sheet for title in self.contents)
        return Report(self.shown, self.made, sheets, dict(self._areas), self.changes)

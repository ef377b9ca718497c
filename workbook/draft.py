"""A report under construction: its sheets so far, their defined names, and the questions that they ask."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markets.assumed import assuming
from markets.errors import BadArgument, MarketbookError
from markets.market import Market
from markets.selection import Selection
from udfs.assumptions import read_assumptions
from udfs.catalog import catalog
from udfs.registry import FUNCTIONS
from udfs.values import Cells, whole_range
from workbook.assumptions import IN_USE, NOTHING, OWN_MARKET, SCENARIO, Entered
from workbook.figures import Change, Figure, Shown, changes_since
from workbook.formulas import Expr, Operand, call
from workbook.page import Page
from workbook.report import Report, ReportSheet
from workbook.selecting import as_of_words, selection_words


@dataclass(frozen=True)
class Inputs:
    """The user's inputs on the Start sheet, as typed: an alias or "mn" stays so. None is a blank cell.

    `as_of` is a date as the number of days that a cell has, or text that is no date.
    """

    market: str
    unit: str
    year: float | str | None = None
    source: str = ""
    as_of: float | str | None = None
    assumptions: Entered = NOTHING

    @property
    def operands(self) -> dict[str, Expr]:
        """The inputs as operands, by the names of their cells."""
        return {
            "mb_market": Expr("mb_market", self.market),
            "mb_unit": Expr("mb_unit", self.unit),
            "mb_year_choice": Expr("mb_year_choice", "" if self.year is None else self.year),
            "mb_source_choice": Expr("mb_source_choice", self.source),
            "mb_as_of": Expr("mb_as_of", "" if self.as_of is None else self.as_of),
            SCENARIO: Expr(SCENARIO, self.assumptions.scenario),
        }

    @property
    def selection(self) -> Selection:
        """The selected editions. Raises BadArgument if `as_of` is no date."""
        cells = self.operands
        words = selection_words(cells["mb_source_choice"], as_of_words(cells["mb_as_of"])).value
        if not isinstance(words, str):
            raise BadArgument(f"{self.as_of} is not a date.")
        return Selection.parse(words)


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
        about = market.name if inputs.assumptions.market is None else inputs.assumptions.market
        self._operands = {**inputs.operands, OWN_MARKET: Expr(OWN_MARKET, about)}

    def __getitem__(self, name: str) -> Expr:
        return self._operands[name]

    @property
    def edition(self) -> str:
        """Publisher and date of the source, or what is made of which sources."""
        return self.market.cite()

    @property
    def assumed(self) -> Market:
        """The market with the assumptions in use; without them, if they are refused."""
        rows = self._in_use.value
        try:
            return assuming(self.market, read_assumptions(rows)) if isinstance(rows, Cells) else self.market
        except MarketbookError:
            return self.market

    @cached_property
    def sources(self) -> tuple[Market, ...]:
        """The market as each publisher sizes it, up to the chosen date, newest first."""
        return catalog().sources(self.inputs.market, Selection(as_of=self.inputs.selection.as_of))

    def ask(self, function: str, **arguments: Operand) -> Expr:
        """Return a call of a worksheet function about the chosen market, unit and source.

        Arguments are given by name; None is an omitted one. Functions without a unit do not get one, and
        those that take assumptions get the rows in use.
        """
        names = [parameter.name for parameter in FUNCTIONS[function].parameters]
        chosen = {"market": self["mb_market"], "unit": self["mb_unit"], "source": self["mb_selection"]}
        if "assumptions" in names and "assumptions" not in arguments:
            chosen["assumptions"] = self._in_use
        supplied: dict[str, Operand] = {**chosen, **arguments}
        if unknown := arguments.keys() - set(names):
            raise TypeError(f"{function} has no argument {', '.join(sorted(unknown))}.")
        return call(function, *(supplied.get(name) for name in names))

    @cached_property
    def _in_use(self) -> Expr:
        """The rows in use, read once for all functions."""
        return Expr(IN_USE, whole_range(self[IN_USE].value))

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

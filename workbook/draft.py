"""A workbook being drawn up: its pages so far, and the lasting names that they share."""

import datetime
from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.workbook.properties import CalcProperties

from markets.market import Market
from workbook.formulas import Expr
from workbook.page import Page
from workbook.styles import add_styles

# What Excel 2019 and later write. A lower number makes Excel calculate on opening, and an Excel
# without the add-in would then show #NAME? in place of every carried value.
_CALCULATED_BY = 191029


class Draft:
    """An openpyxl workbook for one market, and the named cells that formulas refer to.

    `unit` and `year` (of shares) are the user's choices, `made` is the day of the last refresh.

    `draft["mb_market"]` is a named cell as an operand; a name must be given before it is used.
    """

    def __init__(
        self, market: Market, unit: str, made: datetime.date, year: float | str | None = None
    ) -> None:
        self.market = market
        self.unit = unit
        self.made = made
        self.year = year
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.book.calculation = CalcProperties(calcId=_CALCULATED_BY, fullCalcOnLoad=False)
        self.book.properties.creator = "Marketbook"
        self.book.properties.title = f"{market.name}: market size, segments and sources"
        self.pages: dict[str, Page] = {}
        self._names: dict[str, Expr] = {}
        add_styles(self.book)

    def __getitem__(self, name: str) -> Expr:
        return self._names[name]

    @property
    def attribution(self) -> str:
        """Publisher and date, as footers and subtitles give them."""
        return f"Source: {self.market.source}"

    def page(self, title: str, widths: Sequence[float]) -> Page:
        """Return a new page of these column widths, known to `pages` by its title."""
        self.pages[title] = Page(self.book, self._names, title, widths)
        return self.pages[title]

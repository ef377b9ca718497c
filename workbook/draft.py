"""A workbook under construction: its pages so far, and their defined names."""

import datetime
from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.workbook.properties import CalcProperties

from markets.market import Market
from workbook.formulas import Expr
from workbook.page import Page
from workbook.styles import add_styles

# The value of Excel 2019 and later. With a lower one, Excel calculates on opening, and without the
# add-in it would then show #NAME? instead of the saved values.
_CALCULATED_BY = 191029


class Draft:
    """An openpyxl workbook for one market, and the named cells that formulas refer to.

    `unit` and `year` (of shares) are the user's choices; `made` is the day of the last refresh.

    `draft["mb_market"]` is a named cell as an operand. A name must be defined before it is used.
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
        """Publisher and date, for footers and subtitles."""
        return f"Source: {self.market.source}"

    def page(self, title: str, widths: Sequence[float]) -> Page:
        """Return a new page with these column widths, and add it to `pages` by its title."""
        self.pages[title] = Page(self.book, self._names, title, widths)
        return self.pages[title]

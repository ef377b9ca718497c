"""One sheet under construction."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname

from workbook.figures import Figure
from workbook.formulas import Expr
from workbook.report import Cell, Content, DropDown, Print, ReportSheet, Rule
from workbook.styles import LINKABLE

_LONGEST_FORMULA = 8192
_PAGE_WIDTH, _PAGE_HEIGHT = 755.0, 495.0
"""The room on A4 in landscape, in points, less a little: LibreOffice's columns are wider than Excel's."""
_POINTS_OF_WIDTH, _ROW_HEIGHT = 5.6, 15.0
_LARGEST_SCALE = 1.25
DAYS = (1, 2_958_465)
"""The first and the last day of Excel, 1900-01-01 and 9999-12-31."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Names(Protocol):
    """Where a page defines names and reports figures: the draft of the whole workbook."""

    def define(self, name: str, sheet: str, area: str, value: Any) -> Expr:
        """Give an area a name in the workbook; return the name as an operand."""

    def track(self, figure: Figure) -> None:
        """Report a figure that the sheet shows."""

    def sheet_of(self, name: str) -> str | None:
        """Return the title of the sheet on which a name is defined; None if it is not yet."""


class Page:
    """Writes the cells of one sheet, and everything else on it that has to do with cells."""

    def __init__(self, names: Names, sheet: ReportSheet) -> None:
        self.sheet = sheet
        self.title = sheet.title
        self._names = names

    def put(self, place: str, content: Content, look: str = "Text", link: str = "") -> Expr:
        """Write a formula, a text or a number; return the cell as an operand for formulas on this sheet.

        A cell that only takes a named cell of another sheet becomes green.
        """
        cell = Cell(content, self._linked(look) if self._is_link(content) else look, link)
        if cell.formula is not None and len(cell.formula) > _LONGEST_FORMULA:
            raise ValueError(f"{self.title}!{place}: the formula is longer than Excel allows.")
        self.sheet.cells[place] = cell
        return self[place]

    def _is_link(self, content: Content) -> bool:
        name = content.formula if isinstance(content, Expr) else ""
        return self._names.sheet_of(name) not in (None, self.title)

    @staticmethod
    def _linked(look: str) -> str:
        base = look.removesuffix(" row")
        return look.replace(base, f"{base} linked") if base in LINKABLE else look

    def __getitem__(self, place: str) -> Expr:
        """Return a written cell as an operand for formulas on this sheet."""
        value = self.sheet.cells[place].value
        return Expr(place, "" if value is None else value)

    def row(self, at: int, contents: Sequence[Content], looks: Sequence[str]) -> list[Expr]:
        """Write one row from column A on."""
        return [
            self.put(f"{get_column_letter(column)}{at}", content, look)
            for column, (content, look) in enumerate(zip(contents, looks, strict=True), start=1)
        ]

    def name(self, name: str, area: str, value: Any) -> Expr:
        """Give an area a name in the workbook; return the name as an operand for formulas on any sheet."""
        return self._names.define(name, self.title, area, value)

    def put_named(self, name: str, place: str, content: Content, look: str = "Text") -> Expr:
        """Write a cell and give it a name."""
        return self.name(name, place, self.put(place, content, look).value)

    def track(self, what: str, place: str, source: str = "") -> None:
        """Track a figure, so that a later refresh can say how it has changed. `what` can be blank."""
        cell = self.sheet.cells[place]
        if what and cell.value not in ("", None):
            value = cell.value if isinstance(cell.value, float) else str(cell.value)
            look = cell.look.removesuffix(" row").removesuffix(" linked")
            self._names.track(Figure(what, value, look, source, self.title, place))

    def reference(self, area: str) -> str:
        """Return an absolute reference with the sheet's name, e.g. 'Forecast'!$A$8:$B$48."""
        return f"{quote_sheetname(self.title)}!{absolute(area)}"

    def merge(self, area: str, height: float | None = None) -> None:
        """Merge an area whose first cell has a text that is too long for one column."""
        self.sheet.merged.append(area)
        if height is not None:
            self.height(int(area.partition(":")[0].lstrip(_LETTERS)), height)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.sheet.heights[row] = points

    def show(self, area: str, condition: str, look: str) -> None:
        """Give the cells of an area a conditional look. `condition` is written for its first cell."""
        self.sheet.rules.append(Rule(area, condition, look))

    def grey_errors(self, area: str) -> None:
        """Show errors in an area in gray."""
        self.show(area, f"ISERROR({area.partition(':')[0]})", "Grey")

    def rule_rows(self, area: str) -> None:
        """Draw a line below each row of an area whose first cell is not blank."""
        self.show(area, f'${area.partition(":")[0]}<>""', "Ruled")

    def bars(self, area: str) -> None:
        """Show fractions as bars in their cells. They follow the rows that are filled."""
        self.sheet.bars.append(area)

    def drop_down(self, area: str, listed: str, title: str, message: str) -> None:
        """Offer the entries of a named list. Other entries are questioned."""
        self.sheet.drop_downs.append(DropDown(area, title, message, listed=listed))

    def whole_number(self, area: str, lowest: int, highest: int, title: str, message: str) -> None:
        """Accept only whole numbers between two limits."""
        self.sheet.drop_downs.append(DropDown(area, title, message, between=(lowest, highest)))

    def date(self, area: str, title: str, message: str) -> None:
        """Accept only dates, as numbers of days."""
        self.sheet.drop_downs.append(DropDown(area, title, message, between=DAYS, is_date=True))

    def set_up_print(
        self, area: str, header_row: int | None = None, pages_high: int = 0, breaks: Sequence[int] = ()
    ) -> None:
        """Set up an area for printing in landscape. `breaks` are the last rows of pages.

        A small area is printed larger. Excel ignores breaks in an area that it fits to pages itself, so
        that an area with breaks gets the scale at which its pages fit.
        """
        scale = 0 if pages_high else self._scale(area, breaks)
        self.sheet.printed = Print(area, header_row, pages_high, tuple(breaks), scale)

    def _scale(self, area: str, breaks: Sequence[int]) -> int:
        """Return the scale in percent for an area that starts in A1; 0 to fit it in width."""
        _, right, bottom = re.fullmatch(r"(A1):([A-Z]+)(\d+)", area).groups()  # type: ignore[union-attr]
        wide = sum(self.sheet.widths[: column_index_from_string(right)]) * _POINTS_OF_WIDTH
        starts = (0, *breaks)
        tallest = max(
            sum(self.sheet.heights.get(row, _ROW_HEIGHT) for row in range(start + 1, end + 1))
            for start, end in zip(starts, (*breaks, int(bottom)), strict=True)
        )
        scale = int(100 * min(_PAGE_WIDTH / wide, _PAGE_HEIGHT / tallest, _LARGEST_SCALE))
        return scale if breaks or scale > 100 else 0


def absolute(area: str) -> str:
    """Return an area as an absolute reference.

    >>> absolute("A8:B48")
    '$A$8:$B$48'
    """
    corners = (f"${c.rstrip('0123456789')}${c.lstrip(_LETTERS)}" for c in area.split(":"))
    return ":".join(corners)

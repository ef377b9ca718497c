"""One sheet under construction: cells with their values, names, and page setup."""

from collections.abc import Sequence
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from udfs.values import CellError
from workbook.formulas import Expr
from workbook.styles import GREY, RULED, style

_LONGEST_FORMULA = 8192


class Page:
    """A worksheet, the values of its formulas, and the alternative texts of its charts.

    Text is always written as text: a name that begins with an equals sign does not become a formula,
    even if its cell is entered again.
    """

    def __init__(self, book: Workbook, names: dict[str, Expr], title: str, widths: Sequence[float]) -> None:
        self.sheet: Worksheet = book.create_sheet(title)
        self.title = title
        self.values: dict[str, float | str | bool | CellError] = {}
        self.alternative_texts: list[str] = []
        self._book = book
        self._names = names
        self.sheet.sheet_view.showGridLines = False
        for at, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width

    def put(self, place: str, content: Expr | str | float | None, look: str = "Text") -> Expr:
        """Write a formula, a text or a number; return the cell as an operand for formulas on this sheet."""
        cell: Any = self.sheet[place]
        cell.style = style(look)
        if isinstance(content, Expr):
            if len(content.formula) > _LONGEST_FORMULA:
                raise ValueError(f"{self.title}!{place}: the formula is longer than Excel allows.")
            cell.value = f"={content.formula}"
            self.values[place] = content.value
            return Expr(place, content.value)
        if isinstance(content, str):
            cell.value = content
            cell.data_type = "s"
            if content.startswith(_FORMULA_STARTS):
                cell.quotePrefix = True
        elif content is not None:
            cell.value = content
        return Expr(place, "" if content is None else content)

    def cells(self) -> dict[str, Any]:
        """Return the value of each cell, by reference, with numbers as floats."""
        shown: dict[str, Any] = {
            cell.coordinate: float(cell.value) if isinstance(cell.value, int) else cell.value
            for row in self.sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        return shown | self.values

    def operand(self, place: str) -> Expr:
        """Return a written cell as an operand for formulas on this sheet."""
        return Expr(place, self.values[place] if place in self.values else self.sheet[place].value)

    def name(self, name: str, place: str, value: Any) -> Expr:
        """Give a cell a name in the workbook; return the name as an operand for formulas on any sheet."""
        self._book.defined_names[name] = DefinedName(name, attr_text=self.reference(place))
        self._names[name] = Expr(name, value)
        return self._names[name]

    def put_named(
        self, name: str, place: str, content: Expr | str | float | None, look: str = "Text"
    ) -> Expr:
        """Write a cell and give it a name."""
        return self.name(name, place, self.put(place, content, look).value)

    def reference(self, area: str) -> str:
        """Return an absolute reference with the sheet's name, e.g. 'Forecast'!$A$8:$B$48."""
        corners = (f"${c.rstrip('0123456789')}${c.lstrip(_LETTERS)}" for c in area.split(":"))
        return f"{quote_sheetname(self.title)}!{':'.join(corners)}"

    def row(self, at: int, contents: Sequence[Expr | str | float | None], looks: Sequence[str]) -> list[Expr]:
        """Write one row from column A on."""
        return [
            self.put(f"{get_column_letter(column)}{at}", content, look)
            for column, (content, look) in enumerate(zip(contents, looks, strict=True), start=1)
        ]

    def span(self, area: str, height: float | None = None) -> None:
        """Merge an area whose first cell has a text that is too long for one column."""
        self.sheet.merge_cells(area)
        first = area.partition(":")[0]
        self.sheet[first].alignment = Alignment(
            wrap_text=True, vertical="center", indent=1, horizontal="left"
        )
        if height is not None:
            self.sheet.row_dimensions[self.sheet[first].row].height = height

    def grey_errors(self, area: str) -> None:
        """Show errors in an area in gray."""
        self.show(area, f"ISERROR({area.partition(':')[0]})", font=Font(color=GREY), border=RULED)

    def rule_rows(self, area: str) -> None:
        """Draw a line below each row of an area whose first cell is not blank."""
        first = area.partition(":")[0]
        self.show(area, f'${first}<>""', border=RULED)

    def show(self, area: str, condition: str, **looks: Any) -> None:
        """Format the cells of an area for which a condition, written for its first cell, is true.

        `looks` are those of a differential style: font, fill, border, numFmt. If several conditions
        are true, LibreOffice applies only the first.
        """
        rule = Rule(type="expression", formula=[condition], dxf=DifferentialStyle(**looks))
        self.sheet.conditional_formatting.add(area, rule)

    def set_up_print(self, area: str, header_row: int | None, footer: str, pages_high: int = 0) -> None:
        """Set up an area for printing: one page wide, landscape, header on every page, source in the footer.

        `pages_high` is 0 for any number of pages.
        """
        sheet = self.sheet
        sheet.print_area = area
        if header_row is not None:
            sheet.print_title_rows = f"{header_row}:{header_row}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = pages_high
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.55, bottom=0.65, header=0.3, footer=0.3)
        sheet.oddFooter = HeaderFooterItem(
            left=_HeaderFooterPart(text=footer.replace("&", "&&"), size=8),
            right=_HeaderFooterPart(text="&A, page &P of &N", size=8),
        )


_FORMULA_STARTS = ("=", "+", "-", "@")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

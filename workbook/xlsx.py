"""A report as a package. openpyxl writes it; cached values and alternative texts are added as bytes."""

import io
from typing import Literal

from openpyxl.formatting.rule import DataBarRule
from openpyxl.formatting.rule import Rule as FormattingRule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from udfs.values import CellError
from workbook.bars import solid
from workbook.charts import completed, drawn
from workbook.package import (
    CellValue,
    ErrorValue,
    Package,
    set_alternative_texts,
    sheet_charts,
    with_cached_values,
    workbook_part,
)
from workbook.page import absolute
from workbook.printing import FOOTER_SIZE, LEFT_FOOTER, MARGINS, RIGHT_FOOTER
from workbook.report import Cell, DropDown, Print, Report, ReportSheet
from workbook.styles import BAR_BLUE, add_styles, conditional_look, style

# The value of Excel 2019 and later. With a lower one, Excel calculates on opening, and without the
# add-in it would then show #NAME? instead of the cached values.
_CALCULATED_BY = 191029
_FORMULA_STARTS = ("=", "+", "-", "@")


def packaged(report: Report) -> Package:
    """Return a report as a new package, with a value for each formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.calculation = CalcProperties(calcId=_CALCULATED_BY, fullCalcOnLoad=False)
    book.properties.creator = "Marketbook"
    book.properties.title = f"{report.shown.market}: market size, segments and sources"
    add_styles(book)
    for sheet in report.sheets:
        _write(book.create_sheet(sheet.title), sheet)
    for name, (title, area) in report.names.items():
        refers = f"{quote_sheetname(title)}!{absolute(area)}"
        book.defined_names[name] = DefinedName(name, attr_text=refers)
    stream = io.BytesIO()
    book.save(stream)
    package = Package.from_bytes(stream.getvalue())
    _add_what_openpyxl_cannot_write(package, report)
    return package


def cell_value(value: float | str | bool | CellError) -> CellValue:
    """Return a worksheet function's value for a package.

    >>> cell_value(CellError.NA), cell_value(8.6)
    ('#N/A', 8.6)
    """
    if isinstance(value, CellError):
        return ErrorValue(value.value)
    return value if isinstance(value, bool | str) else float(value)


def _write(target: Worksheet, sheet: ReportSheet) -> None:
    target.sheet_view.showGridLines = False
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for at, width in enumerate(sheet.widths, start=1):
        target.column_dimensions[get_column_letter(at)].width = width
    for row, height in sheet.heights.items():
        target.row_dimensions[row].height = height
    for place, cell in sheet.cells.items():
        _write_cell(target, place, cell)
    for area in sheet.merged:
        target.merge_cells(area)
    for rule in sheet.rules:
        looks = DifferentialStyle(**conditional_look(rule.look))
        formatting = FormattingRule(type="expression", formula=[rule.condition], dxf=looks)
        target.conditional_formatting.add(rule.area, formatting)
    for area in sheet.bars:
        ends = {"minLength": 0, "maxLength": 100}  # Excel's own are 10 and 90, which would show 0 as a bar
        bar = DataBarRule("num", 0, "num", 1, color=BAR_BLUE, **ends)  # type: ignore[no-untyped-call]
        target.conditional_formatting.add(area, bar)
    for drop_down in sheet.drop_downs:
        _add_drop_down(target, drop_down)
    for chart in sheet.charts:
        target.add_chart(drawn(chart))
    target.freeze_panes = sheet.freeze or None
    target.auto_filter.ref = sheet.filter or None
    if sheet.printed:
        _set_up_print(target, sheet.printed)


def _write_cell(target: Worksheet, place: str, cell: Cell) -> None:
    """Write a cell. Text is always text: a name that begins with an equals sign does not become a formula."""
    written = target[place]
    written.style = style(cell.look)
    if cell.number_format:
        written.number_format = cell.number_format
    if cell.formula is not None:
        written.value = f"={cell.formula}"
    elif isinstance(cell.content, str):
        written.value = cell.content
        written.data_type = "s"
        written.quotePrefix = cell.content.startswith(_FORMULA_STARTS)
    elif cell.content is not None:
        written.value = cell.content
    if cell.link.startswith("#"):
        written.hyperlink = Hyperlink(ref=place, location=cell.link[1:], display=str(cell.value))
    elif cell.link:
        written.hyperlink = Hyperlink(ref=place, target=cell.link, display=str(cell.value))


def _add_drop_down(target: Worksheet, entries: DropDown) -> None:
    if entries.between:
        low, high = map(str, entries.between)
        kind: Literal["date", "whole"] = "date" if entries.is_date else "whole"
        accepted = DataValidation(type=kind, operator="between", formula1=low, formula2=high)
    else:
        accepted = DataValidation(type="list", formula1=entries.listed, allow_blank=True)
        accepted.errorStyle = "warning"
    accepted.showErrorMessage = True
    accepted.errorTitle, accepted.error = entries.title, entries.message
    target.add_data_validation(accepted)
    accepted.add(entries.area)


def _set_up_print(target: Worksheet, printed: Print) -> None:
    target.print_area = printed.area
    if printed.header_row is not None:
        target.print_title_rows = f"{printed.header_row}:{printed.header_row}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = 9
    target.print_options.horizontalCentered = True
    target.print_options.verticalCentered = printed.pages_high == 1
    if printed.scale:
        target.page_setup.scale = printed.scale
    else:
        target.page_setup.fitToWidth = 1
        target.page_setup.fitToHeight = printed.pages_high
        target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_margins = PageMargins(**vars(MARGINS))
    target.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=LEFT_FOOTER, size=FOOTER_SIZE),
        right=_HeaderFooterPart(text=RIGHT_FOOTER, size=FOOTER_SIZE),
    )
    for row in printed.breaks:
        target.row_breaks.append(Break(id=row))


def _add_what_openpyxl_cannot_write(package: Package, report: Report) -> None:
    book = workbook_part(package)
    for sheet in report.sheets:
        part = book.sheet(sheet.title).part
        assert part is not None  # noqa: S101 - openpyxl wrote it
        values = {place: cell_value(value) for place, value in sheet.values()}
        package.replace(part, solid(with_cached_values(package[part], values)))
        if sheet.charts:
            set_alternative_texts(package, sheet.title, [chart.described for chart in sheet.charts])
        for chart in sheet_charts(package, sheet.title):
            package.replace(chart.part, completed(package[chart.part]))

"""A small report as openpyxl writes it: several sheets with most of what a sheet can carry."""

import io

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from PIL import Image as Picture

from workbook.package import Marks, Package, with_cached_values

SHEETS = {"overview": "Overview", "figures": "Market Figures", "notes": "Notes"}
MARKS = Marks("_mb_", "urn:marketbook:written", functions=("MARKET_SIZE", "MARKET_SOURCE"))


def report(figure: float = 8.6) -> Package:
    """Return the report's package; formulas carry values that depend on `figure`."""
    book = Workbook()
    book.remove(book.active)
    _add_styles(book)
    _add_overview(book)
    _add_figures(book)
    _add_notes(book)
    file = io.BytesIO()
    book.save(file)
    package = Package.from_bytes(file.getvalue())
    overview, figures = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    package.replace(
        overview, with_cached_values(package[overview], {"B4": figure, "B5": figure * 2, "B6": "text"})
    )
    rows = {f"B{row}": figure + row for row in range(2, 12)}
    package.replace(figures, with_cached_values(package[figures], rows))
    return package


def _add_styles(book: Workbook) -> None:
    thin = Side(style="thin", color="FFD1D5DB")
    looks = {
        "Title": {"font": Font(name="Calibri", size=18, bold=True, color="FF17365D")},
        "Input": {
            "font": Font(name="Calibri", color="FF0000FF"),
            "fill": PatternFill("solid", fgColor="FFFFF9DB"),
            "border": Border(left=thin, right=thin, top=thin, bottom=thin),
            "protection": Protection(locked=False),
        },
        "Size": {"border": Border(bottom=thin), "number_format": "#,##0.00_);(#,##0.00);0.00_)"},
        "Text": {"alignment": Alignment(wrap_text=True, vertical="top")},
    }
    for name, look in looks.items():
        book.add_named_style(NamedStyle(f"Report {name}", **look))


def _add_overview(book: Workbook) -> None:
    sheet = book.create_sheet(SHEETS["overview"])
    for place, value, look in (
        ("A1", "Größe & <Markt>", "Title"),
        ("A2", "Market", "Text"),
        ("B2", "Imaging", "Input"),
        ("A4", "Size", "Text"),
        ("B4", '=MARKET_SIZE(B2,2028)&""', "Size"),
        ("B5", "='Market Figures'!B2*2", "Size"),
        ("B6", '=IF(TRUE,"Overview!A1",Sizes[[#Totals],[Size]])', "Text"),
        ("C6", 0.25, "Size"),
    ):
        sheet[place] = value
        sheet[place].style = f"Report {look}"
    sheet["C6"].number_format = '0.0"x"'
    sheet["A8"] = "Source"
    sheet["A8"].hyperlink = "https://example.com/?a=1&b=2"
    sheet["A9"] = "Figures"
    sheet["A9"].hyperlink = "#'Market Figures'!A1"
    sheet.merge_cells("A10:C10")
    sheet.print_area = "A1:C10"
    sheet.print_title_rows = "1:2"
    sheet.freeze_panes = "A3"
    red = PatternFill(bgColor="FFFEE2E2")
    sheet.conditional_formatting.add("B4:B6", CellIsRule(operator="greaterThan", formula=["3"], fill=red))
    sheet.conditional_formatting.add(
        "A1:A3", FormulaRule(formula=["'Market Figures'!$B$2>1"], font=Font(bold=True))
    )
    sheet.conditional_formatting.add("C1:C9", DataBarRule("min", 0, "max", 1, color="FF638EC6"))
    choice = DataValidation(type="list", formula1="'Market Figures'!$A$2:$A$11", allow_blank=True)
    choice.add("B2")
    sheet.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(book[SHEETS["overview"]], min_col=2, min_row=4, max_row=6))
    sheet.add_chart(chart, "E2")
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4), "navy").save(picture, "png")
    sheet.add_image(Image(picture), "E20")
    book.defined_names["mb_market"] = DefinedName("mb_market", attr_text="'Overview'!$B$2")
    book.defined_names["mb_size"] = DefinedName("mb_size", attr_text="'Overview'!$B$4")


def _add_figures(book: Workbook) -> None:
    sheet = book.create_sheet(SHEETS["figures"])
    sheet.append(["Year", "Size"])
    for row in range(2, 12):
        sheet.append([str(2021 + row), f"=MARKET_SIZE(Overview!$B$2,A{row})"])
        sheet[f"B{row}"].style = "Report Size"
    table = Table(displayName="Sizes", ref="A1:B11")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)
    sheet.column_dimensions["A"].width = 12
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=11), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    book.defined_names["mb_sizes"] = DefinedName("mb_sizes", attr_text="'Market Figures'!$B$2:$B$11")
    book.defined_names["mb_years"] = DefinedName("mb_years", attr_text="'Market Figures'!$A$2:$A$11")
    sheet.defined_names["first"] = DefinedName("first", attr_text="'Market Figures'!$A$2")


def _add_notes(book: Workbook) -> None:
    sheet = book.create_sheet(SHEETS["notes"])
    sheet["A1"] = "  Notes\nof two lines "
    sheet["A1"].style = "Report Text"
    sheet["A2"] = True
    sheet["A3"] = "remark"
    sheet["A3"].comment = Comment("Why", "Author")

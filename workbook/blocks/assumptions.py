"""The Assumptions sheet: an empty table for the user's own figures."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

from workbook.draft import Draft
from workbook.page import Page

_HEADERS = ("Market", "Segment", "Year", "Measure", "Value", "Unit", "Reason")
_FIRST_ROW, _LAST_ROW = 6, 25


def build_assumptions(draft: Draft) -> None:
    """Add the sheet, which belongs to the user from then on."""
    page = draft.page("Assumptions", (34, 34, 10, 12, 16, 16, 60))
    page.put("A1", "Assumptions", "Title")
    page.put("A2", "Your own figures, for use if the source has none or yours are better.", "Subtitle")
    page.put("A3", "Refresh does not change this sheet. The functions do not read it yet.", "Subtitle")
    page.sheet.row_dimensions[1].height = 26
    page.row(_FIRST_ROW - 1, _HEADERS, ("Header",) * len(_HEADERS))
    for at in range(_FIRST_ROW, _LAST_ROW + 1):
        page.row(at, (None,) * len(_HEADERS), ("Input",) * len(_HEADERS))
    table = Table(displayName="mb_assumptions", ref=f"A{_FIRST_ROW - 1}:G{_LAST_ROW}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.sheet.add_table(table)
    _put_drop_downs(page)
    page.sheet.freeze_panes = f"A{_FIRST_ROW}"
    page.set_up_print(f"A1:G{_LAST_ROW}", _FIRST_ROW - 1, "Assumptions of the author of this workbook")


def _put_drop_downs(page: Page) -> None:
    for column, listed in (("A", "mb_markets"), ("D", "mb_measures"), ("F", "mb_units")):
        choice = DataValidation(type="list", formula1=listed, allow_blank=True)
        choice.showErrorMessage = False
        page.sheet.add_data_validation(choice)
        choice.add(f"{column}{_FIRST_ROW}:{column}{_LAST_ROW}")

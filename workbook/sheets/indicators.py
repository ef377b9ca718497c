"""The Indicators sheet: context figures, each in its own unit."""

from workbook.draft import Draft
from workbook.formulas import if_error, index
from workbook.report import Content
from workbook.sheets.head import NONE, put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW, _ROWS_READY = 5, 14
_NAME, _YEAR, _VALUE, _UNIT, _ABOUT = range(1, 6)
"""The columns of MARKET_INDICATOR."""


def build_indicators(draft: Draft) -> None:
    """Add the sheet."""
    columns = _columns(draft)
    page = draft.page(INDICATORS.title, widths(columns))
    put_head(draft, page, "context figures", "E")
    stated = max(1, len(draft.market.indicators))
    table = put_table(page, columns, HEADER_ROW, stated, _ROWS_READY)
    area = table.area("figure", max(stated, _ROWS_READY))
    unit, figure = (table.area(key, 1).partition(":")[0] for key in ("unit", "figure"))
    for condition, look in (
        (f'AND(${unit}="%",ROUND({figure}*100,6)=INT(ROUND({figure}*100,6)))', "Whole percent"),
        (f'${unit}="%"', "Percent"),
        (f'AND(${unit}<>"%",{figure}=INT({figure}))', "Whole"),
    ):
        page.show(area, condition, look)
    page.sheet.freeze = f"B{table.first}"
    page.set_up_print(f"A1:E{HEADER_ROW + stated}", HEADER_ROW)


def _columns(draft: Draft) -> list[Column]:
    def listed(row: Row, column: int) -> Content:
        none = NONE if row.number == 1 and column == _NAME else ""
        return if_error(index(draft.ask("MARKET_INDICATOR"), row.number, column), none)

    def figure(row: Row) -> str:
        year = row["year"].value
        return f"{row['name'].value}{f' {year:.0f}' if isinstance(year, float) else ''}"

    return [
        Column("name", "Indicator", 44, "Label", lambda row: listed(row, _NAME)),
        Column("figure", "Figure", 16, "Figure", lambda row: listed(row, _VALUE), figure),
        Column("unit", "Unit", 18, "Text", lambda row: listed(row, _UNIT)),
        Column("year", "Year", 10, "Year", lambda row: listed(row, _YEAR)),
        Column("about", "Qualifier", 30, "Text", lambda row: listed(row, _ABOUT)),
    ]


INDICATORS = Sheet("Indicators", "Context figures, such as health spending.", build_indicators)

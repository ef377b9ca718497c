"""The Indicators sheet: context figures, each in its own unit."""

from workbook.draft import Draft
from workbook.formulas import if_error, index
from workbook.report import Content
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.tables import WHOLE_PERCENT, Column, Row, When, put_table, widths

HEADER_ROW, _ROWS_READY = 5, 14
_NAME, _YEAR, _VALUE, _UNIT, _ABOUT = range(1, 6)
"""The columns of MARKET_INDICATOR."""


_PERCENT, _WHOLE = '{unit}="%"', "{0}=INT({0})"
_AS_PRINTED: tuple[When, ...] = (
    (f"AND({_PERCENT},{WHOLE_PERCENT[0]})", "Whole percent"),
    (_PERCENT, "Percent"),
    (f"AND(ISNUMBER({{0}}),{_WHOLE})", "Whole"),
)


def build_indicators(draft: Draft) -> None:
    """Add the sheet."""
    columns = _columns(draft)
    page = draft.page(INDICATORS.title, widths(columns))
    put_head(draft, page, "context figures", "E")
    table = put_table(page, columns, HEADER_ROW, len(draft.market.indicators), _ROWS_READY, row_height=20)
    table.say_if_empty("A4", "The source states no context figures.")
    page.set_up_print(table.printed(), HEADER_ROW)


def _columns(draft: Draft) -> list[Column]:
    def listed(row: Row, column: int) -> Content:
        return if_error(index(draft.ask("MARKET_INDICATOR"), row.number, column))

    def figure(row: Row) -> str:
        year = row["year"].value
        return f"{row['name'].value}{f' {year:.0f}' if isinstance(year, float) else ''}"

    def look(row: Row) -> str:
        return "Percent stated" if row["unit"].value == "%" else "Figure"

    return [
        Column("name", "Indicator", 50, "Label", lambda row: listed(row, _NAME)),
        Column(*("figure", "Figure", 16, look, lambda row: listed(row, _VALUE), figure), when=_AS_PRINTED),
        Column("unit", "Unit", 24, "Text", lambda row: listed(row, _UNIT)),
        Column("year", "Year", 10, "Year", lambda row: listed(row, _YEAR)),
        Column("about", "Qualifier", 16, "Text", lambda row: listed(row, _ABOUT)),
    ]


INDICATORS = Sheet("Indicators", "Context figures, such as health spending.", build_indicators)

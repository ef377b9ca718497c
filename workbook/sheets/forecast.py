"""The Forecast sheet: size, growth and status by year, next to the sizes at the stated CAGR."""

from workbook.draft import Draft
from workbook.formulas import Expr, if_, if_error, text
from workbook.report import Content
from workbook.sheets.head import derivation, put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW = 5
_ROWS_READY = 30


def build_forecast(draft: Draft) -> None:
    """Add the sheet, with extra rows for markets with more years."""
    columns = _columns(draft)
    page = draft.page(FORECAST.title, widths(columns))
    put_head(draft, page, "forecast", "G", sized=True)
    years = number_of_years(draft)
    table = put_table(page, columns, HEADER_ROW, years, _ROWS_READY)
    page.grey_errors(f"A{table.first}:H{table.first + max(years, _ROWS_READY) - 1}")
    page.sheet.freeze = f"B{table.first}"
    page.set_up_print(f"A1:G{HEADER_ROW + years}", HEADER_ROW)


def number_of_years(draft: Draft) -> int:
    """Return the number of years between the first and the last stated size, including both."""
    first, last = draft["mb_first_year"].value, draft["mb_last_year"].value
    return int(last - first) + 1 if isinstance(first, float) and isinstance(last, float) else 1


def _columns(draft: Draft) -> list[Column]:
    unit = draft["mb_unit"]

    def about(row: Row, shown: Expr) -> Expr:
        return if_(row["year"].equals(""), "", shown)

    def year(row: Row) -> Content:
        if row.above is None:
            return draft["mb_first_year"]
        before = row.above["year"]
        return if_(before.below(draft["mb_last_year"]), before + 1.0, "")

    def growth(row: Row) -> Content:
        return "" if row.above is None else if_error(row["size"] / row.above["size"] - 1.0)

    def name(row: Row) -> str:
        return f"Size {row['year'].value:.0f}" if isinstance(row["year"].value, float) else "Size"

    def size(row: Row) -> Content:
        return about(row, draft.ask("MARKET_SIZE", year=row["year"]))

    def status(row: Row) -> Content:
        return about(row, if_error(draft.ask("MARKET_STATUS", year=row["year"]), "not stated"))

    def at_cagr(row: Row) -> Content:
        return about(row, draft.ask("MARKET_SIZE", year=row["year"], method="compound"))

    def difference(row: Row) -> Content:
        return if_error(row["size"] / row["at_cagr"] - 1.0)

    def source(row: Row) -> Content:
        return about(row, draft.ask("MARKET_SOURCE", year=row["year"]))

    return [
        Column("year", "Year", 9, "Year", year),
        Column("size", text("Size, ") & unit, 18, "Size", size, name, "source"),
        Column("growth", "YoY growth", 13, "Percent", growth),
        Column("status", "Status", 14, "Text", status),
        Column("at_cagr", text("At the stated CAGR, ") & unit, 18, "Size", at_cagr),
        Column("difference", "Difference", 16, "Percent fine", difference),
        Column("derivation", "Derivation", 60, "Note", lambda row: derivation(row["source"])),
        Column("source", "Source in full", 92, "Note", source),
    ]


FORECAST = Sheet(
    "Forecast", "Size, growth and status by year, next to the sizes at the stated CAGR.", build_forecast
)

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


class _Year:
    """The cells of one year's row."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def _about(self, row: Row, shown: Expr) -> Expr:
        """Return what a row shows about its year, blank in a row without one."""
        return if_(row["year"].equals(""), "", shown)

    def year(self, row: Row) -> Content:
        if row.above is None:
            return self._draft["mb_first_year"]
        before = row.above["year"]
        return if_(before.below(self._draft["mb_last_year"]), before + 1.0, "")

    def size(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SIZE", year=row["year"]))

    def growth(self, row: Row) -> Content:
        return "" if row.above is None else if_error(row["size"] / row.above["size"] - 1.0)

    def status(self, row: Row) -> Content:
        return self._about(row, if_error(self._draft.ask("MARKET_STATUS", year=row["year"]), "not stated"))

    def at_cagr(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SIZE", year=row["year"], method="compound"))

    def difference(self, row: Row) -> Content:
        return if_error(row["size"] / row["at_cagr"] - 1.0)

    def derivation(self, row: Row) -> Content:
        return derivation(row["source"])

    def source(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SOURCE", year=row["year"]))

    def figure(self, row: Row) -> str:
        year = row["year"].value
        return f"Size {year:.0f}" if isinstance(year, float) else ""


def _columns(draft: Draft) -> list[Column]:
    shown, unit = _Year(draft), draft["mb_unit"]
    return [
        Column("year", "Year", 9, "Year", shown.year),
        Column("size", text("Size, ") & unit, 18, "Size", shown.size, shown.figure, "source"),
        Column("growth", "YoY growth", 13, "Percent", shown.growth),
        Column("status", "Status", 14, "Text", shown.status),
        Column("at_cagr", text("At the stated CAGR, ") & unit, 18, "Size", shown.at_cagr),
        Column("difference", "Difference", 16, "Percent fine", shown.difference),
        Column("derivation", "Derivation", 60, "Note", shown.derivation),
        Column("source", "Source in full", 92, "Note", shown.source),
    ]


FORECAST = Sheet(
    "Forecast", "Size, growth and status by year, next to the sizes at the stated CAGR.", build_forecast
)

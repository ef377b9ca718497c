"""The Forecast sheet: size, growth and status by year, next to the sizes at the stated CAGR."""

from openpyxl.utils import quote_sheetname

from workbook.draft import Draft
from workbook.formulas import Expr, if_, if_error, index, text
from workbook.page import absolute
from workbook.report import Chart, Content, Series
from workbook.sheets.head import derivation, put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, Table, gap, put_table, widths

HEADER_ROW = 5
_ROWS_READY = 30
_CHART_ROWS = 12
_NOTE = "Between stated years, sizes follow constant growth."
_NAVY, _AMBER = "17365D", "D97706"
SOLID_OR_HATCHED = "Years that the source reports are solid, the others hatched."
"""What the alternative text of a chart says about its columns."""


def build_forecast(draft: Draft) -> None:
    """Add the sheet, with extra rows for markets with more years."""
    columns = _columns(draft)
    page = draft.page(FORECAST.title, widths(columns))
    put_head(draft, page, "forecast", "G", sized=True)
    years = number_of_years(draft)
    table = put_table(page, columns, HEADER_ROW, years, _ROWS_READY, row_height=20)
    table.say_if_empty("A4", "The source states no size of this market.", _NOTE)
    end = HEADER_ROW + years
    if years > 1:
        page.sheet.charts.append(_size_chart(draft, table, years))
        end = max(end, HEADER_ROW + _CHART_ROWS)
    page.set_up_print(table.printed(end), HEADER_ROW)


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
            return if_error(self._draft["mb_first_year"])
        before = row.above["year"]
        return if_(before.below(self._draft["mb_last_year"]), before + 1.0, "")

    def size(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SIZE", year=row["year"]))

    def growth(self, row: Row) -> Content:
        return "" if row.above is None else if_error(row["size"] / row.above["size"] - 1.0)

    def status(self, row: Row) -> Content:
        # LibreOffice compares the result of an add-in function as an array, unless INDEX takes it out.
        status = index(self._draft.ask("MARKET_STATUS", year=row["year"]), 1)
        return self._about(row, if_error(status, "not stated"))

    def at_cagr(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SIZE", year=row["year"], method="compound"))

    def difference(self, row: Row) -> Content:
        return if_error(row["size"] / row["at_cagr"] - 1.0)

    def reported(self, row: Row) -> Content:
        return if_(row["status"].equals("reported"), row["size"], "")

    def not_reported(self, row: Row) -> Content:
        return if_(row["status"].equals("reported"), "", if_error(row["size"]))

    def derivation(self, row: Row) -> Content:
        return derivation(row["source"])

    def source(self, row: Row) -> Content:
        return self._about(row, self._draft.ask("MARKET_SOURCE", year=row["year"]))

    def figure(self, row: Row) -> str:
        year = row["year"].value
        return f"Size {year:.0f}" if isinstance(year, float) else ""


def _columns(draft: Draft) -> list[Column]:
    """The figures and room for the chart; not printed, how each size was derived, and the chart's columns."""
    shown, unit = _Year(draft), draft["mb_shown_unit"]
    return [
        Column("year", "Year", 9, "Year", shown.year),
        Column(
            *("size", text("Size, ") & unit, 16, "Size", shown.size, shown.figure, "source", [_NO_SIZE]),
            is_series=True,
        ),
        Column("growth", "YoY growth", 11, "Percent", shown.growth),
        Column("status", "Status", 14, "Text", shown.status),
        Column("at_cagr", text("At the stated CAGR, ") & unit, 19, "Size", shown.at_cagr, when=[_NO_SIZE]),
        Column("difference", "Difference", 12, "Difference", shown.difference),
        gap("chart", 60),
        Column("derivation", "Derivation", 72, "Line", shown.derivation, printed=False),
        Column("source", "Source in full", 92, "Line", shown.source, printed=False),
        Column("reported", "Reported", 12, "Size", shown.reported, printed=False),
        Column("not_reported", "Not reported", 13, "Size", shown.not_reported, printed=False),
    ]


_NO_SIZE = ("ISERROR({0})", "Hidden")
"""A size that cannot be told stays #N/A, because a chart would draw a blank text as zero."""


def size_series(reported: str, not_reported: str, years: str) -> tuple[Series, Series]:
    """Return the columns of a chart of sizes: solid where the source states them, else hatched."""
    return (
        Series("Reported", reported, _NAVY, years),
        Series("Interpolated or compounded", not_reported, _NAVY, years, hatched=True),
    )


def _size_chart(draft: Draft, table: Table, years: int) -> Chart:
    first, last = HEADER_ROW + 1, HEADER_ROW + years

    def area(column: str) -> str:
        return f"{quote_sheetname(FORECAST.title)}!{absolute(f'{column}{first}:{column}{last}')}"

    sizes = size_series(area(table.letter("reported")), area(table.letter("not_reported")), area("A"))
    at_cagr = Series("At the stated CAGR", area("E"), _AMBER, area("A"), line=True)
    beside = f"G{first}:G{first + _CHART_ROWS - 1}"
    described = f"Column chart of the size of {draft.market.name} by year. {SOLID_OR_HATCHED}"
    return Chart(
        *(beside, (*sizes, at_cagr), described, "[>=20]#,##0;General"), title="Size by year", stacked=True
    )


FORECAST = Sheet(
    "Forecast", "Size, growth and status by year, next to the sizes at the stated CAGR.", build_forecast
)

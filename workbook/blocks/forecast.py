"""The Forecast sheet: size, growth and status by year, next to the sizes at the stated CAGR."""

from workbook.blocks.head import put_head
from workbook.draft import Draft
from workbook.formulas import Expr, call, if_, if_error, text
from workbook.page import Page

FIRST_ROW = 6
_ROWS_READY = 30


def build_forecast(draft: Draft) -> None:
    """Add the sheet, with extra rows for markets with more years."""
    page = draft.page("Forecast", (9, 18, 13, 14, 18, 16, 92))
    put_head(draft, page, "forecast", "G", sized=True)
    in_unit = text("Size, ") & draft["mb_unit"]
    at_cagr = text("At the stated CAGR, ") & draft["mb_unit"]
    headers = (
        *("Year", in_unit, "Growth over previous year", "Status", at_cagr, "Difference"),
        "Source",
    )
    page.row(5, headers, ("Header", *("Header number",) * 2, "Header", *("Header number",) * 2, "Header"))
    page.sheet.row_dimensions[5].height = 32
    years = _years(draft)
    height = max(_ROWS_READY, years)
    year = size = Expr("", "")
    for at in range(FIRST_ROW, FIRST_ROW + height):
        year, size = _put_year(draft, page, at, year, size)
    page.sheet.freeze_panes = f"B{FIRST_ROW}"
    page.grey_errors(f"A{FIRST_ROW}:G{FIRST_ROW + height - 1}")
    page.rule_rows(f"A{FIRST_ROW}:G{FIRST_ROW + height - 1}")
    page.set_up_print(f"A1:G{FIRST_ROW + years - 1}", 5, draft.attribution)


def year_rows(draft: Draft) -> tuple[int, int]:
    """Return the first and last row with a year of the market."""
    return FIRST_ROW, FIRST_ROW + _years(draft) - 1


def _years(draft: Draft) -> int:
    first, last = draft["mb_first_year"].value, draft["mb_last_year"].value
    return int(last - first) + 1 if isinstance(first, float) and isinstance(last, float) else 1


def _put_year(draft: Draft, page: Page, at: int, before: Expr, size_before: Expr) -> tuple[Expr, Expr]:
    """Write one row; return its year and size, which the next row refers to."""
    market, unit = draft["mb_market"], draft["mb_unit"]
    is_first = not before.formula
    following = draft["mb_first_year"] if is_first else _following(before, draft["mb_last_year"])
    year = page.put(f"A{at}", following, "Year row")
    blank = year.equals("")
    sized = if_(blank, "", call("MARKET_SIZE", market, year, None, unit))
    size = page.put(f"B{at}", sized, "Size row")
    grown = text("") if is_first else if_error(size / size_before - 1.0)
    page.put(f"C{at}", grown, "Percent row")
    status = if_error(call("MARKET_STATUS", market, year), "not stated")
    page.put(f"D{at}", if_(blank, "", status), "Text row")
    compounded = call("MARKET_SIZE", market, year, None, unit, "compound")
    at_cagr = page.put(f"E{at}", if_(blank, "", compounded), "Size row")
    page.put(f"F{at}", if_error(size / at_cagr - 1.0), "Percent fine row")
    page.put(f"G{at}", if_(blank, "", call("MARKET_SOURCE", market, year, None, unit)), "Note row")
    return year, size


def _following(year: Expr, last: Expr) -> Expr:
    return if_(year.below(last), year + 1.0, "")

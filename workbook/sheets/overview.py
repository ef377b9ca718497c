"""The Overview sheet: headline figures in named cells, key takeaways, and a chart of the size by year."""

from openpyxl.utils import quote_sheetname

from workbook.draft import Draft
from workbook.formulas import Expr, if_, if_error, is_error, text
from workbook.page import Page, absolute
from workbook.report import Chart, Series
from workbook.sheets.forecast import FORECAST, HEADER_ROW, number_of_years
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.spelling import amount
from workbook.takeaways import takeaways

_TAKEAWAY_ROW = 16
_CHART_ROW = 26
_NAVY, _AMBER = "17365D", "D97706"


def build_overview(draft: Draft) -> None:
    """Add the sheet."""
    page = draft.page(OVERVIEW.title, (40, 18, 16, 16, 78))
    put_head(draft, page, "overview", "E", sized=True)
    _put_headlines(draft, page)
    page.row(_TAKEAWAY_ROW - 1, ("Key takeaways", *("",) * 4), ("Heading",) * 5)
    sentences = takeaways(draft.market, draft.market.unit.parse(draft.unit))
    for at, sentence in enumerate(sentences, start=_TAKEAWAY_ROW):
        page.put(f"A{at}", if_(draft["mb_is_current"], f"•  {sentence}", ""), "Plain")
        page.merge(f"A{at}:E{at}")
    years = number_of_years(draft)
    if years > 1:
        page.sheet.charts.append(_size_chart(draft, HEADER_ROW + 1, HEADER_ROW + years))
    page.set_up_print(f"A1:E{_CHART_ROW + 18}", pages_high=1)


def _put_headlines(draft: Draft, page: Page) -> None:
    headers = ("Headline", "Figure", "Unit", "Status", "Source")
    page.row(5, headers, ("Header", "Header number", "Header", "Header", "Header"))
    unit = draft["mb_unit"]
    page.row(6, ("Base year", None, "", "", ""), ("Label", "Count", "Text", "Text", "Text"))
    base_year = page.put_named("mb_base_year", "B6", draft.ask("MARKET_INFO", item="base year"), "Count")
    last_year = draft["mb_last_year"]
    _put_size(draft, page, 7, "mb_size_base", base_year, None)
    _put_size(draft, page, 8, "mb_size_end", last_year, last_year)
    start, end = draft["mb_size_base"], draft["mb_size_end"]
    stated = draft.ask("MARKET_CAGR")
    implied = if_error(draft.ask("MARKET_CAGR", from_year=base_year, to_year=last_year, method="implied"))
    for at, label, name, figure, look, measured in (
        (9, "CAGR stated", "mb_cagr", stated, "Percent stated", "per year"),
        (10, "CAGR implied by the sizes", "mb_cagr_implied", implied, "Percent fine", "per year"),
        (11, "Growth multiple", "mb_multiple", end / start, "Multiple", "times"),
        (12, "Absolute growth", "mb_added", end - start, "Size", unit),
    ):
        page.put(f"A{at}", label, "Label")
        page.put_named(name, f"B{at}", figure, look)
        page.put(f"C{at}", measured)
        page.put(f"D{at}", "derived" if at > 9 else if_(is_error(stated), "not stated", "reported"))
        page.put(f"E{at}", None)
    page.track("CAGR stated", "B9")
    page.track("CAGR implied", "B10")
    page.grey_errors("B6:E12")


def _put_size(draft: Draft, page: Page, at: int, name: str, shown: Expr, year: Expr | None) -> None:
    """Write a size, by default of the base year. Without a base year, the reason is shown."""
    page.put(f"A{at}", if_error(text("Size in ") & shown, "Size in the base year"), "Label")
    page.put_named(name, f"B{at}", draft.ask("MARKET_SIZE", year=year), "Size")
    page.put(f"C{at}", draft["mb_unit"])
    page.put(f"D{at}", if_error(draft.ask("MARKET_STATUS", year=year), "not stated"))
    page.put(f"E{at}", if_error(draft.ask("MARKET_SOURCE", year=year), draft.ask("MARKET_SOURCE")), "Note")


def _size_chart(draft: Draft, first: int, last: int) -> Chart:
    def area(column: str) -> str:
        return f"{quote_sheetname(FORECAST.title)}!{absolute(f'{column}{first}:{column}{last}')}"

    size = Series("Size", area("B"), area("A"), _NAVY)
    at_cagr = Series("At the stated CAGR", area("E"), area("A"), _AMBER, line=True)
    return Chart(
        f"A{_CHART_ROW}", "Size by year", (size, at_cagr), _described(draft), 30, 9, "[>=100]#,##0;#,##0.0"
    )


def _described(draft: Draft) -> str:
    names = ("mb_first_year", "mb_last_year", "mb_size_base", "mb_size_end")
    first, last, start, end = (draft[name].value for name in names)
    known = isinstance(start, float) and isinstance(end, float)
    grown = f", from {amount(start)} to {amount(end)} {draft.unit}" if known else ""
    return f"Column chart of the size of {draft.market.name}, {first:.0f} to {last:.0f}{grown}."


OVERVIEW = Sheet("Overview", "Headline figures, takeaways, and the size by year.", build_overview)

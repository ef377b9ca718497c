"""The Overview sheet: headline figures in named cells, key takeaways, and a chart of the size by year."""

from workbook.blocks.forecast import year_rows
from workbook.blocks.head import put_head
from workbook.charts import add_chart, size_chart
from workbook.draft import Draft
from workbook.formulas import Expr, call, if_, if_error, is_error, text
from workbook.page import Page
from workbook.spelling import amount
from workbook.takeaways import takeaways

_TAKEAWAY_ROW = 16
_LINE = 180  # characters that fit on one line
_CHART_ROW = 26


def build_overview(draft: Draft) -> None:
    """Add the sheet. The Forecast sheet must be built first."""
    page = draft.page("Overview", (40, 18, 16, 16, 78))
    put_head(draft, page, "overview", "E", sized=True)
    _put_headlines(draft, page)
    page.row(_TAKEAWAY_ROW - 1, ("Key takeaways", *("",) * 4), ("Heading",) * 5)
    sentences = takeaways(draft.market, draft.market.unit.parse(draft.unit))
    for at, sentence in enumerate(sentences, start=_TAKEAWAY_ROW):
        page.put(f"A{at}", f"•  {sentence}", "Plain")
        page.span(f"A{at}:E{at}", height=31 if len(sentence) > _LINE else 16)
    first, last = year_rows(draft)
    if last > first:
        chart = size_chart(draft.pages["Forecast"].sheet, first, last, draft.unit)
        add_chart(page, f"A{_CHART_ROW}", chart, _described(draft))
    page.sheet.freeze_panes = "A4"
    page.set_up_print(f"A1:E{_CHART_ROW + 18}", None, draft.attribution, pages_high=1)


def _put_headlines(draft: Draft, page: Page) -> None:
    headers = ("Headline", "Figure", "Unit", "Status", "Source")
    page.row(5, headers, ("Header", "Header number", "Header", "Header", "Header"))
    market, unit = draft["mb_market"], draft["mb_unit"]
    base_year = _base_year(draft, page)
    last_year = draft["mb_last_year"]
    _put_size(draft, page, 7, "mb_size_base", base_year, None)
    _put_size(draft, page, 8, "mb_size_end", last_year, last_year)
    start, end = draft["mb_size_base"], draft["mb_size_end"]
    stated = call("MARKET_CAGR", market)
    implied = if_error(call("MARKET_CAGR", market, None, base_year, last_year, "implied"))
    for at, label, name, figure, look, status in (
        (
            9,
            "CAGR stated",
            "mb_cagr",
            stated,
            "Percent stated",
            if_(is_error(stated), "not stated", "reported"),
        ),
        (10, "CAGR implied by the sizes", "mb_cagr_implied", implied, "Percent fine", "calculated"),
        (11, "Growth multiple", "mb_multiple", end / start, "Multiple", "calculated"),
        (12, "Increase", "mb_added", end - start, "Size", "calculated"),
    ):
        page.put(f"A{at}", label, "Label")
        page.put_named(name, f"B{at}", figure, look)
        page.put(f"C{at}", unit if look == "Size" else "per year" if look.startswith("Percent") else "times")
        page.put(f"D{at}", status)
        page.put(f"E{at}", None)
    see = "See the Checks sheet for a comparison with the stated sizes."
    page.put("E9", if_(is_error(draft["mb_cagr"]), "", see), "Note")
    page.grey_errors("B6:E12")


def _base_year(draft: Draft, page: Page) -> Expr:
    page.row(6, ("Base year", None, "", "", ""), ("Label", "Count", "Text", "Text", "Text"))
    return page.put_named("mb_base_year", "B6", call("MARKET_INFO", draft["mb_market"], "base year"), "Count")


def _put_size(draft: Draft, page: Page, at: int, name: str, shown: Expr, year: Expr | None) -> None:
    """Write a size, by default of the base year. Without a base year, the reason is shown."""
    market, unit = draft["mb_market"], draft["mb_unit"]
    page.put(f"A{at}", if_error(text("Size in ") & shown, "Size in the base year"), "Label")
    page.put_named(name, f"B{at}", call("MARKET_SIZE", market, year, None, unit), "Size")
    page.put(f"C{at}", unit)
    page.put(f"D{at}", if_error(call("MARKET_STATUS", market, year), "not stated"))
    source = call("MARKET_SOURCE", market, year, None, unit)
    page.put(f"E{at}", if_error(source, call("MARKET_SOURCE", market)), "Note")


def _described(draft: Draft) -> str:
    names = ("mb_first_year", "mb_last_year", "mb_size_base", "mb_size_end")
    first, last, start, end = (draft[name].value for name in names)
    known = isinstance(start, float) and isinstance(end, float)
    grown = f", from {amount(start)} to {amount(end)} {draft.unit}" if known else ""
    return f"Column chart of the size of {draft.market.name}, {first:.0f} to {last:.0f}{grown}."

"""The hidden Lists sheet: lists for drop-downs, what the workbook was built for, and spans.

Everything here depends only on the inputs on the Start sheet. The report sheets refer to it.
"""

from collections.abc import Sequence

from markets.units import Unit
from udfs.catalog import catalog
from workbook.draft import Draft
from workbook.formulas import Expr, all_of, call, if_, if_error, index, is_error, rows, text
from workbook.page import Page

_SCALES_OFFERED = ("trillion", "billion", "million", "thousand")
BUILT_MARKET, BUILT_UNIT, DATA_DATE, PUBLISHER = "F2", "F3", "F4", "F5"
MEASURES = ("size", "share", "CAGR")


def build_lists(draft: Draft) -> None:
    """Add the sheet, hidden."""
    page = draft.page("Lists", (44, 20, 14, 4, 26, 44))
    page.sheet.sheet_state = "hidden"
    page.row(1, ("Markets", "Units", "Measures"), ("Header",) * 3)
    markets = [if_error(index(call("MARKET_LIST"), at)) for at in range(1, len(catalog().search()) + 1)]
    _put_list(page, "A", "mb_markets", markets)
    _put_list(page, "B", "mb_units", _units(draft))
    _put_list(page, "C", "mb_measures", MEASURES)
    _put_built_for(draft, page)
    _put_spans(draft, page)


def _put_list(page: Page, column: str, name: str, items: Sequence[Expr | str]) -> None:
    """Write a list for drop-downs. They refer to it by its name, because a refresh can make it longer."""
    for at, item in enumerate(items, start=2):
        page.put(f"{column}{at}", item)
    page.name(name, f"{column}2:{column}{len(items) + 1}", None)


def _units(draft: Draft) -> list[str]:
    """Return the units of the catalog's markets and of their currencies, those of this market first."""
    own = draft.market.unit
    units = [own, *(listed.unit for listed in catalog().search())]
    offered = {unit.currency: dict.fromkeys(_SCALES_OFFERED) for unit in units}
    for unit in reversed(units):
        offered[unit.currency] = {unit.scale: None} | offered[unit.currency]
    return [str(Unit(currency, scale)) for currency, scales in offered.items() for scale in scales]


def _put_built_for(draft: Draft, page: Page) -> None:
    page.put("E1", "Built for", "Header")
    page.put("F1", None, "Header")
    for place, label, name, value in (
        (BUILT_MARKET, "Market", "mb_built_market", draft.market.name),
        (BUILT_UNIT, "Unit", "mb_built_unit", draft.unit),
        (DATA_DATE, "Data date", "mb_data_date", str(draft.market.source.date)),
        (PUBLISHER, "Source", "mb_built_source", draft.market.source.publisher),
        ("F11", "Refreshed", "mb_refreshed", str(draft.made)),
    ):
        page.put(f"E{place[1:]}", label, "Label")
        page.put_named(name, place, value)
    page.put("E6", "Banner", "Label")
    # An alias, or a name without its geography, is the same market. LibreOffice compares what an add-in
    # function returns as an array with one cell, unless INDEX takes the cell out.
    named = index(call("MARKET_INFO", draft["mb_market"], "name"), 1)
    page.put("E12", "Chosen", "Label")
    chosen = page.put_named("mb_chosen_market", "F12", if_error(named, draft["mb_market"]))
    same = all_of(chosen.equals(draft["mb_built_market"]), draft["mb_unit"].equals(draft["mb_built_unit"]))
    asking = (
        text("Charts, takeaways and footers are for ")
        & draft["mb_built_market"]
        & " in "
        & draft["mb_built_unit"]
        & ". Click Refresh to update them."
    )
    page.put_named("mb_banner", "F6", if_(same, "", asking))


def _put_spans(draft: Draft, page: Page) -> None:
    """Write the first and last year and the numbers of segments, for use on other sheets."""
    market = draft["mb_market"]
    series, segments = call("MARKET_SERIES", market), call("SEGMENT_LIST", market)
    by_region = call("SEGMENT_LIST", market, "Region")
    regions = page.put_named("mb_region_count", "F9", _length(by_region))
    for at, label, name, value in (
        (7, "First year", "mb_first_year", index(series, 1)),
        (8, "Last year", "mb_last_year", index(series, rows(series))),
        (10, "Other segments", "mb_segment_count", _length(segments) - regions),
    ):
        page.put(f"E{at}", label, "Label")
        page.put_named(name, f"F{at}", value)
    page.put("E9", "Regions", "Label")


def _length(table: Expr) -> Expr:
    """Return the number of rows of a list, 0 if it is an error: in LibreOffice, ROWS of an error is 1."""
    return if_(is_error(index(table, 1)), 0.0, rows(table))

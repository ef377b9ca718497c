"""The hidden Lists sheet: lists for drop-downs, what the workbook was built for, and spans.

Everything here depends only on the inputs on the Start sheet. The report sheets refer to it.
"""

from collections.abc import Sequence

from markets.facts import FIRST_YEAR
from markets.units import Unit
from udfs.catalog import catalog
from udfs.values import CellError
from workbook.assumptions import MEASURES, OWN, SCENARIO, SCENARIOS
from workbook.draft import Draft
from workbook.formulas import Expr, all_of, any_of, as_text, if_, if_error, index, is_error, rows, text
from workbook.page import Page
from workbook.record import LAYOUT, LAYOUT_NAME
from workbook.report import Content
from workbook.selecting import LATEST, PICKS, as_of_words, selection_words
from workbook.sheets.blocks import put_refused, put_rows_in_use
from workbook.sheets.kind import Sheet

_SCALES_OFFERED = ("trillion", "billion", "million", "thousand")


def build_lists(draft: Draft) -> None:
    """Add the sheet, hidden."""
    page = draft.page(LISTS.title, (44, 20, 14, 26, 60, 44, 36, 12))
    page.sheet.hidden = True
    heads = ("Markets", "Units", "Measures", "Built for", None, "Sources", "Segments", "Scenarios")
    page.row(1, heads, ("Header",) * len(heads))
    _put_selection(draft, page)
    _put_list(page, "A", "mb_markets", [listed.name for listed in catalog().search()])
    _put_list(page, "B", "mb_units", _units(draft))
    _put_list(page, "C", "mb_measures", MEASURES)
    _put_list(page, "F", "mb_sources", [*PICKS, *_publishers(draft)])
    segments = [segment.qualified for segment in draft.market.segments]
    _put_list(page, "G", "mb_segments", segments or [""])
    _put_list(page, "H", "mb_scenarios", SCENARIOS)
    put_rows_in_use(draft, page)
    put_refused(draft, page)
    _put_state(draft, page)
    _put_spans(draft, page)


def _put_list(page: Page, column: str, name: str, items: Sequence[str]) -> None:
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


def _publishers(draft: Draft) -> list[str]:
    """Return the publishers of the market, also of reports that are later than the chosen date."""
    return [market.source.publisher for market in catalog().sources(draft.inputs.market)]


def _put_selection(draft: Draft, page: Page) -> None:
    """Write which editions are chosen, as the functions are asked for them, and which the workbook shows."""
    words = page.put_named("mb_as_of_words", "E18", as_of_words(draft["mb_as_of"]))
    chosen = page.put_named("mb_selection", "E19", selection_words(draft["mb_source_choice"], words))
    every = page.put_named("mb_all_sources", "E20", text(LATEST) & words)
    page.put_named("mb_built_selection", "E21", as_text(chosen.value))
    page.put_named("mb_built_sources", "E22", as_text(every.value))
    # An alias, or a name without its geography, is the same market. LibreOffice compares what an add-in
    # function returns as an array with one cell, unless INDEX takes the cell out.
    named = index(draft.ask("MARKET_INFO", item="name"), 1)
    page.put_named("mb_chosen_market", "E5", if_error(named, draft["mb_market"]))
    page.put("D5", "Chosen market", "Label")
    labels = ("As of, in words", "Selection", "All sources", "Selection built for", "All sources built for")
    for at, label in enumerate(labels, start=18):
        page.put(f"D{at}", label, "Label")


def _put_state(draft: Draft, page: Page) -> None:
    """Write what the workbook was built for, and what is chosen now, by which a banner asks for a refresh."""

    def put(at: int, label: str, name: str, content: Content, look: str = "Text") -> Expr:
        page.put(f"D{at}", label, "Label")
        return page.put_named(name, f"E{at}", content, look)

    market = put(2, "Market", "mb_built_market", draft.market.name)
    unit = put(3, "Unit", "mb_built_unit", draft.unit)
    typed, as_typed = (
        draft["mb_unit"],
        put(16, "Unit as typed", "mb_built_unit_typed", draft.inputs.unit or None),
    )
    written = "" if isinstance(draft["mb_assumed_now"].value, CellError) else draft["mb_assumed_now"].value
    assumed = put(26, "Assumptions built for", "mb_built_assumptions", written)
    same_assumed = if_error(draft["mb_assumed_now"].equals(assumed), 0.0)
    same_source = draft["mb_selection"].equals(draft["mb_built_selection"])
    put(4, "Refreshed", "mb_refreshed", str(draft.made))
    put(13, "Source", "mb_built_source", draft.market.source.publisher)
    put(14, "Data date", "mb_data_date", str(draft.market.source.date), "Text date")
    put(15, "Layout", LAYOUT_NAME, float(LAYOUT))
    chosen = draft["mb_chosen_market"]
    current = put(
        6,
        "Is current",
        "mb_is_current",
        all_of(
            *(chosen.equals(market), any_of(typed.equals(unit), typed.equals(as_typed)), same_source),
            same_assumed,
        ),
    )
    built_source = if_(same_source, "", text(", source: ") & draft["mb_built_selection"])
    other = if_(same_assumed, "", ", with other assumptions")
    built = text("Charts and takeaways are for ") & market & " in " & unit & built_source & other
    asking = built & ". Click Refresh to update them."
    refused = draft["mb_refused"]
    put(7, "Banner", "mb_banner", if_(refused.equals(""), if_(current, "", asking), refused))
    put(28, "Catalog notice", "mb_notice", if_error(index(draft.ask("MARKET_INFO", item="notice"), 1)))
    own = if_error(index(draft.ask("MARKET_INFO", item="unit"), 1))
    shown = if_(current, unit, if_(typed.equals(""), own, typed))
    put(17, "Unit in titles", "mb_shown_unit", shown)
    put(8, "Source", "mb_source", _source_line(draft))


def _source_line(draft: Draft) -> Expr:
    """Return the publisher and the date of the source, or what is made of how many sources."""
    publisher, date = (draft.ask("MARKET_INFO", item=item) for item in ("publisher", "date"))
    pick, count = draft["mb_source_choice"], number_of_sources(draft, draft["mb_selection"])
    pooled = any_of(*(pick.equals(word) for word in PICKS if word != LATEST))
    made = if_(pooled, pick & " of " & count & if_(count.equals(1.0), " source, ", " sources, latest: "), "")
    words = draft["mb_as_of_words"]
    limit = if_(words.equals(""), "", text(", reports") & words)
    return if_error(text("Source: ") & made & publisher & ", " & date & limit & _assumed(draft))


def _assumed(draft: Draft) -> Expr:
    """Return " | assumptions in use: 2 (own)", blank if there are none."""
    count = draft["mb_assumption_count"]
    scenario = if_(draft[SCENARIO].equals(""), OWN, draft[SCENARIO])
    shown = text(" | assumptions in use: ") & count & " (" & scenario & ")"
    return if_error(if_(count.equals(0.0), "", shown))


def _put_spans(draft: Draft, page: Page) -> None:
    """Write the first and last year and the numbers of segments, for use on other sheets."""
    series, segments = draft.ask("MARKET_SERIES"), draft.ask("SEGMENT_LIST")
    by_region = draft.ask("SEGMENT_LIST", dimension="Region")
    regions = page.put_named("mb_region_count", "E11", _length(by_region))
    page.put("D11", "Regions", "Label")
    for at, label, name, value in (
        (9, "First year", "mb_first_year", index(series, 1)),
        (10, "Last year", "mb_last_year", index(series, rows(series))),
        (12, "Other segments", "mb_segment_count", _length(segments) - regions),
    ):
        page.put(f"D{at}", label, "Label")
        page.put_named(name, f"E{at}", value)


def number_of_sources(draft: Draft, selection: Expr) -> Expr:
    """Return the number of selected sources. With any year, those without a size count too."""
    return _length(draft.ask("SOURCE_TABLE", year=float(FIRST_YEAR), unit=None, source=selection))


def _length(table: Expr) -> Expr:
    """Return the number of rows of a list, 0 if it is an error: in LibreOffice, ROWS of an error is 1."""
    return if_(is_error(index(table, 1)), 0.0, rows(table))


LISTS = Sheet("Lists", "Lists for drop-downs, and what the workbook was built for.", build_lists)

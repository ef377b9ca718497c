"""The Assumptions sheet: the user's own figures, and which scenario the workbook shows."""

from collections.abc import Mapping

from markets.facts import FIRST_YEAR, LAST_YEAR
from workbook.assumptions import (
    BASE,
    COLUMNS,
    HIGH,
    LOW,
    MEASURES,
    OWN,
    OWN_MARKET,
    SCENARIO,
    block_name,
    cells_of,
)
from workbook.draft import Draft
from workbook.formulas import Expr, Operand, all_of, any_of, if_, if_error, index
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.blocks import Block, blocks, is_for_the_market
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet

_WIDTHS = (24, 9, 7, 11, 13, 20, 26, 13, 26)
_LAST = "I"
_INPUTS = ("Input", "Input", "Input year", "Input number", "Input", "Input", "Input")
_WRITTEN = ("Text", "Text", "Year", "Figure", "Text", "Note", "Line")
"""The styles of the cells of a block: entered by the user, and written by Marketbook."""
_HEADERS = tuple("Header number" if look in ("Year", "Figure") else "Header" for look in _WRITTEN)
_ABOUT = "Figures of your own, in place of those of the source or where it has none. All sheets follow."
_HOW = (
    "Enter one figure in a row: a size, a share or a CAGR, of a segment or, without a segment, of the whole "
    "market. Shares and CAGRs: 4.3% or 0.043. A CAGR runs from the base year to the year. Rows without a "
    "value are ignored. Refresh does not change this sheet."
)
_FOLLOWS = "The first row is the {} size of the last year that rounding allows or any source states."
_TITLES = {OWN: "Your own", BASE: "Base", LOW: "Low", HIGH: "High"}
_MEANINGS = {
    OWN: "",
    BASE: "The source as it is. Leave it blank, or enter what all others should be compared with.",
    LOW: f"{_FOLLOWS.format('lowest')} Enter another value, or add rows.",
    HIGH: f"{_FOLLOWS.format('highest')} Enter another value, or add rows.",
}
_YEARS = f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}, or leave the cell blank."
_CHECKED = ("Segment", "Measure", "Year", "Value", "Market")


def build_assumptions(draft: Draft) -> None:
    """Add the sheet, which belongs to the user from then on."""
    page = draft.page(ASSUMPTIONS.title, _WIDTHS)
    page.put("A1", "Assumptions", "Title")
    page.put("A2", _ABOUT, "Subtitle")
    put_banner(draft, page, "A3", _LAST)
    page.height(1, 26)
    _put_choice(draft, page)
    last = 0
    for block in blocks(draft):
        _put_block(draft, page, block)
        if block.scenario == OWN:
            _put_comparison(draft, page, block)
            break_after = block.last
        last = block.last
    page.set_up_print(f"A1:{_LAST}{last}", breaks=(break_after,))


def _put_choice(draft: Draft, page: Page) -> None:
    entered = draft.inputs.assumptions
    page.row(5, ("Choose", *[""] * 8), ("Heading",) * 9)
    about = draft[OWN_MARKET].value
    for at, label, name, value, note in (
        (6, "Scenario", SCENARIO, entered.scenario, "own, base, low or high: the block below that is used"),
        (7, "Own figures are about", OWN_MARKET, about, "They are not used for other markets."),
    ):
        page.put(f"A{at}", label, "Label")
        for column in "CDE":
            page.put(f"{column}{at}", None, "Input")
        page.put_named(name, f"B{at}", None if value == "" else value, "Input")
        page.merge(f"B{at}:E{at}")
        page.put(f"F{at}", note, "Note")
        page.merge(f"F{at}:{_LAST}{at}")
    page.drop_down("B6", "mb_scenarios", "Scenario", "Choose own, base, low or high.")
    page.drop_down("B7", "mb_markets", "Market", "Choose a market from the list.")


def _put_block(draft: Draft, page: Page, block: Block) -> None:
    """Write a heading, an explanation, the headers and the cells of a scenario, and name the block."""
    top = block.header - 2
    page.row(top, (_TITLES[block.scenario], *[""] * 8), ("Heading",) * 9)
    page.put(f"A{top + 1}", _MEANINGS[block.scenario] or _HOW, "Plain")
    page.merge(f"A{top + 1}:{_LAST}{top + 1}", height=34 if block.scenario == OWN else 18)
    page.row(block.header, COLUMNS, _HEADERS)
    for at, cells in enumerate(block.cells, start=block.header + 1):
        looks = (w if isinstance(c, Expr) else i for c, i, w in zip(cells, _INPUTS, _WRITTEN, strict=True))
        page.row(at, cells, tuple(looks))
    first, last = block.header + 1, block.last
    page.drop_down(f"A{first}:A{last}", "mb_segments", "Segment", "Choose a segment of the market.")
    page.drop_down(f"B{first}:B{last}", "mb_measures", "Measure", "Choose size, share or CAGR.")
    page.whole_number(f"C{first}:C{last}", FIRST_YEAR, LAST_YEAR, "Year", _YEARS)
    page.drop_down(f"E{first}:E{last}", "mb_units", "Unit", "Choose a unit, or leave the cell blank.")
    page.drop_down(f"G{first}:G{last}", "mb_markets", "Market", "Choose a market from the list.")
    page.show(f"D{first}:D{last}", f'OR($B{first}="share",$B{first}="CAGR")', "Stated percent")
    page.name(block_name(block.scenario), f"A{block.header}:G{last}", cells_of(block.values))


def _put_comparison(draft: Draft, page: Page, block: Block) -> None:
    """Write beside each row what the source says, and whether the row is in use."""
    page.put(f"H{block.header}", "The source says", "Header number")
    page.put(f"I{block.header}", "Status", "Header")
    for at in range(block.header + 1, block.last + 1):
        row = {header: page[f"{column}{at}"] for header, column in zip(COLUMNS, "ABCDEFG", strict=True)}
        source = of_source(draft, *(row[key] for key in ("Segment", "Measure", "Year", "Unit")))
        page.put(f"H{at}", source, "Figure")
        page.put(f"I{at}", _status(draft, row), "Note")
    first, last = block.header + 1, block.last
    page.show(f"H{first}:H{last}", f'OR($B{first}="share",$B{first}="CAGR")', "Stated percent")
    page.show(f"I{first}:I{last}", f'AND($I{first}<>"",LEFT($I{first},6)<>"In use")', "Watch")


def of_source(draft: Draft, segment: Expr, measure: Expr, year: Expr, unit: Expr) -> Expr:
    """Return the source's figure for a row of assumptions, blank if there is none."""
    when = if_(year.equals(""), "", year)
    asked: dict[str, Operand] = {"segment": segment & "", "assumptions": None}
    size = draft.ask("MARKET_SIZE", year=when, unit=unit & "", **asked)
    share = draft.ask("SEGMENT_SHARE", year=when, **asked)
    stated = draft.ask("MARKET_CAGR", **asked)
    base = index(draft.ask("MARKET_INFO", item="base year"), 1)
    implied = draft.ask("MARKET_CAGR", from_year=base, to_year=when, **asked)
    ends = any_of(year.equals(""), if_error(year.equals(draft["mb_stated_last_year"]), 1.0))
    rate = if_(ends, stated, implied)
    figure = if_(measure.equals("share"), share, if_(measure.equals("CAGR"), rate, size))
    return if_(measure.equals(""), "", if_error(figure))


def _status(draft: Draft, row: Mapping[str, Expr]) -> Content:
    """Return whether a row is in use, or the first reason why it is not."""
    segment, measure, year, value, market = (row[key] for key in _CHECKED)
    is_fast = all_of(measure.equals("CAGR"), Expr("1", 1.0).below(value))
    told = if_(is_fast, "In use. Over 100% a year: is that meant?", "In use")
    told = if_(draft["mb_refused"].equals(""), told, "See the message at the top.")
    told = if_(all_of(measure.equals("share"), segment.equals("")), "Choose a segment.", told)
    told = if_(value.below(""), told, "Enter a number as value.")
    told = if_(any_of(year.equals(""), year.below("")), told, "Enter a year.")
    told = if_(any_of(*map(measure.equals, MEASURES)), told, "Choose size, share or CAGR.")
    own = if_error(draft["mb_scenario_number"], 1.0).equals(1.0)
    told = if_(own, told, "Not used: another scenario is chosen.")
    told = if_(is_for_the_market(draft, market), told, "Not used: for another market.")
    return if_(value.equals(""), "", told)


ASSUMPTIONS = Sheet(
    "Assumptions", "Your own figures, and the choice of a scenario.", build_assumptions, is_users=True
)

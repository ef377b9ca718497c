"""The Start sheet: the user's choices, what is shown, how to refresh, and guides to sheets and functions."""

from markets.facts import FIRST_YEAR, LAST_YEAR
from udfs.registry import FUNCTIONS
from workbook.draft import Draft
from workbook.formulas import Expr, if_error
from workbook.page import Page
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet

_YEARS = f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}, or leave the cell blank."
_REFRESH = (
    "Choose a market and a unit in the yellow cells. If the Marketbook functions are installed, all figures "
    "update at once. Charts and takeaways update when you refresh: click Refresh on the Marketbook tab, or "
    "close the file and run 'marketbook refresh'. Refresh does not change this sheet or your own sheets."
)
_LEGEND = (
    ("Input", "1,234", "Blue on yellow: your inputs. Change them."),
    ("Text", "1,234", "Black: calculated by a formula, or as printed by the source."),
    ("Cross sheet", "1,234", "Green: taken from another sheet."),
)


def build_start(draft: Draft) -> None:
    """Add the sheet, which belongs to the user from then on."""
    page = draft.page(START.title, (30, 58, 70))
    page.put("A1", "Marketbook", "Title")
    page.put("A2", "Market sizes from published reports, with a source for every figure.", "Subtitle")
    put_banner(draft, page, "A3", "C")
    page.height(1, 26)
    _put_inputs(draft, page)
    _put_data(draft, page)
    page.row(15, ("Refresh", "", ""), ("Heading",) * 3)
    page.put("A16", _REFRESH, "Plain")
    page.merge("A16:C16", height=48)
    _put_legend(page, 18)
    after = _put_guide(draft, page, 23)
    last = _put_functions(page, after + 1)
    page.set_up_print(f"A1:C{last}", breaks=(after,))


def _put_inputs(draft: Draft, page: Page) -> None:
    page.row(4, ("Choose", "", ""), ("Heading",) * 3)
    year = "Year. Default: base year, or the latest year with shares."
    for at, label, name, value, note in (
        (5, "Market", "mb_market", draft.inputs.market, "Choose from the list of markets in the catalog."),
        (6, "Unit", "mb_unit", draft.inputs.unit, "Choose from the list. Currencies are not converted."),
        (7, "Year of shares", "mb_year_choice", draft.inputs.year, year),
    ):
        page.put(f"A{at}", label, "Label")
        page.put_named(name, f"B{at}", value, "Input")
        page.put(f"C{at}", note, "Note")
    page.drop_down("B5", "mb_markets", "Market", "Choose a market from the list.")
    page.drop_down("B6", "mb_units", "Unit", "Choose a unit from the list.")
    page.whole_number("B7", FIRST_YEAR, LAST_YEAR, "Year of shares", _YEARS)


def _put_data(draft: Draft, page: Page) -> None:
    def info(item: str) -> Expr:
        return if_error(draft.ask("MARKET_INFO", item=item), "not stated")

    page.row(9, ("Data", "", ""), ("Heading",) * 3)
    for at, label, shown in (
        (10, "Source", info("publisher")),
        (11, "Data date", info("date")),
        (12, "Built for", draft["mb_built_market"] & ", " & draft["mb_built_unit"]),
        (13, "Refreshed", draft["mb_refreshed"]),
    ):
        page.put(f"A{at}", label, "Label")
        page.put(f"B{at}", shown)


def _put_legend(page: Page, first: int) -> None:
    page.row(first, ("Colors", "", ""), ("Heading",) * 3)
    for at, (look, sample, meaning) in enumerate(_LEGEND, start=first + 1):
        page.put(f"A{at}", sample, look)
        page.put(f"B{at}", meaning)
        page.merge(f"B{at}:C{at}")


def _put_guide(draft: Draft, page: Page, first: int) -> int:
    """Write what each sheet is about; return the row below the last."""
    page.row(first, ("Sheets", "", ""), ("Heading",) * 3)
    listed = [item for item in draft.contents.items() if item[0] not in (START.title, "Lists")]
    for at, (title, about) in enumerate(listed, start=first + 1):
        page.put(f"A{at}", title, "Link", f"#'{title}'!A1")
        page.put(f"B{at}", about)
        page.put(f"C{at}", None)
        page.merge(f"B{at}:C{at}")
    return first + len(listed) + 1


def _put_functions(page: Page, first: int) -> int:
    page.row(first, ("Function", "Syntax", "Description"), ("Header",) * 3)
    for at, function in enumerate(FUNCTIONS.values(), start=first + 1):
        page.row(at, (function.name, function.signature, function.help), ("Label", "Text", "Text"))
        page.height(at, 30)
    return first + len(FUNCTIONS)


START = Sheet("Start", "Your choices, and guides to sheets and functions.", build_start, is_users=True)

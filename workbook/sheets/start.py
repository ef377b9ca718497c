"""The Start sheet: the user's choices, how to refresh, and guides to the sheets and functions."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from markets.facts import FIRST_YEAR, LAST_YEAR
from udfs.registry import FUNCTIONS
from workbook.draft import Draft
from workbook.page import Page

_YEARS = f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}, or leave the cell blank."
_GUIDE = {
    "Overview": "Headline figures, key takeaways, and a chart of the size by year.",
    "Forecast": "Size, growth and status by year, next to the sizes at the stated CAGR.",
    "Segments": "Share, size and CAGR of each segment. If a figure is not stated, the reason is given.",
    "Regions": "The same for regions.",
    "Players": "Companies that the source names as key players.",
    "Indicators": "Context figures from the source.",
    "Assumptions": "A table for your own figures. Refresh does not change it.",
    "Checks": "Whether the figures of the source are consistent.",
    "Sources": "Every fact and where it is printed in the source.",
}
_REFRESH = (
    "Choose a market and a unit in the yellow cells. If the Marketbook functions are installed, all figures "
    "update at once. Chart titles, takeaways and footers update when you refresh: click Refresh on the "
    "Marketbook tab, or close the file and run 'marketbook refresh'. Refresh does not change Start, "
    "Assumptions or your own sheets."
)


def open_start(draft: Draft) -> None:
    """Add the sheet with its inputs, on which everything else depends."""
    page = draft.page("Start", (30, 58, 70))
    page.put("A1", "Marketbook", "Title")
    page.put("A2", "Market sizes from published reports, with a source for every figure.", "Subtitle")
    page.sheet.row_dimensions[1].height = 26
    page.row(4, ("Choose", "", ""), ("Heading",) * 3)
    for at, label, name, value, note in (
        (5, "Market", "mb_market", draft.market.name, "Choose from the list of markets in the catalog."),
        (6, "Unit", "mb_unit", draft.unit, "Choose from the list. Currencies are not converted."),
        (
            7,
            "Year of shares",
            "mb_year_choice",
            draft.year,
            "Year. Default: base year, or the latest year with shares.",
        ),
    ):
        page.put(f"A{at}", label, "Label")
        page.put_named(name, f"B{at}", value, "Input")
        page.put(f"C{at}", note, "Note")


def close_start(draft: Draft) -> None:
    """Fill the rest of the sheet, which depends on the other sheets."""
    page = draft.pages["Start"]
    _put_drop_downs(page)
    page.row(9, ("Data", "", ""), ("Heading",) * 3)
    page.put("A10", "Source", "Label")
    page.put("B10", draft["mb_built_source"])
    page.put("A11", "Data date", "Label")
    page.put("B11", draft["mb_data_date"])
    page.put("A12", "Built for", "Label")
    page.put("B12", draft["mb_built_market"] & ", " & draft["mb_built_unit"])
    page.put("A13", "Refreshed", "Label")
    page.put("B13", draft["mb_refreshed"])
    page.put("A14", draft["mb_banner"], "Banner")
    page.row(16, ("Refresh", "", ""), ("Heading",) * 3)
    page.put("A17", _REFRESH, "Plain")
    page.span("A17:C17", height=48)
    after = _put_guide(page, 19)
    page.sheet.row_breaks.append(Break(id=after))
    last = _put_functions(page, after + 1)
    page.sheet.freeze_panes = "A4"
    page.set_up_print(f"A1:C{last}", None, draft.attribution)


def _put_drop_downs(page: Page) -> None:
    for place, listed, title in (("B5", "mb_markets", "Market"), ("B6", "mb_units", "Unit")):
        choice = DataValidation(type="list", formula1=listed, allow_blank=False)
        choice.errorTitle, choice.error = title, f"Choose a {title.lower()} from the list."
        choice.errorStyle = "warning"
        page.sheet.add_data_validation(choice)
        choice.add(place)
    year = DataValidation(type="whole", operator="between", formula1=str(FIRST_YEAR), formula2=str(LAST_YEAR))
    year.errorTitle, year.error = "Year of shares", _YEARS
    page.sheet.add_data_validation(year)
    year.add("B7")


def _put_guide(page: Page, first: int) -> int:
    page.row(first, ("Sheets", "", ""), ("Heading",) * 3)
    for at, (title, about) in enumerate(_GUIDE.items(), start=first + 1):
        page.put(f"A{at}", title, "Link")
        page.sheet[f"A{at}"].hyperlink = Hyperlink(ref=f"A{at}", location=f"'{title}'!A1", display=title)
        page.put(f"B{at}", about)
        page.span(f"B{at}:C{at}")
        page.put(f"C{at}", None)
    return first + len(_GUIDE) + 1


def _put_functions(page: Page, first: int) -> int:
    page.row(first, ("Function", "Syntax", "Description"), ("Header",) * 3)
    for at, function in enumerate(FUNCTIONS.values(), start=first + 1):
        page.row(at, (function.name, function.signature, function.help), ("Label", "Text", "Text"))
        page.sheet.row_dimensions[at].height = 30
    return first + len(FUNCTIONS)

"""The Start sheet: the user's choices, what is shown, how to refresh, and guides to sheets and functions."""

from markets.facts import FIRST_YEAR, LAST_YEAR
from udfs.registry import FUNCTIONS
from workbook.areas import TableArea
from workbook.draft import Draft
from workbook.formulas import if_error, index, text
from workbook.page import Page
from workbook.report import Content
from workbook.selecting import LATEST
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet

_WIDTHS = (30, 52, 56)
_YEARS = f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}, or leave the cell blank."
_SOURCE = "Publisher, or latest, median, low or high of all publishers. Default: latest."
_AS_OF = "Date. Later reports are ignored. Blank: none are."
_REFRESH = (
    "Choose in the yellow cells. If the Marketbook functions are installed, all figures "
    "update at once. Charts and takeaways update when you refresh: click Refresh on the Marketbook tab, or "
    "close the file and run 'marketbook refresh'. Refresh does not change this sheet or your own sheets."
)
_LEGEND = (
    ("Input", "Blue on yellow", "Your inputs. Change them."),
    ("Text", "Black", "Calculated by a formula, or as printed by the source."),
    ("Text linked", "Green", "Taken from another sheet."),
    (
        *("Text estimated", "Italics"),
        "An estimate: the source does not state the figure. Low and High are what its statements allow.",
    ),
    ("Text assumed", "Blue italics", "A figure that rests on your assumptions."),
    (
        *("Text", "Light band in a chart"),
        "What the source's statements allow, from low to high. Its color changes at the estimate.",
    ),
)
_SHOWN, _LEGEND_ROW = 12, 21
_NOT_IN_THE_GUIDE = ("Start", "Lists")


def build_start(draft: Draft) -> None:
    """Add the sheet, which belongs to the user from then on.

    The legend with the guide to the sheets, and the list of functions, print on pages of their own.
    """
    page = draft.page(START.title, _WIDTHS)
    page.put("A1", "Marketbook", "Title")
    page.put("A2", "Market sizes from published reports, with a source for every figure.", "Subtitle")
    put_banner(draft, page, "A3", "C")
    page.height(1, 26)
    _put_inputs(draft, page)
    _put_shown(draft, page)
    _put_heading(page, 18, "Refresh")
    page.put("A19", _REFRESH, "Plain")
    page.merge("A19:C19", height=34)
    _put_legend(page, _LEGEND_ROW)
    last = _put_guide(draft, page, _LEGEND_ROW + len(_LEGEND) + 2)
    end = _put_functions(page, last + 2)
    page.set_up_print(f"A1:C{end}", breaks=(_LEGEND_ROW - 1, last))


def _put_heading(page: Page, at: int, title: str) -> None:
    page.row(at, (title, "", ""), ("Heading",) * 3)


def _put_inputs(draft: Draft, page: Page) -> None:
    _put_heading(page, 4, "Choose")
    year = "Year. Default: base year, or the latest year with shares."
    for at, label, name, value, note in (
        (5, "Market", "mb_market", draft.inputs.market, "Choose from the list of markets in the catalog."),
        (
            6,
            "Unit",
            "mb_unit",
            draft.inputs.unit or None,
            "Choose from the list. Currencies are not converted.",
        ),
        (7, "Year of shares", "mb_year_choice", draft.inputs.year, year),
        (8, "Source", "mb_source_choice", draft.inputs.source or LATEST, _SOURCE),
        (9, "As of", "mb_as_of", draft.inputs.as_of, _AS_OF),
    ):
        page.put(f"A{at}", label, "Label")
        page.put_named(name, f"B{at}", value, "Input date" if name == "mb_as_of" else "Input")
        page.put(f"C{at}", note, "Note")
    page.drop_down("B5", "mb_markets", "Market", "Choose a market from the list.")
    page.drop_down("B6", "mb_units", "Unit", "Choose a unit from the list.")
    page.whole_number("B7", FIRST_YEAR, LAST_YEAR, "Year of shares", _YEARS)
    page.drop_down("B8", "mb_sources", "Source", "Choose a source from the list.")
    page.date("B9", "As of", "Enter a date, or leave the cell blank.")


def _put_shown(draft: Draft, page: Page) -> None:
    """Write the headline figures of the chosen market, and for which one the sheets were built."""

    def sized(year: str) -> Content:
        return if_error(text("Size in ") & draft[year] & ", " & draft["mb_shown_unit"], "Size")

    answering = index(draft.ask("MARKET_INFO", item="catalog"), 1)
    built = draft["mb_built_market"] & ", " & draft["mb_built_unit"]
    rows: tuple[tuple[Content, Content, str, Content], ...] = (
        (sized("mb_base_year"), draft["mb_size_base"], "Size", draft["mb_source"]),
        (sized("mb_last_year"), draft["mb_size_end"], "Size", ""),
        ("CAGR stated", draft["mb_cagr"], "Percent stated", ""),
        ("Report sheets built for", built, "Text", "Charts, takeaways and sources are for this market."),
        ("Refreshed", draft["mb_refreshed"], "Text", if_error(text("Catalog: ") & answering)),
    )
    _put_heading(page, _SHOWN - 1, "Shown")
    for at, (label, shown, look, note) in enumerate(rows, start=_SHOWN):
        page.put(f"A{at}", label, "Label")
        page.put(f"B{at}", shown, look)
        page.put(f"C{at}", note, "Note")
    page.grey_errors(f"B{_SHOWN}:B{_SHOWN + 2}")
    page.sheet.tables.append(TableArea("shown", _SHOWN, len(rows), {"label": "A", "shown": "B", "note": "C"}))


def _put_legend(page: Page, first: int) -> None:
    _put_heading(page, first, "Colors")
    for at, (look, color, meaning) in enumerate(_LEGEND, start=first + 1):
        page.put(f"A{at}", color, look)
        page.put(f"B{at}", meaning)
        page.put(f"C{at}", None)
        page.merge(f"B{at}:C{at}")


def _put_guide(draft: Draft, page: Page, first: int) -> int:
    """Write what each sheet is about; return the last row."""
    _put_heading(page, first, "Sheets")
    listed = [item for item in draft.contents.items() if item[0] not in _NOT_IN_THE_GUIDE]
    for at, (title, about) in enumerate(listed, start=first + 1):
        page.put(f"A{at}", title, "Link", f"#'{title}'!A1")
        page.put(f"B{at}", about)
        page.put(f"C{at}", None)
        page.merge(f"B{at}:C{at}")
    return first + len(listed)


def _put_functions(page: Page, first: int) -> int:
    page.row(first, ("Function", "Syntax", "Description"), ("Header",) * 3)
    for at, function in enumerate(FUNCTIONS.values(), start=first + 1):
        page.row(at, (function.name, function.signature, function.help), ("Label", "Note", "Note"))
        page.height(at, 24.75)  # two lines, and all functions on one page
    return first + len(FUNCTIONS)


START = Sheet("Start", "Your choices, and guides to sheets and functions.", build_start, is_users=True)

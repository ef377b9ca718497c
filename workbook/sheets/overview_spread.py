"""The sources side by side on Overview: the sizes of each publisher in two years, and their span."""

from workbook.draft import Draft
from workbook.formulas import Expr, if_, if_error, index, text
from workbook.page import Page
from workbook.report import Bars, Series
from workbook.sheets.lists import number_of_sources
from workbook.sheets.overview_grid import SOURCE_ROW, SPREAD_ROW, put_across, put_data_heading
from workbook.wording import clipped, left, significant

_MOST = 5
"""The number of sources that have room. The sheet Sources lists all."""
_LONGEST_NAME = 20
_NAVY, _BLUE = "17365D", "7A9CC0"
_PUBLISHER, _DATE, _SIZE = 1, 2, 4
"""Columns of SOURCE_TABLE."""
_SPAN = ("low", "median", "high")


def put_spread(draft: Draft, page: Page, first: int) -> None:
    """Write the panel below the takeaways, and its figures from row `first` on."""
    put_data_heading(page, first, "Size by source")
    page.put(f"A{first + 1}", "Publisher and month", "Note")
    years = {"C": draft["mb_base_year"], "E": draft["mb_last_year"]}
    for column, year in years.items():
        page.put(f"{column}{first + 1}", year & "", "Note")
    start, shown = first + 2, draft.sources[:_MOST]
    end = start + len(shown)
    for number, row in enumerate(range(start, end), start=1):
        _put_source(draft, page, row, number, years)
    for row, pick in enumerate(_SPAN, start=end):
        page.put(f"A{row}", pick.capitalize(), "Text")
        for column, year in years.items():
            asked = draft.ask("MARKET_SIZE", year=year, source=text(pick) & draft["mb_as_of_words"])
            page.put(f"{column}{row}", asked, "Size")
    page.grey_errors(f"C{start}:E{end + len(_SPAN) - 1}")
    _put_panel(draft, page, first + 1, end)
    page.sheet.charts.append(_chart(draft, page, start, end - 1))


def _put_source(draft: Draft, page: Page, row: int, number: int, years: dict[str, Expr]) -> None:
    """Write a source with its sizes. A size that it does not state stays an error, so that it has no bar."""

    def told(year: Expr, column: int) -> Expr:
        return index(draft.ask("SOURCE_TABLE", year=year, source=draft["mb_all_sources"]), number, column)

    base_year = draft["mb_base_year"]
    named = clipped(told(base_year, _PUBLISHER), _LONGEST_NAME)
    page.put(f"A{row}", if_error(named & ", " & left(told(base_year, _DATE), 7)), "Text")
    for column, year in years.items():
        page.put(f"{column}{row}", told(year, _SIZE), "Overview Label")


def _put_panel(draft: Draft, page: Page, head: int, end: int) -> None:
    """Write the heading, and a line for each year with the lowest, the median and the highest size."""
    count = number_of_sources(draft, draft["mb_all_sources"])
    opening = text("Sources compared, ")
    if len(draft.sources) > _MOST:
        opening = text(f"Newest {_MOST} of ") & count & " sources, "
    put_across(page, SPREAD_ROW, "IJK", opening & draft["mb_shown_unit"], "Overview Heading")
    same = page[f"E{head}"].equals(page[f"C{head}"])
    for at, column in enumerate("CE", start=SPREAD_ROW + 1):
        span = page[f"{column}{head}"] & ": "
        for number, pick in enumerate(_SPAN):
            size = significant(page[f"{column}{end + number}"])
            span = span & (", " if number else "") & pick & " " & size
        line = if_error(span) if column == "C" else if_(if_error(same, True), "", if_error(span))
        put_across(page, at, "IJK", line, "Overview Line")


def _chart(draft: Draft, page: Page, first: int, last: int) -> Bars:
    def series(column: str, colour: str) -> Series:
        area = [page.reference(f"{letter}{first}:{letter}{last}") for letter in (column, "A")]
        title = page.reference(f"{column}{first - 1}")
        return Series(title, area[0], colour, area[1], labels="both")

    one_year = draft["mb_base_year"].value == draft["mb_last_year"].value
    pieces = [series("C", _NAVY), *([] if one_year else [series("E", _BLUE)])]
    listed = "; ".join(str(page[f"A{row}"].value) for row in range(first, last + 1))
    described = f"Bar chart of the size of {draft.market.name} by source: {listed}."
    return Bars(f"I{SPREAD_ROW + 3}:K{SOURCE_ROW - 1}", tuple(pieces), described)

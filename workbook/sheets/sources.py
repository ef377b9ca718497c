"""The Sources sheet: the sources side by side, and every fact of one as it prints it, with its location."""

from collections.abc import Callable

from markets.errors import NoFigure
from markets.listing import Row as Fact
from markets.listing import fact_rows
from workbook.draft import Draft
from workbook.formulas import if_error, index
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW = 9
_MOST_FROZEN = 16
_NOT_LIVE = "As printed. This sheet shows the market that the workbook was built for, until you refresh."


def build_sources(draft: Draft) -> None:
    """Add the sheet. Everything on it is as printed, so its head names the market that it was built for."""
    facts = fact_rows(draft.market)
    columns, compared = _columns(facts), _compared(draft)
    page = draft.page(SOURCES.title, [*widths(columns), compared[-1].width])
    page.put("A1", draft["mb_built_market"] & ": sources", "Title")
    page.put("A2", _NOT_LIVE, "Subtitle")
    put_banner(draft, page, "A3", "F")
    page.height(1, 26)
    _put_source(draft, page)
    put_table(page, compared, HEADER_ROW, len(draft.sources), name="sources")
    head = HEADER_ROW + len(draft.sources) + 2
    put_table(page, columns, head, len(facts))
    if head > _MOST_FROZEN:
        page.sheet.freeze = ""
    last = head + len(facts)
    page.sheet.filter = f"A{head}:E{last}"
    page.set_up_print(f"A1:F{max(last, head + 1)}", head)


def _put_source(draft: Draft, page: Page) -> None:
    """Write the source in rows 4 to 7, two details in a row where they are short."""
    source = draft.market.source
    for at, label, shown, link in (
        (4, "Title", source.title, ""),
        (5, "Publisher", source.publisher, ""),
        (6, "Author", source.author, ""),
        (7, "Address", source.url, source.url),
    ):
        page.row(at, (label, None, None, None, None), ("Label", *("Text",) * 4))
        page.put(f"B{at}", shown or "not stated", "Link" if link else "Text", link)
    for at, label, shown in ((5, "Date", str(source.date)), (6, "Geography", draft.market.geography)):
        page.put(f"D{at}", label, "Label")
        page.put(f"E{at}", shown or "not stated")
        page.merge(f"B{at}:C{at}")
    for at in (4, 7):
        page.merge(f"B{at}:E{at}")


def _compared(draft: Draft) -> list[Column]:
    """The rows of SOURCE_TABLE, in the order that suits the widths of the facts below."""
    about = {"market": draft["mb_built_market"], "unit": draft["mb_built_unit"]}
    about["source"] = draft["mb_built_sources"]
    year = float(_year(draft))

    def told(column: int, otherwise: str = "") -> Callable[[Row], Content]:
        table = draft.ask("SOURCE_TABLE", year=year, **about)
        return lambda row: if_error(index(table, row.number, column), otherwise)

    size = if_error(index(draft.ask("SOURCE_TABLE", year=year, **about, headers=True), 1, 4), "Size")
    return [
        Column("date", "Date", 12, "Text", told(2)),
        Column("publisher", "Publisher", 36, "Text", told(1)),
        Column("base_year", "Base year", 15, "Year", told(3)),
        Column("size", size, 24, "Size", told(4)),
        Column("status", "Status of the size", 46, "Text", told(6, "no figure")),
        Column("cagr", "CAGR", 12, "Percent stated", told(5)),
    ]


def _year(draft: Draft) -> int:
    """Return the base year; the year of publication if there is none."""
    try:
        return draft.market.base_year
    except NoFigure:
        return draft.market.source.date.year


def _columns(facts: list[Fact]) -> list[Column]:
    def of(row: Row) -> Fact:
        return facts[row.number - 1]

    def year(row: Row) -> Content:
        """A number if it is one year, so that the column can be filtered by years."""
        years = of(row).years
        return float(years) if years.isdecimal() else years

    return [
        Column("kind", "Kind", 12, "Text", lambda row: of(row).kind),
        Column("about", "About", 36, "Text", lambda row: of(row).about),
        Column("year", "Year", 15, "Year", year),
        Column("printed", "As printed", 24, "Text", lambda row: of(row).stated),
        Column("at", "Location in the source", 46, "Text", lambda row: of(row).at),
    ]


SOURCES = Sheet("Sources", "The sources side by side, and where every fact is printed.", build_sources)

"""The Sources sheet: every fact as the source prints it, with its location in the source."""

from markets.listing import Row as Fact
from markets.listing import fact_rows
from workbook.draft import Draft
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

HEADER_ROW = 9
_NOT_LIVE = "As printed. This sheet shows the market that the workbook was built for, until you refresh."


def build_sources(draft: Draft) -> None:
    """Add the sheet. Everything on it is as printed, so its head names the market that it was built for."""
    facts = fact_rows(draft.market)
    columns = _columns(facts)
    page = draft.page(SOURCES.title, widths(columns))
    page.put("A1", draft["mb_built_market"] & ": sources", "Title")
    page.put("A2", _NOT_LIVE, "Subtitle")
    put_banner(draft, page, "A3", "E")
    page.height(1, 26)
    _put_source(draft, page)
    table = put_table(page, columns, HEADER_ROW, len(facts))
    page.sheet.filter = f"A{HEADER_ROW}:E{HEADER_ROW + len(facts)}"
    page.set_up_print(table.printed(), HEADER_ROW)


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
        Column("at", "Location in the source", 52, "Text", lambda row: of(row).at),
    ]


SOURCES = Sheet("Sources", "Every fact, and where it is printed in the source.", build_sources)

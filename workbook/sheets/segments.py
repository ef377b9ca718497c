"""The Segments and Regions sheets: share, size, CAGR and status of each segment."""

from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, index, text
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.head import derivation, put_head
from workbook.sheets.kind import Sheet
from workbook.tables import Column, Row, put_table, widths

YEAR_ROW, HEADER_ROW = 5, 6


def build_segments(draft: Draft) -> None:
    """Add the Segments sheet with the year of shares."""
    columns = _columns(draft, None, draft["mb_segment_count"])
    page = _page(draft, SEGMENTS, columns)
    choice, latest = draft["mb_year_choice"], draft.ask("MARKET_INFO", item="share year")
    page.put_named("mb_share_year", f"B{YEAR_ROW}", if_(choice.equals(""), latest, choice), "Year")
    _put_table(page, columns, draft["mb_segment_count"], ready=18)


def build_regions(draft: Draft) -> None:
    """Add the Regions sheet: the segments at the end of the list of all segments."""
    columns = _columns(draft, draft["mb_segment_count"], draft["mb_region_count"])
    page = _page(draft, REGIONS, columns)
    page.put(f"B{YEAR_ROW}", draft["mb_share_year"], "Year")
    _put_table(page, columns, draft["mb_region_count"], ready=10)


def _page(draft: Draft, sheet: Sheet, columns: list[Column]) -> Page:
    page = draft.page(sheet.title, widths(columns))
    put_head(draft, page, sheet.key, "G", sized=True)
    page.put(f"A{YEAR_ROW}", "Year of shares", "Label")
    return page


def _put_table(page: Page, columns: list[Column], count: Expr, ready: int) -> None:
    filled = int(count.value)
    table = put_table(page, columns, HEADER_ROW, filled, ready)
    page.bars(table.area("share", max(ready, filled)))
    page.sheet.freeze = f"C{table.first}"
    page.set_up_print(f"A1:G{HEADER_ROW + max(filled, 1)}", HEADER_ROW)


def _columns(draft: Draft, skip: Expr | None, count: Expr) -> list[Column]:
    """Return the columns. Only `name` lists the segments; the other columns are about its cells.

    `skip` is the number of segments before the first, `count` the number of segments.
    """

    def about(row: Row, shown: Expr) -> Expr:
        return if_(row["name"].equals(""), "", shown)

    def ask(row: Row, function: str, **arguments: Expr) -> Expr:
        return draft.ask(function, segment=row["name"], **arguments)

    def of_year(row: Row, function: str) -> Expr:
        return ask(row, function, year=draft["mb_share_year"])

    def figure(row: Row, what: str) -> str:
        year = draft["mb_share_year"].value
        when = f" {year:.0f}" if isinstance(year, float) else ""
        return f"{row['name'].value}: {what}{when}"

    def name(row: Row) -> Content:
        place = Expr(str(row.number), row.number) if skip is None else skip + float(row.number)
        return if_(count.below(float(row.number)), "", index(draft.ask("SEGMENT_LIST"), place))

    def share(row: Row) -> Content:
        return about(row, if_error(of_year(row, "SEGMENT_SHARE")))

    def size(row: Row) -> Content:
        return about(row, if_error(of_year(row, "MARKET_SIZE")))

    def cagr(row: Row) -> Content:
        return about(row, if_error(ask(row, "MARKET_CAGR")))

    def status(row: Row) -> Content:
        return about(row, if_error(of_year(row, "MARKET_STATUS"), "not stated"))

    def source(row: Row) -> Content:
        return about(row, of_year(row, "MARKET_SOURCE"))

    in_unit = text("Size, ") & draft["mb_unit"]
    return [
        Column("dimension", "Dimension", 18, "Text", lambda row: about(row, before(row["name"], "/"))),
        Column("segment", "Segment", 32, "Label", lambda row: about(row, after(row["name"], "/"))),
        Column("share", "Share", 16, "Percent stated", share, lambda row: figure(row, "share")),
        Column("size", in_unit, 18, "Size", size, lambda row: figure(row, "size"), "source"),
        Column("cagr", "CAGR", 12, "Percent stated", cagr, lambda row: f"{row['name'].value}: CAGR"),
        Column("status", "Status of size", 14, "Text", status),
        Column("derivation", "Derivation, or why there is none", 60, "Note", lambda row: derivation(row["source"])),
        Column("name", "Name in formulas", 38, "Note", name),
        Column("source", "Source in full", 92, "Note", source),
    ]


SEGMENTS = Sheet("Segments", "Share, size and CAGR of each segment, or why there is none.", build_segments)
REGIONS = Sheet("Regions", "The same for regions.", build_regions)

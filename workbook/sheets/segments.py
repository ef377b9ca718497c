"""The Segments and Regions sheets: share, size, CAGR and status of each segment."""

from collections.abc import Iterable

from markets.facts import Cagr, Share
from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, index, text
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.head import derivation, put_head
from workbook.sheets.kind import Sheet
from workbook.sheets.overview_figures import answered
from workbook.spelling import derived_decimals
from workbook.styles import WHOLE_PERCENT_FORMAT
from workbook.tables import BROKEN_PERCENT, Column, Row, put_table, widths

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
    table = put_table(page, columns, HEADER_ROW, int(count.value), ready)
    page.bars(table.area("share"))
    table.say_if_empty("A4", f"The source names no {page.title.lower()}.")
    page.set_up_print(table.printed(), HEADER_ROW)


class _Segment:
    """The cells of one segment's row. Only `name` lists the segments; the others are about its cell.

    `skip` is the number of segments before the first, `count` the number of segments.
    """

    def __init__(self, draft: Draft, skip: Expr | None, count: Expr) -> None:
        self._draft = draft
        self._skip = skip
        self._count = count

    def _about(self, row: Row, shown: Expr) -> Expr:
        return if_(row["name"].equals(""), "", shown)

    def _of_year(self, row: Row, function: str) -> Expr:
        return self._draft.ask(function, segment=row["name"], year=self._draft["mb_share_year"])

    def name(self, row: Row) -> Content:
        place = Expr(str(row.number), row.number) if self._skip is None else self._skip + float(row.number)
        listed = index(self._draft.ask("SEGMENT_LIST"), place)
        return if_(self._count.below(float(row.number)), "", listed)

    def dimension(self, row: Row) -> Content:
        return self._about(row, before(row["name"], "/"))

    def segment(self, row: Row) -> Content:
        return self._about(row, after(row["name"], "/"))

    def share(self, row: Row) -> Content:
        return self._about(row, if_error(self._of_year(row, "SEGMENT_SHARE")))

    def size(self, row: Row) -> Content:
        return self._about(row, if_error(self._of_year(row, "MARKET_SIZE")))

    def most_decimals(self, row: Row) -> int | None:
        """Return the most decimals of a size that follows from a share, which is not more exact than that."""
        market, year = self._draft.market, self._draft["mb_share_year"].value
        name = row["name"].value
        if not isinstance(year, float) or not isinstance(name, str) or not name:
            return None
        answer = answered(lambda: market.size(int(year), market.segment(name)))
        return derived_decimals(market, market.unit.parse(self._draft.unit), answer) if answer else None

    def cagr(self, row: Row) -> Content:
        return self._about(row, if_error(self._draft.ask("MARKET_CAGR", segment=row["name"])))

    def status(self, row: Row) -> Content:
        return self._about(row, if_error(self._of_year(row, "MARKET_STATUS"), "not stated"))

    def derivation(self, row: Row) -> Content:
        return derivation(row["source"])

    def source(self, row: Row) -> Content:
        return self._about(row, self._of_year(row, "MARKET_SOURCE"))

    def share_figure(self, row: Row) -> str:
        return self._figure(row, "share") + self._when()

    def size_figure(self, row: Row) -> str:
        return self._figure(row, "size") + self._when()

    def cagr_figure(self, row: Row) -> str:
        return self._figure(row, "CAGR")

    def _figure(self, row: Row, what: str) -> str:
        return f"{row['name'].value}: {what}"

    def _when(self) -> str:
        year = self._draft["mb_share_year"].value
        return f" {year:.0f}" if isinstance(year, float) else ""


def _columns(draft: Draft, skip: Expr | None, count: Expr) -> list[Column]:
    shown = _Segment(draft, skip, count)
    in_unit = text("Size, ") & draft["mb_shown_unit"]
    segments = draft.market.segments
    shares = [share for segment in segments for share in draft.market.stated_shares(segment)]
    growths = [growth.cagr for segment in segments for growth in draft.market.trajectory(segment).growths]
    return [
        Column("dimension", "Dimension", 16, "Text", shown.dimension),
        Column("segment", "Segment", 28, "Label", shown.segment),
        Column(
            *("share", "Share", 14, "Percent stated", shown.share, shown.share_figure, "source"),
            when=[BROKEN_PERCENT],
            number_format=_percent_format(shares),
        ),
        Column(
            "size", in_unit, 16, "Size", shown.size, shown.size_figure, "source", most=shown.most_decimals
        ),
        Column(
            *("cagr", "CAGR", 9, "Percent stated", shown.cagr, shown.cagr_figure),
            when=[BROKEN_PERCENT],
            number_format=_percent_format(growths),
        ),
        Column("status", "Status of size", 14, "Text", shown.status),
        Column("derivation", "Derivation, or why there is none", 45, "Note", shown.derivation),
        Column("name", "Name in formulas", 38, "Line", shown.name, printed=False),
        Column("source", "Source in full", 92, "Line", shown.source, printed=False),
    ]


def _percent_format(stated: Iterable[Share | Cagr]) -> str:
    """Return the number format of whole percentages if all are printed so, else none."""
    decimals = {fact.value.decimals for fact in stated}
    return WHOLE_PERCENT_FORMAT if decimals == {0} else ""


SEGMENTS = Sheet("Segments", "Share, size and CAGR of each segment, or why there is none.", build_segments)
REGIONS = Sheet("Regions", "The same for regions.", build_regions)

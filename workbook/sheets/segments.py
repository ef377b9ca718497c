"""The Segments and Regions sheets: share, size, CAGR and status of each segment, stated or estimated."""

from collections.abc import Iterable

from markets.facts import Cagr, Share
from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, index
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.head import put_head
from workbook.sheets.kind import Sheet
from workbook.sheets.segment_bands import band_columns, put_bands
from workbook.sheets.segment_years import SegmentYear
from workbook.styles import WHOLE_PERCENT_FORMAT
from workbook.tables import BROKEN_PERCENT, Column, Row, gap, put_table, widths

YEAR_ROW, HEADER_ROW = 5, 6
_ROW_HEIGHT = 30
"""Two lines: the bars of the chart stand beside their rows only if these are of one height."""
_LEGEND = (
    "Italics: an estimate, as the source does not state the figure; in blue, it rests on your assumptions. "
    "Low, High and the band: what the statements allow; its color changes at the estimate."
)


def build_segments(draft: Draft) -> None:
    """Add the Segments sheet with the year of shares, and the one to compare with."""
    page = draft.page(SEGMENTS.title, ())
    choice, latest = draft["mb_year_choice"], draft.ask("MARKET_INFO", item="share year")
    place = f"B{YEAR_ROW}"
    year = page.put_named("mb_share_year", place, if_(choice.equals(""), latest, choice), "Year")
    page.put_named("mb_other_year", f"I{YEAR_ROW}", _other_year(draft, year), "Year")
    _fill(draft, page, SEGMENTS, None, draft["mb_segment_count"], ready=18)


def build_regions(draft: Draft) -> None:
    """Add the Regions sheet: the segments at the end of the list of all segments."""
    page = draft.page(REGIONS.title, ())
    page.put(f"B{YEAR_ROW}", draft["mb_share_year"], "Year")
    page.put(f"I{YEAR_ROW}", draft["mb_other_year"], "Year")
    _fill(draft, page, REGIONS, draft["mb_segment_count"], draft["mb_region_count"], ready=10)


def _other_year(draft: Draft, year: Expr) -> Expr:
    """Return the last year or, where its shares are chosen, the base year; blank if there is no other."""
    last, base = draft["mb_last_year"], index(draft.ask("MARKET_INFO", item="base year"), 1)
    other = if_(last.equals(year), base, last)
    return if_error(if_(other.equals(year), "", other))


def _fill(draft: Draft, page: Page, sheet: Sheet, skip: Expr | None, count: Expr, ready: int) -> None:
    chosen = SegmentYear(draft, draft["mb_share_year"])
    other = SegmentYear(draft, draft["mb_other_year"], "other_", may_be_blank=True)
    columns = _columns(draft, _Segment(draft, skip, count), chosen, other)
    page.sheet.widths = tuple(widths(columns))
    put_head(draft, page, sheet.key, "M", sized=True)
    page.put(f"A{YEAR_ROW}", "Year of shares", "Label")
    page.put(f"H{YEAR_ROW}", other.shown("Other year"), "Label")
    table = put_table(page, columns, HEADER_ROW, int(count.value), ready, row_height=_ROW_HEIGHT)
    page.bars(table.area("share"))
    put_bands(table, other)
    table.say_if_empty("A4", f"The source names no {page.title.lower()}.", _LEGEND)
    page.set_up_print(table.printed(), HEADER_ROW)


class _Segment:
    """The cells of a segment's row that are about no year. Only `name` lists the segments.

    `skip` is the number of segments before the first, `count` the number of segments.
    """

    def __init__(self, draft: Draft, skip: Expr | None, count: Expr) -> None:
        self._draft = draft
        self._skip = skip
        self._count = count

    def _about(self, row: Row, shown: Expr) -> Expr:
        return if_(row["name"].equals(""), "", shown)

    def name(self, row: Row) -> Content:
        place = Expr(str(row.number), row.number) if self._skip is None else self._skip + float(row.number)
        listed = index(self._draft.ask("SEGMENT_LIST"), place)
        return if_(self._count.below(float(row.number)), "", listed)

    def dimension(self, row: Row) -> Content:
        return self._about(row, before(row["name"], "/"))

    def segment(self, row: Row) -> Content:
        return self._about(row, after(row["name"], "/"))

    def cagr(self, row: Row) -> Content:
        return self._about(row, if_error(self._draft.ask("MARKET_CAGR", segment=row["name"])))

    def cagr_figure(self, row: Row) -> str:
        return f"{row['name'].value}: CAGR"


def _columns(draft: Draft, shown: _Segment, chosen: SegmentYear, other: SegmentYear) -> list[Column]:
    """The figures of both years and room for the chart; not printed, how each figure was derived."""
    segments = draft.market.segments
    shares = [share for segment in segments for share in draft.market.stated_shares(segment)]
    growths = [growth.cagr for segment in segments for growth in draft.market.trajectory(segment).growths]
    return [
        Column("dimension", "Dimension", 15, "Text", shown.dimension),
        Column("segment", "Segment", 27, "Label", shown.segment),
        *chosen.figures(_percent_format(shares)),
        Column(
            *("cagr", "CAGR", 8.5, "Percent stated", shown.cagr, shown.cagr_figure),
            when=[BROKEN_PERCENT],
            number_format=_percent_format(growths),
        ),
        chosen.status(),
        *other.figures(_percent_format(shares)),
        gap("band", 24),
        *chosen.sources(),
        Column("name", "Name in formulas", 38, "Line", shown.name, printed=False),
        other.status(printed=False),
        *other.sources(),
        *band_columns(other),
    ]


def _percent_format(stated: Iterable[Share | Cagr]) -> str:
    """Return the number format of whole percentages if all are printed so, else none."""
    decimals = {fact.value.decimals for fact in stated}
    return WHOLE_PERCENT_FORMAT if decimals == {0} else ""


SEGMENTS = Sheet(
    "Segments",
    "Share, size and CAGR of each segment, stated or estimated, or why there is none.",
    build_segments,
)
REGIONS = Sheet("Regions", "The same for regions.", build_regions)

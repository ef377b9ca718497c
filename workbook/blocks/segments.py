"""The Segments and Regions sheets: share, size, CAGR and status of each segment, and a share chart."""

from workbook.blocks.head import put_head
from workbook.charts import add_chart, share_chart
from workbook.draft import Draft
from workbook.formulas import Expr, after, as_text, before, call, if_, if_error, index, text
from workbook.page import Page
from workbook.spelling import percent

_CHART_ROW, YEAR_ROW, _HEADER_ROW, FIRST_ROW = 5, 21, 22, 23
_WIDTHS = (18, 32, 12, 18, 12, 14, 78, 38)
_LOOKS = tuple(
    f"{look} row" for look in ("Text", "Label", "Percent stated", "Size", "Percent stated", "Text", "Note")
)


def build_segments(draft: Draft) -> None:
    """Add the Segments sheet with the year of shares. The Overview sheet must be built first."""
    page = draft.page("Segments", _WIDTHS)
    put_head(draft, page, "segments", "H", sized=True)
    choice = draft["mb_year_choice"]
    page.put(f"A{YEAR_ROW}", "Year of shares", "Label")
    latest = call("MARKET_INFO", draft["mb_market"], "share year")
    page.put_named("mb_share_year", f"B{YEAR_ROW}", if_(choice.equals(""), latest, choice), "Year")
    _put_table(draft, page, skip=None, count=draft["mb_segment_count"], ready=18)


def build_regions(draft: Draft) -> None:
    """Add the Regions sheet: the segments at the end of the list of all segments."""
    page = draft.page("Regions", _WIDTHS)
    put_head(draft, page, "regions", "H", sized=True)
    page.put(f"A{YEAR_ROW}", "Year of shares", "Label")
    page.put(f"B{YEAR_ROW}", draft["mb_share_year"], "Year")
    _put_table(draft, page, skip=draft["mb_segment_count"], count=draft["mb_region_count"], ready=10)


def _put_table(draft: Draft, page: Page, skip: Expr | None, count: Expr, ready: int) -> None:
    in_unit = text("Size, ") & draft["mb_unit"]
    headers = (
        *("Dimension", "Segment", "Share", in_unit, "CAGR", "Status of size"),
        *("Source of the size, or why there is none", "Name in formulas"),
    )
    looks = ("Header", "Header", *("Header number",) * 3, *("Header",) * 3)
    page.row(_HEADER_ROW, headers, looks)
    page.sheet.row_dimensions[_HEADER_ROW].height = 32
    filled = int(count.value)
    for number in range(1, max(ready, filled) + 1):
        place = Expr(str(number), number) if skip is None else skip + float(number)
        listed = index(call("SEGMENT_LIST", draft["mb_market"]), place)
        _put_segment(draft, page, FIRST_ROW + number - 1, if_(count.below(number), "", listed))
    page.rule_rows(f"A{FIRST_ROW}:H{FIRST_ROW + max(ready, filled) - 1}")
    last = FIRST_ROW + filled - 1
    if filled:
        chart = share_chart(page.sheet, FIRST_ROW, last, f"{page.title}: shares stated")
        add_chart(page, f"A{_CHART_ROW}", chart, _described(draft, page, filled))
    page.sheet.freeze_panes = "C4"
    page.set_up_print(f"A1:G{max(last, FIRST_ROW)}", _HEADER_ROW, draft.attribution)


def _put_segment(draft: Draft, page: Page, at: int, listed: Expr) -> None:
    """Write one row. The last cell has the name for formulas; the other cells are based on it."""
    market, unit, year = draft["mb_market"], draft["mb_unit"], draft["mb_share_year"]
    key = page.put(f"H{at}", listed, "Note row")
    blank = key.equals("")
    figures: list[Expr | str | float | None] = [
        if_(blank, "", before(key, "/")),
        if_(blank, "", after(key, "/")),
        if_(blank, "", if_error(call("SEGMENT_SHARE", market, key, year))),
        if_(blank, "", if_error(call("MARKET_SIZE", market, year, key, unit))),
        if_(blank, "", if_error(call("MARKET_CAGR", market, key))),
        if_(blank, "", if_error(call("MARKET_STATUS", market, year, key), "not stated")),
        if_(blank, "", call("MARKET_SOURCE", market, year, key, unit)),
    ]
    page.row(at, figures, _LOOKS)


def _described(draft: Draft, page: Page, filled: int) -> str:
    rows = range(FIRST_ROW, FIRST_ROW + filled)
    shares = [(page.operand(f"B{at}").value, page.operand(f"C{at}").value) for at in rows]
    stated = [f"{name} {percent(share)}" for name, share in shares if isinstance(share, float)]
    silent = filled - len(stated)
    gap = f" No share is stated for {silent} of {filled}." if silent else ""
    listed = ", ".join(stated) or "none"
    return (
        f"Bar chart of shares of {draft.market.name}, {as_text(draft['mb_share_year'].value)}: {listed}.{gap}"
    )

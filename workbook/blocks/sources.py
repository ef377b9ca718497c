"""The Sources sheet: every fact as the source prints it, with its location in the source."""

from markets.listing import fact_rows
from workbook.blocks.head import put_head
from workbook.draft import Draft

_FIRST_ROW = 13


def build_sources(draft: Draft) -> None:
    """Add the sheet. It has no formulas, because everything on it is as printed."""
    page = draft.page("Sources", (13, 46, 18, 26, 66))
    put_head(draft, page, "sources", "E")
    source = draft.market.source
    for at, label, text in (
        (5, "Publisher", source.publisher),
        (6, "Title", source.title),
        (7, "Author", source.author),
        (8, "Date", str(source.date)),
        (9, "Covers", draft.market.geography),
        (10, "Address", source.url),
    ):
        page.row(at, (label, text or "not stated", "", "", ""), ("Label", *("Text",) * 4))
        page.span(f"B{at}:E{at}")
    headers = ("Kind", "About", "Year", "As printed", "Location in the source")
    page.row(_FIRST_ROW - 1, headers, ("Header",) * 5)
    rows = fact_rows(draft.market)
    for at, row in enumerate(rows, start=_FIRST_ROW):
        page.row(at, (row.kind, row.about, row.years, row.stated, row.at), ("Text",) * 5)
    last = max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1)
    page.sheet.auto_filter.ref = f"A{_FIRST_ROW - 1}:E{last}"
    page.sheet.freeze_panes = f"A{_FIRST_ROW}"
    page.set_up_print(f"A1:E{last}", _FIRST_ROW - 1, draft.attribution)

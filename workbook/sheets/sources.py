"""The Sources sheet: every fact as the source prints it, with its location in the source."""

from markets.listing import fact_rows
from workbook.draft import Draft
from workbook.sheets.head import put_banner
from workbook.sheets.kind import Sheet

_FIRST_ROW = 13


def build_sources(draft: Draft) -> None:
    """Add the sheet. Everything on it is as printed, so its head names the market that it was built for."""
    page = draft.page(SOURCES.title, (13, 46, 18, 26, 66))
    page.put("A1", draft["mb_built_market"] & ": sources", "Title")
    page.put("A2", f"Source: {draft.edition}", "Subtitle")
    put_banner(draft, page, "A3", "E")
    page.height(1, 26)
    source = draft.market.source
    for at, label, text, link in (
        (5, "Publisher", source.publisher, ""),
        (6, "Title", source.title, ""),
        (7, "Author", source.author, ""),
        (8, "Date", str(source.date), ""),
        (9, "Geography", draft.market.geography, ""),
        (10, "Address", source.url, source.url),
    ):
        page.row(at, (label, None, "", "", ""), ("Label", *("Text",) * 4))
        page.put(f"B{at}", text or "not stated", "Link" if link else "Text", link)
        page.merge(f"B{at}:E{at}")
    headers = ("Kind", "About", "Year", "As printed", "Location in the source")
    page.row(_FIRST_ROW - 1, headers, ("Header",) * 5)
    rows = fact_rows(draft.market)
    for at, row in enumerate(rows, start=_FIRST_ROW):
        page.row(at, (row.kind, row.about, row.years, row.stated, row.at), ("Text",) * 5)
    last = max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1)
    page.sheet.filter = f"A{_FIRST_ROW - 1}:E{last}"
    page.sheet.freeze = f"A{_FIRST_ROW}"
    page.set_up_print(f"A1:E{last}", _FIRST_ROW - 1)


SOURCES = Sheet("Sources", "Every fact, and where it is printed in the source.", build_sources)

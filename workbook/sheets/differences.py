"""The Differences block of the Checks sheet: sizes that sources or editions of a market state differently."""

from collections.abc import Iterator
from contextlib import suppress

from markets.comparisons import comparisons
from markets.errors import NotFound
from markets.market import Market
from markets.selection import Selection
from udfs.catalog import catalog
from workbook.draft import Draft
from workbook.formulas import text
from workbook.page import Page

_HEADERS = ("Header", "Header number", "Header number", "Header", "Header number", "Header", "Header")


def put_differences(draft: Draft, page: Page, first: int) -> int:
    """Write the block from row `first` on, if the market has several editions; return the next free row."""
    compared = list(_editions(draft))
    if len(compared) < 2:
        return first
    title = text("Differences between sources, ") & draft["mb_built_market"]
    heads = (title, "Stated", "Compared with", "Verdict", "Rounding explains up to", "Figure", "Level")
    page.row(first, heads, _HEADERS)
    found = comparisons(compared)
    if not found:
        page.put(f"A{first + 1}", "No figures differ that should agree.", "Remark")
        return first + 3
    for at, check in enumerate(found, start=first + 1):
        shown = (check.what, check.stated, check.expected, str(check.verdict), check.tolerance)
        looks = ("Text", "Size", "Size", "Text", "Size", "Text", "Text")
        page.row(at, (*shown, str(check.kind), str(check.level)), looks)
    return first + len(found) + 2


def _editions(draft: Draft) -> Iterator[Market]:
    """Yield the market in each edition that can be read, of all publishers, up to the chosen date."""
    name, up_to = draft.inputs.market, Selection(as_of=draft.inputs.selection.as_of)
    editions = {(edition.publisher, edition.date) for edition in catalog().market(name, up_to).sources}
    for publisher, date in sorted(editions):
        with suppress(NotFound):
            yield catalog().market(name, Selection(publisher, date))

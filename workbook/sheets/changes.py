"""The Changes block of the Checks sheet: figures that changed in the last refresh."""

from workbook.draft import Draft
from workbook.figures import Change
from workbook.formulas import text
from workbook.page import Page
from workbook.report import Content

_SHOWN = 200
_HEADERS = ("Header", "Header number", "Header number", "Header", "Header", "Header", "Header")


def put_changes(draft: Draft, page: Page, first: int) -> int:
    """Write the block from row `first` on; return its last row. The sources stand in column H."""
    title = text("Changed by the last refresh, ") & draft["mb_built_market"]
    page.row(first, (title, "Old", "New", "Change", "", "", ""), _HEADERS)
    changed = draft.changes
    if not changed:
        none = "There is no earlier refresh to compare with." if changed is None else "No figures changed."
        page.put(f"A{first + 1}", none, "Remark")
        return first + 1
    at = first
    for at, change in enumerate(changed[:_SHOWN], start=first + 1):
        _put_change(page, at, change)
    if len(changed) > _SHOWN:
        at += 1
        page.put(f"A{at}", f"... and {len(changed) - _SHOWN} more", "Remark")
    return at


def _put_change(page: Page, at: int, change: Change) -> None:
    word = "new" if change.old is None else "removed" if change.new is None else "changed"
    values: tuple[Content, ...] = (change.what, change.old, change.new, word, None, None, None, change.source)
    looks = ("Label", change.look, change.look, "Text", "Text", "Text", "Text", "Line")
    page.row(at, values, looks)

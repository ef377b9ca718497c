"""The Changes block of the Checks sheet: figures that changed in the last refresh."""

from collections.abc import Sequence

from workbook.figures import Change
from workbook.page import Page

_SHOWN = 200


def put_changes(page: Page, first: int, changed: Sequence[Change] | None) -> int:
    """Write the block from row `first` on; return its last row. None: no earlier refresh."""
    page.row(first, ("Changed by the last refresh", "Old", "New", "Source"), _HEADERS)
    if not changed:
        none = "There is no earlier refresh to compare with." if changed is None else "No figures changed."
        page.row(first + 1, (none, "", "", ""), ("Text",) * 4)
        return first + 1
    at = first
    for at, change in enumerate(changed[:_SHOWN], start=first + 1):
        cells = (change.what, _shown(change.old), _shown(change.new), change.source)
        page.row(at, cells, ("Label", change.look, change.look, "Note"))
    if len(changed) > _SHOWN:
        at += 1
        page.row(at, (f"... and {len(changed) - _SHOWN} more", "", "", ""), ("Text",) * 4)
    return at


_HEADERS = ("Header", "Header number", "Header number", "Header")


def _shown(value: float | str | None) -> float | str:
    return "none" if value is None else value

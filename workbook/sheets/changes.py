"""The Changes block of the Checks sheet: figures that changed in the last refresh."""

from math import ceil

from workbook.draft import Draft
from workbook.figures import Change
from workbook.formulas import as_text, text
from workbook.page import Page
from workbook.report import Content

_SHOWN = 200
_NARROW = 10
"""The columns of old and new figures are so many characters wide. A longer text would take many lines."""
_WIDE, _LINE_HEIGHT = 90, 16
"""The characters that fit into the columns A to C together, and the height of a line."""
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
    shown: tuple[Content, ...] = (change.what, change.old, change.new)
    if any(isinstance(value, str) and len(value) > _NARROW for value in (change.old, change.new)):
        words = _in_words(change)
        shown = (words, None, None)
        page.merge(f"A{at}:C{at}", _LINE_HEIGHT * ceil(len(words) / _WIDE))
    values = (*shown, word, None, None, None, change.source)
    page.row(at, values, ("Label", change.look, change.look, "Text", "Text", "Text", "Text", "Line"))


def _in_words(change: Change) -> str:
    """Return a change of a text as one text. The name of the figure can have it itself.

    >>> _in_words(Change("Edition of the source", "A Publisher, 2024-01-01", "B, 2025-01-01", "Text", ""))
    'Edition of the source: A Publisher, 2024-01-01 → B, 2025-01-01'
    >>> _in_words(Change("Player Newcomer Imaging", None, "Newcomer Imaging", "Text", ""))
    'Player Newcomer Imaging'
    """
    texts = [as_text(value) for value in (change.old, change.new) if value is not None]
    if len(texts) == 1 and change.what.endswith(texts[0]):
        return change.what
    return f"{change.what}: {' → '.join(texts)}"

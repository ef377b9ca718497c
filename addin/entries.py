"""What is entered in the cells of an open workbook, so that they have what a file of the report has."""

from collections.abc import Callable
from typing import Final, TypeAlias

from workbook.report import Cell

Spell: TypeAlias = Callable[[str], str]
"""Returns a formula with its calls in another spelling."""

_TRUTHS: Final = ("true", "false")
_DIGITS: Final = 16
"""The digits of a number that openpyxl writes."""


def entry(cell: Cell, spell: Spell = str) -> str | float | None:
    """Return what is entered in a cell. An apostrophe keeps text from becoming a number, date or formula.

    A number has the digits that it has in a file: a refresh would take another one for an edit.

    >>> [entry(Cell(text, "Text")) for text in ("Device", "=A1", "May 2024", "true")]
    ['Device', "'=A1", "'May 2024", "'true"]
    >>> entry(Cell(0.042983131359613846, "Percent"))
    0.04298313135961385
    """
    if cell.formula is not None:
        return f"={spell(cell.formula)}"
    text = cell.content
    if not isinstance(text, str):
        return None if cell.value is None else float(f"{cell.value:.{_DIGITS}g}")
    if not text:
        return None
    is_plain = text[0].isalpha() and not any(map(str.isdigit, text)) and text.casefold() not in _TRUTHS
    return text if is_plain else f"'{text}"

"""What a refresh has done, in words for people."""

from collections.abc import Iterator
from typing import Final

from workbook.dependency_graph import OURS
from workbook.figures import Change
from workbook.keeping import KeptAside
from workbook.package import Calls

LISTED: Final = 12
"""The most items of a kind that are listed one by one."""

_CALLS: Final = Calls(OURS)


def told_of_change(change: Change) -> str:
    """Return a changed figure in words.

    >>> told_of_change(Change("Size 2028", 10.6141, None, "Size", "Grand View, 2025"))
    'Size 2028: 10.6141 -> none (Grand View, 2025)'
    """
    old, new = (_value(value, change.look) for value in (change.old, change.new))
    return f"{change.what}: {old} -> {new}" + (f" ({change.source})" if change.source else "")


def told_of_edits(kept: KeptAside) -> Iterator[str]:
    """Yield what is to be said of a sheet that was kept aside: a line, and further lines with an indent."""
    added = f" ({'; '.join(kept.foreign)})" if kept.foreign else ""
    yield f"{kept.sheet} was edited{added}. A copy of it is on the sheet {kept.copy}."
    for edit in kept.edits[:LISTED]:
        yield f"  {edit.cell}: {_value(edit.old, '')} -> {_value(edit.new, '')}"
    if len(kept.edits) > LISTED:
        yield f"  ... and {len(kept.edits) - LISTED} more. They are highlighted on the copy."
    if kept.referring:
        more = f" and {len(kept.referring) - LISTED} more" if len(kept.referring) > LISTED else ""
        listed = ", ".join(kept.referring[:LISTED])
        yield f"  These refer to cells that are only on the copy now: {listed}{more}."


def told_of_formula(formula: str) -> str:
    """Return a stored formula, without its equals sign, as Excel shows it.

    >>> told_of_formula("_xldudf_MARKETBOOK_MARKET_SIZE(A1)*2")
    '=MARKETBOOK.MARKET_SIZE(A1)*2'
    """
    return f"={_CALLS.shown(formula)}"


def _value(value: float | str | None, look: str) -> str:
    if value is None:
        return "none"
    if isinstance(value, str) and value.startswith("="):
        return told_of_formula(value[1:])
    if isinstance(value, str | bool):
        return str(value)
    return f"{value:.2%}" if look.startswith("Percent") else f"{value:,.6g}"

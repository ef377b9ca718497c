"""An earlier state of the workbook: what it was built for, and the figures that it showed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.draft import Draft
from workbook.figures import Cells, Change, Shown, changes, figures


@dataclass(frozen=True)
class Earlier:
    """The market and unit that the report sheets were built for, and their figures."""

    market: str
    unit: str
    figures: Mapping[str, Shown]


def earlier(market: Any, unit: Any, cells_of: Callable[[str], Cells]) -> Earlier:
    """Return the state of the report sheets whose cells are given by title."""
    return Earlier(str(market), str(unit), figures(cells_of))


def changes_since(before: Earlier | None, draft: Draft) -> list[Change] | None:
    """Return what is another in a drawn-up workbook; None where nothing came before.

    Of another market or unit, every figure is another: then that alone is said.
    """
    if before is None:
        return None
    built = (draft.market.name, draft.unit)
    if (before.market, before.unit) != built:
        was, now = f"{before.market}, {before.unit}", ", ".join(built)
        return [Change("Market and unit", was, now, "Text", draft.attribution)]
    return changes(before.figures, figures(lambda title: draft.pages[title].cells()))

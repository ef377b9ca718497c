"""An earlier state of the workbook: what it was built for, and its figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbook.blocks.lists import BUILT_MARKET, BUILT_UNIT
from workbook.draft import Draft
from workbook.figures import Cells, Change, Shown, changes, edition, figures


@dataclass(frozen=True)
class Earlier:
    """The market and unit that the report sheets were built for, and their figures."""

    market: str
    unit: str
    edition: str
    figures: Mapping[str, Shown]


def earlier(cells_of: Callable[[str], Cells]) -> Earlier:
    """Return the state of the report sheets. `cells_of` returns a sheet's cells by its title."""
    built = cells_of("Lists")
    return Earlier(
        str(built.get(BUILT_MARKET)), str(built.get(BUILT_UNIT)), edition(built), figures(cells_of)
    )


def changes_since(before: Earlier | None, draft: Draft) -> list[Change] | None:
    """Return what has changed in a new workbook; None if there is no earlier state to compare with.

    If the market or the unit has changed, all figures have changed, so only that is returned. A
    workbook saved by a program that does not calculate has no figures to compare with.
    """
    if before is None:
        return None
    built = (draft.market.name, draft.unit)
    if (before.market, before.unit) != built:
        was, now = f"{before.market}, {before.unit}", ", ".join(built)
        return [Change("Market and unit", was, now, "Text", draft.attribution)]
    if not any(shown.look == "Size" for shown in before.figures.values()):
        return None
    now = edition(draft.pages["Lists"].cells())
    moved = (
        [Change("Edition of the source", before.edition, now, "Text", "")] if now != before.edition else []
    )
    return moved + changes(before.figures, figures(lambda title: draft.pages[title].cells()))

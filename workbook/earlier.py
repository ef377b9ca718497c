"""An earlier state of the workbook: what it was built for, and the figures that it showed."""

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
    """Return the state of the report sheets whose cells are given by title."""
    built = cells_of("Lists")
    return Earlier(
        str(built.get(BUILT_MARKET)), str(built.get(BUILT_UNIT)), edition(built), figures(cells_of)
    )


def changes_since(before: Earlier | None, draft: Draft) -> list[Change] | None:
    """Return what is another in a drawn-up workbook; None where nothing came before.

    Of another market or unit, every figure is another: then that alone is said. A workbook that a
    program has saved which calculates nothing shows no figure, and so has nothing to compare with.
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

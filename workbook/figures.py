"""The figures that a report shows, by name, so that two states of a workbook can be compared."""

import math
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace


class Figure(Struct, frozen=True):
    """A figure that a report shows: its name, such as "Size 2028", its value, style, source and cell.

    An error is the text in its cell.
    """

    what: str
    value: float | str
    look: str
    source: str
    sheet: str
    place: str


class Change(Struct, frozen=True):
    """A changed figure; `old` or `new` is None if it was added or removed."""

    what: str
    old: float | str | None
    new: float | str | None
    look: str
    source: str


class Shown(Struct, frozen=True):
    """What the report sheets of a workbook showed: market, unit, edition of the source, and figures.

    `sheets` are the titles of the sheets that it had, if it did not have all.
    """

    market: str
    unit: str
    edition: str
    figures: tuple[Figure, ...]
    sheets: tuple[str, ...] = ()

    def on(self, sheets: tuple[str, ...]) -> "Shown":
        """Return what only these sheets showed, given by their titles; all of them if there are none."""
        if not sheets:
            return self
        return replace(self, figures=tuple(f for f in self.figures if f.sheet in sheets), sheets=sheets)


def changes_since(earlier: Shown | None, now: Shown) -> tuple[Change, ...] | None:
    """Return what has changed; None if there is no earlier state to compare with.

    Only sheets that the earlier state had are compared. If the market or the unit has changed, all
    figures have changed, so only that is returned. A workbook saved by a program that does not
    calculate has no figures to compare with.
    """
    if earlier is None:
        return None
    if (earlier.market, earlier.unit) != (now.market, now.unit):
        was, built = f"{earlier.market}, {earlier.unit}", f"{now.market}, {now.unit}"
        return (Change("Market and unit", was, built, "Text", now.edition),)
    if not earlier.figures:
        return None
    edition = Change("Edition of the source", earlier.edition, now.edition, "Text", "")
    return (
        *((edition,) if earlier.edition != now.edition else ()),
        *_changes(earlier.figures, now.on(earlier.sheets).figures),
    )


def _changes(before: Iterable[Figure], after: Iterable[Figure]) -> Iterable[Change]:
    """Yield the figures that were changed, added or removed, in the order of the sheets."""
    old, new = ({figure.what: figure for figure in figures} for figures in (before, after))
    for what in {**new, **old}:
        was, is_now = old.get(what), new.get(what)
        if was and is_now and _same(was.value, is_now.value):
            continue
        known = is_now or was
        assert known is not None  # noqa: S101 - one of the two has it
        values = (was.value if was else None, is_now.value if is_now else None)
        yield Change(what, *values, known.look, known.source)


def _same(old: float | str, new: float | str) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-12)
    return old == new

"""The figures that a workbook's report sheets show, by what they are of: so that two states compare."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from workbook.blocks import forecast, indicators, players, segments
from workbook.blocks.head import NONE

Cells = Mapping[str, Any]
"""What the cells of one sheet show, by reference."""


@dataclass(frozen=True)
class Shown:
    """A figure as a sheet shows it; `look` is the name of its style, `source` where it comes from."""

    value: float | str
    look: str
    source: str = ""


@dataclass(frozen=True)
class Change:
    """A figure that is another than before: None where there was or is none."""

    what: str
    old: float | str | None
    new: float | str | None
    look: str
    source: str


def figures(cells_of: Callable[[str], Cells]) -> dict[str, Shown]:
    """Return every figure of the report sheets, which `cells_of` gives by title."""
    return {
        what: shown
        for what, shown in (
            *_sizes(cells_of("Forecast")),
            *_segments(cells_of("Segments")),
            *_segments(cells_of("Regions")),
            *_indicators(cells_of("Indicators")),
            *_players(cells_of("Players")),
            *_growth(cells_of("Overview")),
        )
        if shown.value not in ("", None)
    }


def changes(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> list[Change]:
    """Return what is another, is new, or is gone, in the order of the sheets."""
    found = []
    for what in {**after, **before}:
        old, new = before.get(what), after.get(what)
        if not _same(old, new):
            known = new or old
            assert known is not None  # noqa: S101 - it stands in one of the two
            values = (old.value if old else None, new.value if new else None)
            found.append(Change(what, *values, known.look, known.source))
    return found


def _same(old: Shown | None, new: Shown | None) -> bool:
    if old is None or new is None:
        return False
    if isinstance(old.value, float) and isinstance(new.value, float):
        return math.isclose(old.value, new.value, rel_tol=1e-12)
    return old.value == new.value


def _rows(cells: Cells, first: int, column: str) -> Iterator[int]:
    """Give the rows of a block that are filled."""
    for row in count(first):
        if cells.get(f"{column}{row}") in ("", None, NONE):
            return
        yield row


def _sizes(cells: Cells) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, forecast.FIRST_ROW, "A"):
        year = cells[f"A{row}"]
        source = str(cells.get(f"G{row}", ""))
        yield f"Size {year:.0f}", Shown(cells.get(f"B{row}", ""), "Size", source)


def _segments(cells: Cells) -> Iterator[tuple[str, Shown]]:
    year = cells.get(f"B{segments.YEAR_ROW}", "")
    when = f" {year:.0f}" if isinstance(year, float) else ""
    for row in _rows(cells, segments.FIRST_ROW, "H"):
        name, source = cells[f"H{row}"], str(cells.get(f"G{row}", ""))
        yield f"{name}: share{when}", Shown(cells.get(f"C{row}", ""), "Percent", source)
        yield f"{name}: size{when}", Shown(cells.get(f"D{row}", ""), "Size", source)
        yield f"{name}: CAGR", Shown(cells.get(f"E{row}", ""), "Percent", "")


def _indicators(cells: Cells) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, indicators.FIRST_ROW, "A"):
        year = cells.get(f"D{row}", "")
        when = f" {year:.0f}" if isinstance(year, float) else ""
        look = "Percent" if cells.get(f"C{row}") == "%" else "Figure"
        yield f"{cells[f'A{row}']}{when}", Shown(cells.get(f"B{row}", ""), look)


def _players(cells: Cells) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, players.FIRST_ROW, "B"):
        yield f"Player {cells[f'B{row}']}", Shown("named", "Text")


def _growth(cells: Cells) -> Iterator[tuple[str, Shown]]:
    for row, what in ((9, "CAGR stated"), (10, "CAGR implied")):
        yield what, Shown(cells.get(f"B{row}", ""), "Percent fine")

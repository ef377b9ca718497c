"""The figures on a workbook's report sheets, by name, so that two states can be compared."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from workbook.blocks import forecast, indicators, players, segments
from workbook.blocks.head import NONE
from workbook.blocks.lists import DATA_DATE, PUBLISHER

Cells = Mapping[str, Any]
"""The values of the cells of one sheet, by reference."""


@dataclass(frozen=True)
class Shown:
    """A figure on a sheet. `look` is the name of its style, `source` its source.

    An error is the text in its cell.
    """

    value: float | str
    look: str
    source: str = ""


@dataclass(frozen=True)
class Change:
    """A figure that has changed. `old` or `new` is None if there was or is none."""

    what: str
    old: float | str | None
    new: float | str | None
    look: str
    source: str


def figures(cells_of: Callable[[str], Cells]) -> dict[str, Shown]:
    """Return every figure of the report sheets. `cells_of` returns a sheet's cells by its title."""
    source = edition(cells_of("Lists"))
    found = (
        *_sizes(cells_of("Forecast")),
        *_segments(cells_of("Segments"), source),
        *_segments(cells_of("Regions"), source),
        *_indicators(cells_of("Indicators"), source),
        *_players(cells_of("Players"), source),
        *_growth(cells_of("Overview"), source),
    )
    return {what: shown for what, shown in found if shown.value != ""}


def edition(lists: Cells) -> str:
    """Return the publisher and date of the source from which the sheets were built."""
    return f"{lists.get(PUBLISHER)}, {lists.get(DATA_DATE)}"


def changes(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> list[Change]:
    """Return the figures that were changed, added or removed, in the order of the sheets."""
    found = []
    for what in {**after, **before}:
        old, new = before.get(what), after.get(what)
        if not _same(old, new):
            known = new or old
            assert known is not None  # noqa: S101 - one of the two has it
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
    """Yield the rows of a block that are not empty."""
    for row in count(first):
        if cells.get(f"{column}{row}") in ("", None, NONE):
            return
        yield row


def _value(cells: Cells, place: str) -> float | str:
    value = cells.get(place)
    if value is None or isinstance(value, float):
        return "" if value is None else value
    return str(value)


def _sizes(cells: Cells) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, forecast.FIRST_ROW, "A"):
        year = cells[f"A{row}"]
        if not isinstance(year, float):
            return
        source = str(cells.get(f"G{row}", ""))
        yield f"Size {year:.0f}", Shown(_value(cells, f"B{row}"), "Size", source)


def _segments(cells: Cells, source: str) -> Iterator[tuple[str, Shown]]:
    year = cells.get(f"B{segments.YEAR_ROW}", "")
    when = f" {year:.0f}" if isinstance(year, float) else ""
    for row in _rows(cells, segments.FIRST_ROW, "H"):
        name, of_size = cells[f"H{row}"], str(cells.get(f"G{row}", ""))
        yield f"{name}: share{when}", Shown(_value(cells, f"C{row}"), "Percent stated", source)
        yield f"{name}: size{when}", Shown(_value(cells, f"D{row}"), "Size", of_size)
        yield f"{name}: CAGR", Shown(_value(cells, f"E{row}"), "Percent stated", source)


def _indicators(cells: Cells, source: str) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, indicators.FIRST_ROW, "A"):
        year = cells.get(f"D{row}", "")
        when = f" {year:.0f}" if isinstance(year, float) else ""
        look = "Percent" if cells.get(f"C{row}") == "%" else "Figure"
        yield f"{cells[f'A{row}']}{when}", Shown(_value(cells, f"B{row}"), look, source)


def _players(cells: Cells, source: str) -> Iterator[tuple[str, Shown]]:
    for row in _rows(cells, players.FIRST_ROW, "B"):
        yield f"Player {cells[f'B{row}']}", Shown("named", "Text", source)


def _growth(cells: Cells, source: str) -> Iterator[tuple[str, Shown]]:
    for row, what in ((9, "CAGR stated"), (10, "CAGR implied")):
        yield what, Shown(_value(cells, f"B{row}"), "Percent fine", source)

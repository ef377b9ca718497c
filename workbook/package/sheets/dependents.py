"""The formula cells that depend on given cells, directly or through others.

References are read from the text of formulas: cells, areas, whole rows and columns, defined names
and tables, on any sheet. References that a formula calculates (INDIRECT), those to other workbooks, and
those to sheets between the first and the last of several (Jan:Dec!A1) are not followed.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from workbook.package.sheets.cells import column_number
from workbook.package.sheets.formulas import LAST_COLUMN, LAST_ROW, sheets_in, tokens

_SMALL = 64


class Area(NamedTuple):
    """A block of cells of one sheet (its name case-folded), including both corners; numbers start at 1."""

    sheet: str
    first_column: int
    first_row: int
    last_column: int
    last_row: int

    @property
    def size(self) -> int:
        """The number of cells."""
        return (self.last_column - self.first_column + 1) * (self.last_row - self.first_row + 1)

    def cells(self) -> Iterator["Cell"]:
        """Yield every cell."""
        for column in range(self.first_column, self.last_column + 1):
            for row in range(self.first_row, self.last_row + 1):
                yield Cell(self.sheet, column, row)


class Cell(NamedTuple):
    """One cell of a sheet (its name case-folded)."""

    sheet: str
    column: int
    row: int


def cell_at(sheet: str, reference: str) -> Cell:
    """Return the cell of a reference.

    >>> cell_at("Model", "AB7")
    Cell(sheet='model', column=28, row=7)
    """
    letters = reference.rstrip("0123456789")
    return Cell(sheet.casefold(), column_number(letters), int(reference[len(letters) :]))


def areas_of(formula: str, sheet: str, named: Mapping[str, Collection[Area]]) -> Iterator[Area]:
    """Yield the areas that a formula on a sheet refers to. `named` has the areas of names and tables.

    >>> list(areas_of("SUM(A1:B2)+'My Data'!$C$3", "Model", {}))[1]
    Area(sheet='my data', first_column=3, first_row=3, last_column=3, last_row=3)
    """
    own: tuple[str, ...] = (sheet,)
    places = own
    last: list[Area] = []
    joined: list[Area] = []  # the areas in front of a colon, as in Data!A1:Data!B9
    for found in tokens(formula):
        kind = found.lastgroup
        if kind == "sheet":
            places = sheets_in(found[0])
        elif kind == "area":
            last = [_area(found, place) for place in places]
            yield from last
            yield from map(_spanned, joined, last)
            places, joined = own, []
        else:
            if kind == "name" and places:
                yield from named.get(found[0].casefold(), ())
            joined, last = last if found[0] == ":" else [], []
            places = () if kind == "error" else own  # a cell after #REF! is on a sheet that is gone


def _area(found: re.Match[str], sheet: str) -> Area:
    c1, r1, c2, r2, wc1, wc2, wr1, wr2 = found.group("c1", "r1", "c2", "r2", "wc1", "wc2", "wr1", "wr2")
    first, last = c1 or wc1, c2 or wc2 or c1
    columns = (_column(first), _column(last)) if first else (1, LAST_COLUMN)
    top, bottom = r1 or wr1, r2 or wr2 or r1
    rows = (_row(top), _row(bottom)) if top else (1, LAST_ROW)
    return Area(sheet.casefold(), min(columns), min(rows), max(columns), max(rows))


def _column(letters: str) -> int:
    return column_number(letters.lstrip("$"))


def _row(digits: str) -> int:
    return int(digits.lstrip("$"))


def _spanned(one: Area, other: Area) -> Area:
    return Area(
        one.sheet,
        min(one.first_column, other.first_column),
        min(one.first_row, other.first_row),
        max(one.last_column, other.last_column),
        max(one.last_row, other.last_row),
    )


def dependents(
    formulas: Mapping[Cell, str],
    start: Iterable[Cell],
    sheets: Collection[str] = (),
    named: Mapping[str, Collection[Area]] | None = None,
) -> set[Cell]:
    """Return the formula cells that depend on the cells of `start`, or on any cell of `sheets`.

    Cells of `start` that have a formula are included; `sheets` are case-folded names.

    >>> a1, b1, c1 = (cell_at("s", name) for name in ("A1", "B1", "C1"))
    >>> dependents({b1: "A1*2", c1: "SUM(B1:B9)"}, [a1]) == {b1, c1}
    True
    """
    near: dict[Cell, list[Cell]] = defaultdict(list)
    far: dict[str, dict[Cell, list[Area]]] = defaultdict(lambda: defaultdict(list))
    waiting = deque(start)
    for cell, formula in formulas.items():
        for area in areas_of(formula, cell.sheet, named or {}):
            if area.sheet in sheets:
                waiting.append(cell)
            elif area.size <= _SMALL:
                for part in area.cells():
                    near[part].append(cell)
            else:
                far[area.sheet][cell].append(area)
    reached: set[Cell] = set()
    while waiting:
        cell = waiting.popleft()
        if cell in reached:
            continue
        reached.add(cell)
        waiting.extend(near.pop(cell, ()))
        waiting.extend(_taken(far[cell.sheet], cell))
    return reached & formulas.keys()


def _taken(far: dict[Cell, list[Area]], cell: Cell) -> list[Cell]:
    """Take out, and return, the formula cells one of whose large areas holds a cell."""
    held = [
        dependent
        for dependent, areas in far.items()
        if any(
            area.first_row <= cell.row <= area.last_row
            and area.first_column <= cell.column <= area.last_column
            for area in areas
        )
    ]
    for dependent in held:
        del far[dependent]
    return held

"""The formula cells that depend on given cells, directly or through others.

References are read from the text of formulas: cells, areas, whole rows and columns, defined names
and tables, on any sheet. References that a formula calculates (INDIRECT) are not followed.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from workbook.package.sheets.cells import column_number
from workbook.package.sheets.references import TEXT

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_SMALL = 64

_SHEET = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!"
_AREA = (
    r"\$?(?P<c1>[A-Za-z]{1,3})\$?(?P<r1>\d{1,7})(?::\$?(?P<c2>[A-Za-z]{1,3})\$?(?P<r2>\d{1,7}))?"
    r"|\$?(?P<wc1>[A-Za-z]{1,3}):\$?(?P<wc2>[A-Za-z]{1,3})|\$?(?P<wr1>\d{1,7}):\$?(?P<wr2>\d{1,7})"
)
_REFERENCES = re.compile(
    rf"{TEXT}|(?:{_SHEET})?(?:(?:{_AREA})(?![\w.(])|(?P<name>[^\W\d][\w.]*)(?![\w.(!]))", re.UNICODE
)


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
    for found in _REFERENCES.finditer(formula):
        name = found["name"]
        if name:
            yield from named.get(name.casefold(), ())
        elif found["c1"] or found["wc1"] or found["wr1"]:
            yield _area(found, sheet)


def _area(found: re.Match[str], sheet: str) -> Area:
    given = (found["quoted"] or "").replace("''", "'") or found["plain"] or sheet
    if found["c1"]:
        columns = [column_number(found["c1"]), column_number(found["c2"] or found["c1"])]
        rows = [int(found["r1"]), int(found["r2"] or found["r1"])]
    elif found["wc1"]:
        columns, rows = [column_number(found["wc1"]), column_number(found["wc2"])], [1, _LAST_ROW]
    else:
        columns, rows = [1, _LAST_COLUMN], [int(found["wr1"]), int(found["wr2"])]
    return Area(given.casefold(), min(columns), min(rows), max(columns), max(rows))


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

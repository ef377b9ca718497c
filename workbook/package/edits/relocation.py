"""References that follow cells which a rebuilt sheet has at other places.

A new layout of a sheet moves its cells. Formulas elsewhere that refer to them by their places are
changed, so that they go on referring to the same figures.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from workbook.package.opc.markup import quoted, spliced, unquoted
from workbook.package.opc.package import Package
from workbook.package.sheets.belongings import parts_of, with_formulas
from workbook.package.sheets.cells import column_name, column_number, formula_cells
from workbook.package.sheets.formulas import sheets_in, tokens
from workbook.package.sheets.workbook_part import workbook_part

Place = tuple[int, int]
"""A cell: the numbers of its column and its row, starting at 1."""

_OUTSIDE_CELLS = re.compile(rb"<(?:[^\s<>/:]+:)?sheetData[\s>].*</(?:[^\s<>/:]+:)?sheetData\s*>", re.DOTALL)
_SHARED = re.compile(rb"\st\s*=\s*[\"']shared[\"']")
_CARRIERS = ("chart", "chartEx", "table")


@dataclass(frozen=True)
class Block:
    """A block of cells that has moved: its rows, the place of its first row now, and its columns now."""

    first: int
    last: int
    now_first: int
    columns: Mapping[int, int]

    @property
    def is_shifted_as_a_whole(self) -> bool:
        """Whether all its columns have moved by the same number of columns."""
        return len({now - was for was, now in self.columns.items()}) <= 1


@dataclass(frozen=True)
class Relocation:
    """Where the cells of a sheet stand now. A cell that is in no block and not `unchanged` has gone."""

    blocks: tuple[Block, ...]
    cells: Mapping[Place, Place]
    unchanged: Collection[Place] = ()

    def place(self, place: Place) -> Place | None:
        """Return where a cell stands now; None if it has gone."""
        if place in self.cells:
            return self.cells[place]
        column, row = place
        for block in self.blocks:
            if block.first <= row <= block.last and column in block.columns:
                return block.columns[column], row - block.first + block.now_first
        return place if place in self.unchanged else None

    def column(self, column: int) -> int | None:
        """Return where a whole column stands now; None if its blocks have moved apart."""
        places = {block.columns[column] for block in self.blocks if column in block.columns}
        return places.pop() if len(places) == 1 else None


def relocate(
    package: Package,
    moves: Mapping[str, Relocation],
    kept: Collection[str],
    is_kept_name: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """Change the references to the cells of sheets, by name, in everything else in a package.

    Formulas of cells, conditional formats and validations, of tables and charts, and defined names
    follow, except those on the sheets `kept`, and the defined names that are kept. Return where a reference
    stands that cannot follow, such as "Model!B7": its cell is gone, or a range would be torn apart.
    """
    follow = _Follower({name.casefold(): move for name, move in moves.items()})
    own = {name.casefold() for name in kept}
    lost: list[str] = []
    book = workbook_part(package)
    for sheet in book.sheets:
        if sheet.part is None or sheet.name.casefold() in own:
            continue
        if sheet.kind == "worksheet":
            lost += _follow_in_cells(package, sheet.part, sheet.name, follow)
            lost += _follow_outside_cells(package, sheet.part, sheet.name, follow)
        for kind, part in parts_of(package, sheet):
            if kind not in _CARRIERS:
                continue
            package.replace(part, with_formulas(package[part], follow))
            lost += [f"{sheet.name}: {part.rpartition('/')[2]}"] * follow.lost()
    for name in book.names():
        scope = "" if name.scope is None else book.sheets[name.scope].name.casefold()
        if scope in own or is_kept_name(name.name):
            continue
        if (text := follow(name.text)) != name.text:
            book.set_name(name.name, text, name.scope)
        lost += [name.name] * follow.lost()
    return lost


class _Follower:
    """Changes formulas, and remembers whether a reference in the last one could not follow."""

    def __init__(self, moves: Mapping[str, Relocation]) -> None:
        self._moves = moves
        self._lost = False

    def __call__(self, formula: str, *, is_shared: bool = False) -> str:
        if "!" not in formula:
            return formula
        return "".join(self._followed(formula, is_shared))

    def lost(self) -> bool:
        """Return whether a reference could not follow since the last question."""
        lost, self._lost = self._lost, False
        return lost

    def _followed(self, formula: str, is_shared: bool) -> Iterator[str]:
        move: Relocation | None = None
        for found in tokens(formula):
            if found["sheet"]:
                sheets = sheets_in(found[0])
                move = self._moves.get(sheets[0].casefold()) if len(sheets) == 1 else None
                if len(sheets) == 2 and self._moves.keys() & {end.casefold() for end in sheets}:
                    self._lost = True
                yield found[0]
                continue
            if move is not None and found["area"]:
                yield self._area(found, move, is_shared)
            else:
                yield found[0]
            move = None

    def _area(self, found: re.Match[str], move: Relocation, is_shared: bool) -> str:
        followed = _area(found, move)
        if followed is None or (is_shared and followed != found[0] and not _shifts(found, move)):
            self._lost = True
            return found[0]
        return followed


def _area(found: re.Match[str], move: Relocation) -> str | None:
    """Return a reference to cells or columns as it is now; None if it cannot follow."""
    if found["wc1"]:
        now = [move.column(column_number(found[end].strip("$"))) for end in ("wc1", "wc2")]
        if now[0] is None or now[1] is None:
            return None
        return f"{_like(found['wc1'], now[0])}:{_like(found['wc2'], now[1])}"
    if not found["c1"]:
        return None
    was = _corner(found, "1")
    first = move.place(was)
    if first is None:
        return None
    text = f"{_like(found['c1'], first[0])}{_like(found['r1'], first[1])}"
    if not found["c2"]:
        return text
    until = _corner(found, "2")
    last = move.place(until)
    if last is None or not _is_whole(move, was, until):
        return None
    return f"{text}:{_like(found['c2'], last[0])}{_like(found['r2'], last[1])}"


def _is_whole(move: Relocation, first: Place, last: Place) -> bool:
    """Return whether the cells between two corners still stand next to each other in the same order."""
    columns = range(min(first[0], last[0]), max(first[0], last[0]) + 1)
    rows = range(min(first[1], last[1]), max(first[1], last[1]) + 1)
    if len(columns) * len(rows) > 100_000:
        return False
    start = move.place((columns[0], rows[0]))
    return start is not None and all(
        move.place((column, row)) == (start[0] + column - columns[0], start[1] + row - rows[0])
        for column in columns
        for row in rows
    )


def _shifts(found: re.Match[str], move: Relocation) -> bool:
    """Return whether every cell that a shared formula may refer to moves in the same way."""
    return len(move.blocks) == 1 and move.blocks[0].is_shifted_as_a_whole and not found["wc1"]


def _corner(found: re.Match[str], end: str) -> Place:
    return column_number(found[f"c{end}"].strip("$")), int(found[f"r{end}"].strip("$"))


def _like(written: str, number: int) -> str:
    """Return a column or a row as it was written: absolute or relative."""
    text = str(number) if written.strip("$").isdigit() else column_name(number)
    return f"${text}" if written.startswith("$") else text


def _follow_in_cells(package: Package, part: str, sheet: str, follow: _Follower) -> list[str]:
    data, lost, edits = package[part], [], []
    for cell in formula_cells(data):
        text = unquoted(cell.formula[1] or b"")
        if not text:
            continue
        shared = bool(_SHARED.search(cell.formula[0].partition(b">")[0]))
        if (now := follow(text, is_shared=shared)) != text:
            edits.append((*cell.formula.span(1), quoted(now)))
        if follow.lost():
            lost.append(f"{sheet}!{cell.reference}")
    package.replace(part, spliced(data, edits))
    return lost


def _follow_outside_cells(package: Package, part: str, sheet: str, follow: _Follower) -> list[str]:
    data = package[part]
    cells = _OUTSIDE_CELLS.search(data)
    start, end = cells.span() if cells else (0, 0)
    before, after = (with_formulas(piece, follow) for piece in (data[:start], data[end:]))
    package.replace(part, before + data[start:end] + after)
    return [f"{sheet}: formats or validations"] * follow.lost()

"""Areas of cells: their corners, and the cells that several areas cover, however they are written."""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

from workbook.package.sheets.cells import column_name, column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Corners: TypeAlias = tuple[int, int, int, int]
"""First column and row, last column and row."""


def corners(area: str) -> Corners:
    """Return an area's first column and row, and its last column and row, each counted from 1.

    >>> corners("$B$2:C9"), corners("B2"), corners("A:B"), corners("3:3")
    ((2, 2, 3, 9), (2, 2, 2, 2), (1, 1, 2, 1048576), (1, 3, 16384, 3))
    """
    first, _, last = area.replace("$", "").partition(":")
    left, top = _corner(first, 1, 1)
    right, bottom = _corner(last or first, LAST_COLUMN, LAST_ROW)
    return left, top, right, bottom


def places(area: str) -> Iterator[str]:
    """Yield the cells of an area, row by row.

    >>> list(places("B2:C3"))
    ['B2', 'C2', 'B3', 'C3']
    """
    left, top, right, bottom = corners(area)
    letters = [column_name(column) for column in range(left, right + 1)]
    return (f"{column}{row}" for row in range(top, bottom + 1) for column in letters)


def covered(areas: Iterable[str]) -> str:
    """Return the cells that areas cover, always written in the same way.

    >>> covered(["B2", "B3:C3", "C2"]), covered(["B2:C3"]), covered(["A1", "A3"])
    ('B2:C3', 'B2:C3', 'A1 A3')
    """
    blocks = list(map(corners, areas))
    edges = sorted({edge for left, _, right, _ in blocks for edge in (left, right + 1)})
    slabs: list[tuple[int, int, list[tuple[int, int]]]] = []  # columns with the same rows
    for left, after in pairwise(edges):
        rows = _merged((top, bottom) for first, top, last, bottom in blocks if first <= left <= last)
        if slabs and slabs[-1][1] == left - 1 and slabs[-1][2] == rows:
            slabs[-1] = slabs[-1][0], after - 1, rows
        elif rows:
            slabs.append((left, after - 1, rows))
    return " ".join(named(left, top, right, bottom) for left, right, rows in slabs for top, bottom in rows)


def outside(areas: Iterable[str], others: Collection[str]) -> list[str]:
    """Return the parts of areas that no other area covers.

    >>> outside(["A1:C3"], ["B2"]), outside(["A1"], ["A1:B2"])
    (['A1:C1', 'A3:C3', 'A2', 'C2'], [])
    """
    left = [corners(area) for area in areas]
    for other in map(corners, others):
        left = [part for block in left for part in _less(block, other)]
    return [named(*block) for block in left]


def named(left: int, top: int, right: int, bottom: int) -> str:
    """Return the reference of an area.

    >>> named(2, 2, 3, 9), named(1, 1, 1, 1)
    ('B2:C9', 'A1')
    """
    first, last = f"{column_name(left)}{top}", f"{column_name(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _less(block: Corners, other: Corners) -> Iterator[Corners]:
    """Yield what is above, below, left and right of another block in a block."""
    left, top, right, bottom = block
    first, upper, last, lower = other
    if first > right or last < left or upper > bottom or lower < top:
        yield block
        return
    if top < upper:
        yield left, top, right, upper - 1
    if lower < bottom:
        yield left, lower + 1, right, bottom
    middle = max(top, upper), min(bottom, lower)
    if left < first:
        yield left, middle[0], first - 1, middle[1]
    if last < right:
        yield last + 1, middle[0], right, middle[1]


def _corner(written: str, column: int, row: int) -> tuple[int, int]:
    letters = written.rstrip("0123456789")
    digits = written[len(letters) :]
    return column_number(letters) if letters else column, int(digits) if digits else row


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged

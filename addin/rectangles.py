"""Cells of a sheet as few rectangles, so that Excel is called once for many cells."""

from collections.abc import Iterable, Iterator

from workbook.package import column_name

Place = tuple[int, int]
"""Row and column of a cell, from 1."""

_LONGEST_ADDRESS = 255


def addresses(places: Iterable[Place]) -> Iterator[str]:
    """Yield the cells as addresses of several areas, none longer than Excel accepts.

    >>> list(addresses([(1, 1), (1, 2), (2, 1), (2, 2), (4, 3)]))
    ['A1:B2,C4']
    """
    address = ""
    for area in map(_address, _rectangles(places)):
        if address and len(address) + 1 + len(area) > _LONGEST_ADDRESS:
            yield address
            address = ""
        address = f"{address},{area}" if address else area
    if address:
        yield address


def _rectangles(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield first and last cells: runs in a row, joined with equal runs in the rows below."""
    last_rows: dict[tuple[int, int], tuple[int, int]] = {}  # first and last row by first and last column
    for row, left, right in _runs(places):
        first, last = last_rows.get((left, right), (row, row))
        if last < row - 1:
            yield (first, left), (last, right)
            first = row
        last_rows[left, right] = first, row
    for (left, right), (first, last) in last_rows.items():
        yield (first, left), (last, right)


def _runs(places: Iterable[Place]) -> Iterator[tuple[int, int, int]]:
    """Yield row, first and last column of each run of cells in a row."""
    start, end = None, (0, 0)
    for row, column in sorted(places):
        if start is not None and (row, column) != (end[0], end[1] + 1):
            yield end[0], start, end[1]
            start = None
        start = column if start is None else start
        end = row, column
    if start is not None:
        yield end[0], start, end[1]


def _address(area: tuple[Place, Place]) -> str:
    (top, left), (bottom, right) = area
    first, last = f"{column_name(left)}{top}", f"{column_name(right)}{bottom}"
    return first if first == last else f"{first}:{last}"

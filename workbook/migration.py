"""The way from an earlier layout to this one: where the cells of the report sheets stand now."""

from collections.abc import Iterator, Mapping

from workbook.areas import TableArea
from workbook.package import (
    Block,
    Package,
    Relocation,
    cell_at,
    column_number,
    sheet_contents,
    sheet_referred_to,
    workbook_part,
)
from workbook.report import Report, ReportSheet

Areas = Mapping[str, tuple[TableArea, ...]]
"""The tables on the report sheets, by the titles of the sheets."""


def relocations(
    package: Package, report: Report, was: Areas, names: Mapping[str, str]
) -> dict[str, Relocation]:
    """Return where the cells of a workbook's report sheets stand in a new report, by the sheets' names.

    `was` are the tables of the workbook as it is, `names` the names of its report sheets by their
    titles.
    """
    return {
        name: Relocation(
            tuple(_blocks(was.get(title, ()), report.sheet(title).tables)),
            dict(_named_cells(package, report, title, name)),
            frozenset(_unchanged(package, name, report.sheet(title))),
        )
        for title, name in names.items()
    }


def stand_alike(one: Areas, other: Areas) -> bool:
    """Return whether tables stand at the same places. Their numbers of rows do not matter."""
    return _places(one) == _places(other)


def _places(areas: Areas) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    return {
        (title, table.name): (table.first, table.columns)
        for title, tables in areas.items()
        for table in tables
    }


def _blocks(was: tuple[TableArea, ...], now: list[TableArea]) -> Iterator[Block]:
    places = {table.name: table for table in now}
    for table in was:
        if (to := places.get(table.name)) is not None:
            shared = table.columns.keys() & to.columns.keys()
            columns = {column_number(table.columns[key]): column_number(to.columns[key]) for key in shared}
            yield Block(table.first, table.first + table.rows - 1, to.first, columns)


def _named_cells(
    package: Package, report: Report, title: str, name: str
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the old and the new place of each cell of a sheet that has a defined name in both."""
    book = workbook_part(package)
    for defined, (sheet, area) in report.names.items():
        known = book.defined(defined)
        if known is None or sheet != title or ":" in area:
            continue
        refers = sheet_referred_to(known.text)
        place = known.text.rpartition("!")[2].replace("$", "")
        if refers is not None and refers.casefold() == name.casefold() and ":" not in place:
            yield _place(place), _place(area)


def _unchanged(package: Package, name: str, sheet: ReportSheet) -> Iterator[tuple[int, int]]:
    """Yield the cells of a sheet that have the same formula or constant in the new report."""
    for place, content in sheet_contents(package, name).items():
        cell = sheet.cells.get(place)
        if cell is None:
            continue
        if cell.formula is not None and content.formula == cell.formula:
            yield _place(place)
        if cell.formula is None and content.formula is None and content.value == cell.value:
            yield _place(place)


def _place(reference: str) -> tuple[int, int]:
    cell = cell_at("", reference)
    return cell.column, cell.row

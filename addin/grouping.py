"""The cells of a report sheet that look alike, so that a program is told once for all of them."""

from collections.abc import Iterable

from openpyxl.utils.cell import coordinate_to_tuple

from addin.rectangles import Place, addresses
from workbook.report import ReportSheet
from workbook.styles import style

Grouped = dict[str, list[str]]
"""Addresses of areas, each of one area or of several."""


def by_style(sheet: ReportSheet) -> Grouped:
    """Return the cells by the names of their styles in a workbook."""
    return _grouped((style(cell.look), place) for place, cell in sheet.cells.items())


def by_number_format(sheet: ReportSheet) -> Grouped:
    """Return the cells with a number format in place of their style's, by that format."""
    return _grouped((cell.number_format, place) for place, cell in sheet.cells.items() if cell.number_format)


def _grouped(cells: Iterable[tuple[str, str]]) -> Grouped:
    places: dict[str, list[Place]] = {}
    for look, place in cells:
        places.setdefault(look, []).append(coordinate_to_tuple(place))
    return {look: list(addresses(found)) for look, found in places.items()}

"""Another cell style for the cells of a sheet that have a certain one, such as former inputs."""

import re

from workbook.package.opc.markup import spliced
from workbook.package.opc.package import Package
from workbook.package.sheets.styles import Styles
from workbook.package.sheets.workbook_part import workbook_part

_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=\s)([^>]*)>")
_FORMAT = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+\d+)[\"']")


def restyle(package: Package, sheet: str, style: str, other: str) -> list[str]:
    """Give the cells of a sheet that have one cell style another one; return these cells.

    The styles are given by their names. Nothing changes if the workbook has no cell of the other style.
    """
    book = workbook_part(package)
    part, looks = book.sheet(sheet).part, book.related("styles")
    if part is None or looks is None:
        return []
    styles = Styles(package[looks], looks)
    names = [styles.style_name(xf) for xf in styles.items("cellXfs")]
    if other not in names:
        return []
    data, edits, cells = package[part], [], []
    for cell in _CELL.finditer(data):
        used, place = _FORMAT.search(cell[1]), _REFERENCE.search(cell[1])
        if used and place and int(used[1]) < len(names) and names[int(used[1])] == style:
            at = cell.start(1)
            edits.append((at + used.start(1), at + used.end(1), b"%d" % names.index(other)))
            cells.append(place[1].decode())
    package.replace(part, spliced(data, edits))
    return cells

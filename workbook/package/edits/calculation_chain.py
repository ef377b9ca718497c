"""The calculation chain: entries of replaced sheets are removed, because they make Excel repair the file."""

import re
from collections.abc import Callable

from workbook.package.opc.markup import ATTRIBUTES
from workbook.package.opc.relationships import ContentTypes, unrelate
from workbook.package.sheets.workbook_part import WorkbookPart

_ENTRY = re.compile(
    rb"<(?:[^\s/>:]+:)?c(?=[\s/>])(" + ATTRIBUTES + rb")(?:(?<=/)>|>\s*</(?:[^\s/>:]+:)?c\s*>)"
)
_CELL = re.compile(rb"\sr\s*=\s*[\"']([^\"']+)")
_SHEET = re.compile(rb"\si\s*=\s*[\"'](-?\d+)")


def drop_from_chain(workbook: WorkbookPart, types: ContentTypes, stale: Callable[[int, str], bool]) -> None:
    """Remove cells, given by their sheet's id and reference, from the chain.

    If the chain becomes empty, the whole part is removed.
    """
    part = workbook.related("calcChain")
    if part is None:
        return
    package = workbook.package
    chain = package[part]
    kept, left = [], 0
    at, sheet, told = 0, -1, -1
    for entry in _ENTRY.finditer(chain):
        given = _SHEET.search(entry[1])
        sheet = int(given[1]) if given else sheet  # if omitted, the sheet of the previous entry
        cell = _CELL.search(entry[1])
        if cell and stale(sheet, cell[1].decode(errors="replace")):
            kept.append(chain[at : entry.start()])
            at = entry.end()
            continue
        left += 1
        if not given and sheet != told:  # the entry with its sheet was removed
            kept += [chain[at : entry.start(1)], b' i="%d"' % sheet]
            at = entry.start(1)
        told = sheet
    if left or not kept:
        package.replace(part, b"".join([*kept, chain[at:]]))
        return
    package.remove(part)
    types.forget(part)
    unrelate(package, workbook.part, part)

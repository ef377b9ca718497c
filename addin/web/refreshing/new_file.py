"""A file with sheets that are new in the open workbook, from which it can insert them."""

from collections.abc import Iterable
from dataclasses import replace

from workbook.report import Report, ReportSheet
from workbook.xlsx import packaged


def new_file(report: Report, sheets: Iterable[ReportSheet]) -> bytes:
    """Return an .xlsx with sheets, whose titles are their names in the workbook.

    It has their charts, widths, heights, panes, styles and print set-up. It has no entries, rules, links,
    filters and defined names, so that nothing in it refers to anything else, or conflicts with the
    workbook: those are written after it is inserted.
    """
    with packaged(replace(report, sheets=tuple(map(_bare, sheets)), names={})) as package:
        return package.to_bytes()


def _bare(sheet: ReportSheet) -> ReportSheet:
    cells = {place: replace(cell, content=None, link="") for place, cell in sheet.cells.items()}
    return replace(sheet, hidden=False, cells=cells, rules=[], bars=[], drop_downs=[], filter="")

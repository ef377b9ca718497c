"""What a report sheet gets in the open workbook, cell by cell and area by area."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from openpyxl.utils.cell import coordinate_to_tuple

from addin.entries import entry
from addin.grouping import by_number_format, by_style
from addin.web.refreshing import wire
from addin.web.refreshing.charts import chart_data
from addin.web.refreshing.formulas import namespaced
from addin.web.refreshing.looks import color, rule_look
from workbook.package import column_name
from workbook.printing import FOOTER_SIZE, LEFT_FOOTER, MARGINS, RIGHT_FOOTER
from workbook.report import Cell, DropDown, Print, ReportSheet
from workbook.styles import BAR_BLUE

_POINTS: Final = 72
"""Points of an inch."""
_PIXELS_OF_DIGIT, _POINTS_OF_PIXEL = 7, 0.75
"""A width counts digits of Calibri 11, the font of Normal in most workbooks, in parts of 256."""


def sheet_instructions(title: str, sheet: ReportSheet, *, is_new: bool) -> wire.SheetInstructions:
    """Return what is to be done on a sheet. Its name, and those in its formulas, are the workbook's."""
    return wire.SheetInstructions(
        title=title,
        name=sheet.title,
        entries=_entries(sheet),
        styles=[wire.Styled(name, areas) for name, areas in by_style(sheet).items()],
        number_formats=[wire.Formatted(code, areas) for code, areas in by_number_format(sheet).items()],
        merged=sheet.merged,
        heights=list(_heights(sheet)),
        rules=[
            wire.Rule(rule.area, f"={namespaced(rule.condition)}", rule_look(rule.look))
            for rule in sheet.rules
        ],
        bars=[wire.Bars(area, color(BAR_BLUE)) for area in sheet.bars],
        drop_downs=list(map(_drop_down, sheet.drop_downs)),
        links=[_link(place, cell) for place, cell in sheet.cells.items() if cell.link],
        filter=sheet.filter,
        printing=_printing(sheet.printed) if sheet.printed else None,
        freeze=sheet.freeze,
        charts=list(map(chart_data, sheet.charts)),
        view=_view(sheet) if is_new else None,
    )


def _entries(sheet: ReportSheet) -> wire.Entries:
    entered = {coordinate_to_tuple(place): _entry(cell) for place, cell in sheet.cells.items()}
    rows, columns = (max(numbers) for numbers in zip(*entered, strict=True))
    return wire.Entries(
        f"A1:{column_name(columns)}{rows}",
        [[entered.get((row, column), "") for column in range(1, columns + 1)] for row in range(1, rows + 1)],
    )


def _entry(cell: Cell) -> float | str:
    content = entry(cell, namespaced)
    return "" if content is None else content


def _heights(sheet: ReportSheet) -> Iterator[wire.Heights]:
    found: dict[float, list[int]] = {}
    for row, points in sheet.heights.items():
        found.setdefault(points, []).append(row)
    for points, rows in sorted(found.items()):
        yield wire.Heights(points, list(_spans(rows)))


def _spans(rows: Iterable[int]) -> Iterator[str]:
    """Yield runs of rows.

    >>> list(_spans([4, 3, 7]))
    ['3:4', '7:7']
    """
    for _, group in groupby(enumerate(sorted(rows)), key=lambda found: found[1] - found[0]):
        run = [row for _, row in group]
        yield f"{run[0]}:{run[-1]}"


def _drop_down(entries: DropDown) -> wire.DropDown:
    if entries.between is None:
        return wire.DropDown(
            entries.area, "list", "Warning", entries.title, entries.message, source=f"={entries.listed}"
        )
    low, high = entries.between
    return wire.DropDown(
        entries.area,
        "date" if entries.is_date else "whole",
        "Stop",
        entries.title,
        entries.message,
        low=low,
        high=high,
    )


def _link(place: str, cell: Cell) -> wire.SheetLink:
    text = str(cell.value)
    if cell.link.startswith("#"):
        return wire.SheetLink(place, text, place=cell.link[1:])
    return wire.SheetLink(place, text, address=cell.link)


def _printing(printed: Print) -> wire.Printing:
    row = printed.header_row
    return wire.Printing(
        area=printed.area,
        title_rows="" if row is None else f"{row}:{row}",
        is_centered_vertically=printed.pages_high == 1,
        scale=printed.scale,
        pages_high=printed.pages_high,
        starts=[last + 1 for last in printed.breaks],
        margins=wire.Margins(**{side: inches * _POINTS for side, inches in vars(MARGINS).items()}),
        left_footer=f"&{FOOTER_SIZE}{LEFT_FOOTER}",
        right_footer=f"&{FOOTER_SIZE}{RIGHT_FOOTER}",
    )


def _view(sheet: ReportSheet) -> wire.View:
    return wire.View(
        widths=list(map(_points, sheet.widths)),
        is_hidden=sheet.hidden,
    )


def _points(width: float) -> float:
    """Return a width as Excel shows it: in whole pixels, by the formula of the file format.

    >>> _points(10.5), _points(22.5)
    (54.75, 117.75)
    """
    pixels = int((256 * width + 128 // _PIXELS_OF_DIGIT) / 256 * _PIXELS_OF_DIGIT)
    return pixels * _POINTS_OF_PIXEL

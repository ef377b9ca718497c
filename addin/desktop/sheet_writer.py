"""A report sheet, written into a worksheet of an open workbook: the same as `workbook.xlsx` puts in a file.

Not its charts: see `addin.desktop.charts`.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from openpyxl.utils.cell import coordinate_to_tuple

from addin.desktop import looks, printing
from addin.desktop.excel_api import enter, in_front
from addin.entries import entry
from addin.following import followed
from addin.grouping import by_number_format, by_style
from addin.rectangles import addresses
from workbook.report import DropDown, ReportSheet

_LONGEST_IN_BLOCK: Final = (
    255  # longer ones are entered alone: some versions of Excel refuse them in an array
)
_PADDING: Final = 5 / 7  # a width in a file includes 5 pixels of padding; a digit of Calibri 11 has 7
_HIDDEN, _SHOWN = 0, -1  # xlSheetHidden, xlSheetVisible
_LIST, _WHOLE_NUMBER, _DATE = 3, 1, 4  # xlValidateList, xlValidateWholeNumber, xlValidateDate
_STOP, _WARNING = 1, 2  # XlDVAlertStyle
_BETWEEN: Final = 1  # xlBetween


def write_sheet(target: Any, sheet: ReportSheet, names: Mapping[str, str], is_new: bool) -> None:
    """Replace what a worksheet contains with a report sheet.

    `names` are the workbook's names of the report sheets, by their titles; links to others are left out.
    Only a new worksheet gets widths, panes and its visibility: those of others are the user's.
    """
    sheet = followed(sheet, names)
    clear(target)
    rules = _in_users_language(target, sheet)
    _enter_contents(target, sheet)
    _add_links(target, sheet)
    _apply_styles(target, sheet)
    for area in sheet.merged:
        target.Range(area).Merge()
    _set_heights(target, sheet)
    if is_new:
        _set_up_view(target, sheet)
    if sheet.rules or sheet.bars:
        _add_rules(target, sheet, rules)
    for drop_down in sheet.drop_downs:
        _add_drop_down(target.Range(drop_down.area).Validation, drop_down)
    _set_filter(target, sheet)
    if sheet.printed:
        printing.set_up(target, sheet.printed)


def clear(target: Any) -> None:
    """Remove everything in the cells of a worksheet."""
    if target.FilterMode:
        target.ShowAllData()  # Excel enters an array wrongly into rows that a filter hides
    target.Cells.UnMerge()
    target.Cells.Validation.Delete()
    target.Cells.FormatConditions.Delete()
    target.Hyperlinks.Delete()
    target.Cells.Clear()


def _enter_contents(target: Any, sheet: ReportSheet) -> None:
    """Enter the block of cells at once, then those that are too long for that."""
    entries = {coordinate_to_tuple(place): entry(cell) for place, cell in sheet.cells.items()}
    long = {place: text for place, text in entries.items() if len(str(text)) > _LONGEST_IN_BLOCK}
    rows, columns = (max(numbers) for numbers in zip(*entries, strict=True))
    block = tuple(
        tuple(
            None if (row, column) in long else entries.get((row, column)) for column in range(1, columns + 1)
        )
        for row in range(1, rows + 1)
    )
    enter(target.Range(target.Cells(1, 1), target.Cells(rows, columns)), block)
    for place, text in long.items():
        enter(target.Cells(*place), text)


def _add_links(target: Any, sheet: ReportSheet) -> None:
    for place, cell in sheet.cells.items():
        if cell.link.startswith("#"):
            target.Hyperlinks.Add(Anchor=target.Range(place), Address="", SubAddress=cell.link[1:])
        elif cell.link:
            target.Hyperlinks.Add(Anchor=target.Range(place), Address=cell.link)


def _apply_styles(target: Any, sheet: ReportSheet) -> None:
    """Apply each style, and each number format in place of the style's, to all its cells at once."""
    styled = by_style(sheet)
    looks.add_styles(target.Parent, styled.keys())
    for name, areas in styled.items():
        for area in areas:
            target.Range(area).Style = name
    for code, areas in by_number_format(sheet).items():
        for area in areas:
            target.Range(area).NumberFormat = code


def _set_heights(target: Any, sheet: ReportSheet) -> None:
    """Set the heights of rows, but not of hidden ones, which would be shown again."""
    for height, group in groupby(sorted(sheet.heights), key=lambda row: sheet.heights[row]):
        for address in addresses((row, 1) for row in group):
            rows = target.Range(address).EntireRow
            for part in (rows,) if rows.Hidden is False else rows.Rows:
                if part.Hidden is False:
                    part.RowHeight = height


def _set_up_view(target: Any, sheet: ReportSheet) -> None:
    for at, width in enumerate(sheet.widths, start=1):
        target.Columns(at).ColumnWidth = max(0, width - _PADDING)
    with in_front(target):
        window = target.Application.ActiveWindow
        window.DisplayGridlines = False
        if sheet.freeze:
            row, column = coordinate_to_tuple(sheet.freeze)
            window.SplitRow, window.SplitColumn = row - 1, column - 1
            window.FreezePanes = True
    target.Visible = _HIDDEN if sheet.hidden else _SHOWN


def _in_users_language(target: Any, sheet: ReportSheet) -> list[str]:
    """Return the conditions of a sheet's rules with the function names and separators of the user's Excel.

    Excel translates formulas in cells, so the conditions stand for a moment in cells of the blank sheet.
    """
    if not sheet.rules:
        return []
    cells = target.Range(target.Cells(1, _SPARE), target.Cells(len(sheet.rules), _SPARE))
    cells.Formula = tuple((f"={rule.condition}",) for rule in sheet.rules)
    local = cells.FormulaLocal
    cells.Clear()
    return [row[0] for row in local] if isinstance(local, tuple) else [local]


_SPARE: Final = 100  # a column beyond every report sheet


def _add_rules(target: Any, sheet: ReportSheet, conditions: list[str]) -> None:
    """Add the rules with the first cell of each area as the active cell, then select as before."""
    with in_front(target):
        selected = target.Application.ActiveWindow.RangeSelection.Address
        for rule, condition in zip(sheet.rules, conditions, strict=True):
            area = target.Range(rule.area)
            area.Cells(1, 1).Select()
            looks.add_rule(area, condition, rule.look)
        for bars in sheet.bars:
            looks.add_bars(target.Range(bars))
        target.Range(selected).Select()


def _add_drop_down(validation: Any, entries: DropDown) -> None:
    validation.Delete()
    if entries.between:
        low, high = map(str, entries.between)
        kind = _DATE if entries.is_date else _WHOLE_NUMBER
        validation.Add(Type=kind, AlertStyle=_STOP, Operator=_BETWEEN, Formula1=low, Formula2=high)
    else:
        validation.Add(Type=_LIST, AlertStyle=_WARNING, Operator=_BETWEEN, Formula1=f"={entries.listed}")
    validation.ShowError = True
    validation.ErrorTitle, validation.ErrorMessage = entries.title, entries.message


def _set_filter(target: Any, sheet: ReportSheet) -> None:
    target.AutoFilterMode = False
    if sheet.filter:
        target.Range(sheet.filter).AutoFilter()

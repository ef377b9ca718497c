"""Calls to Excel's object model for features that xlwings does not have. For Windows only.

Every function takes COM objects (`App.api`, `Book.api`). If Excel refuses, ExcelRefused is raised.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from markets.errors import MarketbookError
from workbook.dependency_graph import OURS
from workbook.package import Calls

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")

_CALLS: Final = Calls(OURS)
_REJECTED: Final = frozenset({-2147418111, -2146777998})  # RPC_E_CALL_REJECTED, VBA_E_IGNORE
_ATTEMPTS, _PAUSE = 20, 0.25
_MANUAL: Final = -4135
_VALUES: Final = -4163
_FORMULAS: Final = -4123
_LONGEST_NAME: Final = 31
_NO_MACROS: Final = 3
_VISIBLE: Final = -1
_HIGHLIGHT: Final = 0x66D9FF
_FUNCTION_WIZARD: Final = 450
_PAGE: Final = (
    *("LeftHeader", "CenterHeader", "RightHeader", "LeftFooter", "CenterFooter", "RightFooter"),
    *("PrintArea", "PrintTitleRows", "Orientation", "Zoom", "FitToPagesWide", "FitToPagesTall"),
)


class ExcelRefused(MarketbookError):
    """Excel or the workbook does not allow a change. The message says what to do."""


def patiently(
    action: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Result:
    """Run an action, with retries for a few seconds if Excel is busy; then raise ExcelRefused."""
    for _ in range(_ATTEMPTS):
        try:
            return action(*arguments, **named)
        except Exception as error:
            if not _is_rejection(error):
                raise
            time.sleep(_PAUSE)
    raise ExcelRefused("Excel is busy. If you are editing a cell, press Enter or Esc, and try again.")


def reason(error: Exception) -> str:
    """Return the text of an error; for a COM error, the text of the exception that it contains.

    >>> reason(Exception(-2147352567, "Exception occurred.", (0, "Excel", "No printer.", "", 0, 0), None))
    'No printer.'
    """
    details = _details(error)
    return str(details[2]) if details and details[2] else str(error)


@contextmanager
def undisturbed(app: Any) -> Iterator[None]:
    """Turn off screen updates, events, macros of opened files and recalculation during a change."""
    still = {
        "ScreenUpdating": False,
        "EnableEvents": False,
        "DisplayAlerts": False,
        "CopyObjectsWithCells": False,
        "AutomationSecurity": _NO_MACROS,
        "Calculation": _MANUAL,
    }
    with ExitStack() as restored:  # separately, so that the others are restored even if Excel rejects one
        for name, value in still.items():
            restored.callback(patiently, setattr, app, name, patiently(getattr, app, name))
            patiently(setattr, app, name, value)
        restored.callback(patiently, setattr, app, "CutCopyMode", False)
        yield


@contextmanager
def opened(app: Any, path: Path) -> Iterator[Any]:
    """Open a workbook read-only behind the user's workbook, and close it afterwards."""
    front = app.ActiveWorkbook
    book = patiently(app.Workbooks.Open, str(path), 0, True)
    try:
        book.Windows(1).Visible = False
        front.Activate()
        yield book
    finally:
        book.Close(False)


def refuse_unless_writable(book: Any, sheets: Sequence[Any], adds_sheets: bool) -> None:
    """Raise ExcelRefused for a read-only or protected workbook."""
    if book.ReadOnly:
        raise ExcelRefused(f"{book.Name} is read-only. Save it under another name, and try again.")
    for sheet in sheets:
        if sheet.ProtectContents:
            raise ExcelRefused(f"The sheet {sheet.Name} is protected. Unprotect it, and try again.")
    if adds_sheets and book.ProtectStructure:
        raise ExcelRefused(f"The structure of {book.Name} is protected. Unprotect it, and try again.")


def restore_cells(source: Any, target: Any) -> None:
    """Restore a sheet's cells and page setup from those of a sheet in another workbook.

    The sheet stays in place, so references to its cells remain valid. Formulas are entered as text,
    because copied ones would refer to the other workbook.
    """
    target.Cells.Clear()
    source.Cells.Copy(target.Cells)
    for area in _formula_areas(source):
        enter(target.Range(area.Address), formulas(area))
    for setting in _PAGE:
        value = getattr(source.PageSetup, setting)
        if getattr(target.PageSetup, setting) != value:
            setattr(target.PageSetup, setting, value)


def add_sheet(book: Any, name: str) -> Any:
    """Append a worksheet, and return it. The active sheet stays active."""
    front = book.ActiveSheet
    added = book.Worksheets.Add(After=book.Worksheets(book.Worksheets.Count))
    added.Name = name
    front.Activate()
    return added


@contextmanager
def in_front(sheet: Any) -> Iterator[None]:
    """Make a sheet the active one, even if it is hidden, for what Excel does only there."""
    book = sheet.Parent
    front, visible = book.ActiveSheet, sheet.Visible
    if visible != _VISIBLE:
        sheet.Visible = _VISIBLE
    sheet.Activate()
    try:
        yield
    finally:
        front.Activate()
        if visible != _VISIBLE:
            sheet.Visible = visible


def copy_sheet(sheet: Any, typed: Collection[str] = (), highlighted: Collection[str] = ()) -> str:
    """Copy a sheet to the end of its workbook, and return the copy's name, such as "Overview (edited)".

    Its formulas become values, so that the copy keeps showing the same figures, except in the cells
    `typed`. Cells in `highlighted` get a fill.
    """
    book = sheet.Parent
    refuse_unless_writable(book, [], adds_sheets=True)
    front = book.ActiveSheet
    taken = {each.Name.casefold() for each in book.Worksheets}
    endings = (f" (edited{f' {number}' if number > 1 else ''})" for number in count(1))
    names = (str(sheet.Name)[: _LONGEST_NAME - len(ending)] + ending for ending in endings)
    name = next(name for name in names if name.casefold() not in taken)
    sheet.Copy(After=book.Worksheets(book.Worksheets.Count))
    copy = book.Worksheets(book.Worksheets.Count)
    copy.Name = name
    copy.UsedRange.Copy()
    copy.UsedRange.PasteSpecial(_VALUES)
    for place in typed:
        enter(copy.Range(place), formulas(sheet.Range(place)))
    for place in highlighted:
        copy.Range(place).Interior.Color = _HIGHLIGHT
    front.Activate()
    return name


def formulas(cells: Any) -> Any:
    """Return the formulas of a range, in dynamic array notation if Excel supports it."""
    return getattr(cells, "Formula2", None) or cells.Formula


def enter(cells: Any, formula: Any) -> None:
    """Enter formulas, in dynamic array notation if Excel supports it."""
    setattr(cells, "Formula2" if hasattr(cells, "Formula2") else "Formula", formula)


def our_cells(area: Any) -> Iterator[Any]:
    """Yield the cells of a range with Marketbook formulas; an array or a spill as a whole, once."""
    for row, cells in enumerate(_table(area.Formula), start=1):
        for column, formula in enumerate(cells, start=1):
            if isinstance(formula, str) and formula.startswith("=") and _CALLS.found(formula):
                cell = area.Cells(row, column)
                whole = _whole(cell)
                if cell.HasFormula and whole.Cells(1, 1).Address == cell.Address:
                    yield whole


def enter_again(sheet: Any) -> int:
    """Re-enter a sheet's Marketbook formulas, so that Excel uses this add-in; return their number."""
    if sheet.ProtectContents:
        return 0
    entered = 0
    for cells in our_cells(sheet.UsedRange):
        first = cells.Cells(1, 1)
        if _is_old_array(first):
            cells.FormulaArray = _CALLS.plain(first.FormulaArray)
        else:
            enter(first, _CALLS.plain(formulas(first)))
        entered += 1
    return entered


def to_values(area: Any) -> int:
    """Replace the Marketbook formulas of a range with their values; return their number.

    The values are pasted, because an error that is assigned as a value becomes a number.
    """
    found = list(our_cells(area))
    for cells in found:
        cells.Copy()
        cells.PasteSpecial(_VALUES)
    return len(found)


def selected_areas(app: Any) -> list[Any]:
    """Return the selected ranges within the used ranges. Raises ExcelRefused if no cells are selected."""
    if not hasattr(app.Selection, "Areas"):
        raise ExcelRefused("No cells are selected. Select cells, and try again.")
    areas = [app.Intersect(area, area.Worksheet.UsedRange) for area in app.Selection.Areas]
    return [area for area in areas if area is not None]


def value(found: Any) -> Any:
    """Return the result of Evaluate as a raw value: a range's cells, or the value itself."""
    return getattr(found, "Value2", found)


def show_function_wizard(app: Any) -> None:
    """Open Excel's dialog for inserting a function."""
    app.Dialogs(_FUNCTION_WIZARD).Show()


def say(app: Any, text: str) -> None:
    """Show a message in front of Excel."""
    import win32api

    win32api.MessageBox(app.Hwnd, text, "Marketbook", 0x40)


def _is_rejection(error: Exception) -> bool:
    """Return whether Excel was busy, by the code of a COM error or of the exception that it contains."""
    details = _details(error)
    codes = {getattr(error, "hresult", None), details[5] if details else None}
    return not _REJECTED.isdisjoint(codes)


def _details(error: Exception) -> tuple[Any, ...] | None:
    """Return the exception that a COM error contains: its text is at 2, its code at 5."""
    carried = error.args[2] if len(error.args) > 2 else None
    return carried if isinstance(carried, tuple) else None


def _formula_areas(sheet: Any) -> Any:
    """Formulas only, because text that looks like a number or a date would become one if entered."""
    if sheet.UsedRange.HasFormula is False:
        return ()
    return sheet.UsedRange.SpecialCells(_FORMULAS).Areas


def _whole(cell: Any) -> Any:
    if getattr(cell, "HasSpill", False):
        return cell.SpillParent.SpillingToRange
    return cell.CurrentArray if cell.HasArray else cell


def _is_old_array(cell: Any) -> bool:
    """Return whether a cell is in a Ctrl+Shift+Enter array, which changes only as a whole."""
    if not cell.HasArray or getattr(cell, "HasSpill", False):
        return False
    return cell.CurrentArray.Count > 1 or not hasattr(cell, "Formula2")


def _table(values: Any) -> Any:
    return values if isinstance(values, tuple) else ((values,),)

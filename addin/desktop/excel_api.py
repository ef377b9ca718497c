"""What xlwings' own objects lack, said to Excel's object model directly. For Windows only.

Every function takes COM objects (`App.api`, `Book.api`), and one sentence is raised where Excel refuses.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from markets.errors import MarketbookError
from workbook.depending import OURS
from workbook.package.calls import Calls

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
_FUNCTION_WIZARD: Final = 450
_PAGE: Final = (
    *("LeftHeader", "CenterHeader", "RightHeader", "LeftFooter", "CenterFooter", "RightFooter"),
    *("PrintArea", "PrintTitleRows", "Orientation", "Zoom", "FitToPagesWide", "FitToPagesTall"),
)


class ExcelRefused(MarketbookError):
    """Excel, or the workbook, does not let a change through; the sentence says what to do."""


def patiently(
    action: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Result:
    """Do something that Excel may reject because it is busy: again for a few seconds, then ExcelRefused."""
    for _ in range(_ATTEMPTS):
        try:
            return action(*arguments, **named)
        except Exception as error:
            if not _is_rejection(error):
                raise
            time.sleep(_PAUSE)
    raise ExcelRefused("Excel is busy: if a cell is being edited, press Enter or Esc, and try again.")


def reason(error: Exception) -> str:
    """Return an error's own words: of a COM error, those of the exception that it carries.

    >>> reason(Exception(-2147352567, "Exception occurred.", (0, "Excel", "No printer.", "", 0, 0), None))
    'No printer.'
    """
    details = _details(error)
    return str(details[2]) if details and details[2] else str(error)


@contextmanager
def undisturbed(app: Any) -> Iterator[None]:
    """Keep the screen, events, macros of opened files and recalculation still meanwhile."""
    still = {
        "ScreenUpdating": False,
        "EnableEvents": False,
        "DisplayAlerts": False,
        "CopyObjectsWithCells": False,
        "AutomationSecurity": _NO_MACROS,
        "Calculation": _MANUAL,
    }
    with ExitStack() as restored:  # each for itself: one that Excel rejects keeps no other from its turn
        for name, value in still.items():
            restored.callback(patiently, setattr, app, name, patiently(getattr, app, name))
            patiently(setattr, app, name, value)
        restored.callback(patiently, setattr, app, "CutCopyMode", False)
        yield


@contextmanager
def opened(app: Any, path: Path) -> Iterator[Any]:
    """Open a workbook for reading behind the user's, and close it again."""
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
        raise ExcelRefused(f"{book.Name} is open read-only: save it under another name, and try again.")
    for sheet in sheets:
        if sheet.ProtectContents:
            raise ExcelRefused(f"The sheet {sheet.Name} is protected: unprotect it, and try again.")
    if adds_sheets and book.ProtectStructure:
        raise ExcelRefused(f"The structure of {book.Name} is protected: unprotect it, and try again.")


def replace_sheet(source: Any, target: Any) -> None:
    """Make a sheet's cells, charts and print set-up those of another book's sheet, in place.

    The cells stay where they are, so that references to them hold. Formulas are entered again as
    text: copied ones would point at the other book.
    """
    target.Cells.Clear()
    source.Cells.Copy(target.Cells)
    for area in _formula_areas(source):
        enter(target.Range(area.Address), formulas(area))
    _reset_charts(source, target)
    for setting in _PAGE:
        value = getattr(source.PageSetup, setting)
        if getattr(target.PageSetup, setting) != value:
            setattr(target.PageSetup, setting, value)


def add_sheet(source: Any, book: Any) -> Any:
    """Append a copy of another book's sheet, and return it; the user's sheet stays in front."""
    front = book.ActiveSheet
    added = book.Worksheets.Add(After=book.Worksheets(book.Worksheets.Count))
    added.Name = source.Name
    replace_sheet(source, added)
    added.Visible = source.Visible
    front.Activate()
    return added


def copy_aside(sheet: Any) -> str:
    """Copy a sheet behind the last one of its book, and return the copy's name: "Overview (edited)".

    Its formulas become values, so that it goes on showing what the sheet showed.
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
    front.Activate()
    return name


def formulas(cells: Any) -> Any:
    """Return the formulas of a range, in the notation of dynamic arrays where Excel has it."""
    return getattr(cells, "Formula2", None) or cells.Formula


def enter(cells: Any, formula: Any) -> None:
    """Enter formulas, in the notation of dynamic arrays where Excel has it."""
    setattr(cells, "Formula2" if hasattr(cells, "Formula2") else "Formula", formula)


def our_cells(area: Any) -> Iterator[Any]:
    """Give the cells of a range that hold a formula of ours; of an array or a spill, the whole of it once."""
    for row, cells in enumerate(_table(area.Formula), start=1):
        for column, formula in enumerate(cells, start=1):
            if isinstance(formula, str) and formula.startswith("=") and _CALLS.found(formula):
                cell = area.Cells(row, column)
                whole = _whole(cell)
                if cell.HasFormula and whole.Cells(1, 1).Address == cell.Address:
                    yield whole


def enter_again(sheet: Any) -> int:
    """Enter our formulas of a sheet again, so that Excel binds them to this add-in; return how many."""
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
    """Replace our formulas of a range by their values; return how many.

    Pasted, because an error that is assigned as a value would become a number.
    """
    found = list(our_cells(area))
    for cells in found:
        cells.Copy()
        cells.PasteSpecial(_VALUES)
    return len(found)


def selected_areas(app: Any) -> list[Any]:
    """Return the selected ranges, cut to what their sheets use. ExcelRefused where no cells are selected."""
    if not hasattr(app.Selection, "Areas"):
        raise ExcelRefused("No cells are selected.")
    areas = [app.Intersect(area, area.Worksheet.UsedRange) for area in app.Selection.Areas]
    return [area for area in areas if area is not None]


def value(found: Any) -> Any:
    """Return what Evaluate gave as a raw value: a range's cells, or the value itself."""
    return getattr(found, "Value2", found)


def show_function_wizard(app: Any) -> None:
    """Open Excel's dialog for inserting a function."""
    app.Dialogs(_FUNCTION_WIZARD).Show()


def say(app: Any, text: str) -> None:
    """Show a message in front of Excel."""
    import win32api

    win32api.MessageBox(app.Hwnd, text, "Marketbook", 0x40)


def _is_rejection(error: Exception) -> bool:
    """Tell whether Excel was busy: a COM error says so itself, or in the code of the exception it carries."""
    details = _details(error)
    codes = {getattr(error, "hresult", None), details[5] if details else None}
    return not _REJECTED.isdisjoint(codes)


def _details(error: Exception) -> tuple[Any, ...] | None:
    """Return what a COM error carries of the exception behind it: its text at 2, its code at 5."""
    carried = error.args[2] if len(error.args) > 2 else None
    return carried if isinstance(carried, tuple) else None


def _formula_areas(sheet: Any) -> Any:
    """Formulas only: a text that looks like a number or a date must not become one by being entered."""
    if sheet.UsedRange.HasFormula is False:
        return ()
    return sheet.UsedRange.SpecialCells(_FORMULAS).Areas


def _whole(cell: Any) -> Any:
    if getattr(cell, "HasSpill", False):
        return cell.SpillParent.SpillingToRange
    return cell.CurrentArray if cell.HasArray else cell


def _is_old_array(cell: Any) -> bool:
    """Tell an array of Ctrl+Shift+Enter, which changes only as a whole, from one that spills by itself."""
    if not cell.HasArray or getattr(cell, "HasSpill", False):
        return False
    return cell.CurrentArray.Count > 1 or not hasattr(cell, "Formula2")


def _table(values: Any) -> Any:
    return values if isinstance(values, tuple) else ((values,),)


def _reset_charts(source: Any, target: Any) -> None:
    """Charts keep their place and the user's looks; titles and sources become the other book's."""
    book = source.Parent.Name
    for at in range(1, source.ChartObjects().Count + 1):
        theirs = source.ChartObjects(at)
        if at > target.ChartObjects().Count:
            _paste_chart(theirs, target)
            ours = target.ChartObjects(target.ChartObjects().Count)
            ours.Left, ours.Top = theirs.Left, theirs.Top
        ours = target.ChartObjects(at)
        if theirs.Chart.HasTitle:
            ours.Chart.HasTitle = True
            ours.Chart.ChartTitle.Text = theirs.Chart.ChartTitle.Text
        for number in range(1, theirs.Chart.SeriesCollection().Count + 1):
            formula = theirs.Chart.SeriesCollection(number).Formula
            ours.Chart.SeriesCollection(number).Formula = formula.replace(f"[{book}]", "")


def _paste_chart(chart: Any, target: Any) -> None:
    """Excel pastes into the sheet in front only."""
    front = target.Parent.ActiveSheet
    chart.Copy()
    target.Activate()
    target.Paste()
    front.Activate()

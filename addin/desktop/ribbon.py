"""The actions of the ribbon's buttons. The add-in's VBA calls `press` with the button's id."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import xlwings

from addin.desktop import excel_api
from addin.desktop.choosing import choose
from addin.desktop.excel_api import ExcelRefused
from addin.desktop.live import refresh, save_backup
from addin.desktop.report import rebuild
from addin.desktop.sources import first_call
from addin.desktop.values import from_excel
from addin.log import log_path, open_log
from markets.errors import MarketbookError
from markets.file_names import file_name
from udfs import catalog
from udfs.registry import FUNCTIONS
from workbook.package import PackageError
from workbook.template import write_workbook


def press(button: str) -> None:
    """Run the action of a button. A failure is shown as a message; an unexpected error is also logged."""
    app = xlwings.Book.caller().app.api
    try:
        ACTIONS[button](app)
    except (MarketbookError, PackageError) as error:
        excel_api.say(app, str(error))
    except Exception:
        open_log().exception("The button %s failed", button)
        excel_api.say(app, f"Unexpected error; see the log: {log_path()}")


def _refresh(app: Any) -> None:
    app.StatusBar = "Marketbook: refreshing ..."
    try:
        with tempfile.TemporaryDirectory() as folder:
            # Excel cannot open two workbooks with the same name, and the folder's name is unique.
            report = Path(folder) / f"{Path(folder).name}.xlsx"
            done = refresh(_book(app), lambda copy: rebuild(copy, report))
        open_log().info("%s; backup: %s", done, done.backup)
        app.StatusBar = str(done)
    except BaseException:
        app.StatusBar = False
        raise


def _new_workbook(app: Any) -> None:
    names = [market.name for market in catalog.reload().search()]
    if not names:
        raise ExcelRefused("The catalog has no reports yet.")
    market = choose(app, "New workbook", "Type the number of a market, or part of its name:", names)
    if market is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(market, ".xlsx")
        write_workbook(path, market)
        book = app.Workbooks.Add(str(path))
    for sheet in book.Worksheets:
        excel_api.enter_again(sheet)


def _convert_to_values(app: Any) -> None:
    book = _book(app)
    places = ("the selected cells", "the whole workbook")
    chosen = choose(app, "Convert to values", "Replace Marketbook formulas with values in:", places)
    if chosen is None:
        return
    whole = chosen == places[1]
    areas = [sheet.UsedRange for sheet in book.Worksheets] if whole else excel_api.selected_areas(app)
    excel_api.refuse_unless_writable(book, [area.Worksheet for area in areas], adds_sheets=False)
    backup = save_backup(book)
    with excel_api.undisturbed(app):
        count = sum(map(excel_api.to_values, areas))
    app.StatusBar = f"Marketbook: formulas converted to values: {count}, backup: {backup}"


def _sources(app: Any) -> None:
    _book(app)
    cell = app.ActiveCell
    call = first_call(str(cell.Formula))
    if call is None:
        raise ExcelRefused("The selected cell contains no Marketbook formula.")
    given = [
        from_excel(excel_api.value(cell.Worksheet.Evaluate(text))) if text else None
        for text in call.arguments
    ]
    excel_api.say(app, call.function.outcome(*given).reason)


def _help(app: Any) -> None:
    lines = [f"{function.signature}\n    {function.help}" for function in FUNCTIONS.values()]
    excel_api.say(app, "\n".join(lines))


def _log(app: Any) -> None:
    if not log_path().is_file():
        raise ExcelRefused(f"Nothing was logged yet. The log will be {log_path()}.")
    if sys.platform == "win32":
        os.startfile(log_path())  # noqa: S606 - the user asked for it


def _book(app: Any) -> Any:
    if app.ActiveWorkbook is None:
        raise ExcelRefused("No workbook is open. Open a workbook, and try again.")
    return app.ActiveWorkbook


ACTIONS: Final[Mapping[str, Callable[[Any], None]]] = {
    "refresh": _refresh,
    "new_workbook": _new_workbook,
    "insert_function": excel_api.show_function_wizard,
    "convert_to_values": _convert_to_values,
    "sources": _sources,
    "help": _help,
    "log": _log,
}
"""The action of each button in `ribbon.xml`, except "Restart Python", which is in VBA."""

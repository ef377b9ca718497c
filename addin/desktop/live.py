"""Refresh in the open workbook: our report sheets brought up to date in place, a backup saved first."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from addin.desktop import excel_api
from addin.desktop.excel_api import ExcelRefused, patiently
from udfs import catalog
from workbook.draft import SHEET_MARK

BuildReport = Callable[[str, str, float | None], Path]
"""Builds the workbook of a market, in a unit and for a year of shares, and returns its file."""

_KEPT: Final = frozenset({"start", "assumptions"})  # the user's own inputs, never replaced
_BACKUPS: Final = 20


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: how many cells of report sheets show something else than before."""

    sheets: int
    changed: int
    entered_again: int
    data_date: str
    backup: Path

    def __str__(self) -> str:
        """The sentence for the status bar."""
        cells = "no cell has" if not self.changed else f"{self.changed} cells have"
        return (
            f"Marketbook: {self.sheets} report sheets refreshed on {dt.date.today()}, {cells} changed, "
            f"data of {self.data_date}; backup: {self.backup}"
        )


def refresh(book: Any, build_report: BuildReport) -> Refreshed:
    """Bring the report sheets of an open workbook (a COM object) up to date, in place.

    The catalog is read again, the report built anew, a copy of the workbook saved; then our sheets'
    contents are replaced where they stand, names pointed at them, and our formulas everywhere
    entered again. The user's sheets, selections, filters and zoom are not touched.

    Raises ExcelRefused, with nothing changed, for a workbook that is not ours, protected or
    read-only, and while Excel edits a cell. Where a replacement fails half-way, our sheets are
    restored, and the error names the backup.
    """
    ours = marked_sheets(book)
    market, unit = _named(book, "mb_market"), _named(book, "mb_unit")
    if not ours or not market:
        raise ExcelRefused(f"{book.Name} has no Marketbook report sheets: start with New workbook.")
    catalog.reload()
    report = build_report(market, unit or "", _named(book, "mb_year_choice"))
    replaced = [sheet for mark, sheet in ours.items() if mark not in _KEPT]
    excel_api.refuse_unless_writable(book, replaced, adds_sheets=False)
    before = {mark: _values(sheet) for mark, sheet in ours.items()}
    backup = save_backup(book)
    app = book.Application
    with excel_api.undisturbed(app):
        _bring_or_restore(app, book, report, backup)
        entered = sum(patiently(excel_api.enter_again, sheet) for sheet in book.Worksheets)
    app.Calculate()
    after = marked_sheets(book)
    changed = sum(_differences(before.get(mark, {}), _values(sheet)) for mark, sheet in after.items())
    return Refreshed(len(after) - len(_KEPT & set(after)), changed, entered, _data_date(book), backup)


def marked_sheets(book: Any) -> dict[str, Any]:
    """Return our sheets of a workbook by their marks, however they have been renamed or moved."""
    found = {}
    for name in book.Names:
        if name.Name.startswith(SHEET_MARK) and "#REF!" not in name.RefersTo:
            found[name.Name.removeprefix(SHEET_MARK)] = name.RefersToRange.Worksheet
    return found


def save_backup(book: Any) -> Path:
    """Save a copy of the workbook as it is into the user's data folder, and return its path.

    There because a workbook may be unsaved, or lie on SharePoint. The last few are kept.
    """
    folder = platformdirs.user_data_path("marketbook", appauthor=False) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(book.Name)
    moment = f"{dt.datetime.now():%Y-%m-%d %H-%M-%S}"
    path = folder / f"{name.stem} {moment}{name.suffix or '.xlsx'}"
    patiently(book.SaveCopyAs, str(path))
    for old in sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)[:-_BACKUPS]:
        old.unlink()
    return path


def _bring_or_restore(app: Any, book: Any, report: Path, backup: Path) -> None:
    try:
        with excel_api.opened(app, report) as source:
            bring(source, book)
    except Exception as error:
        try:
            with excel_api.opened(app, backup) as source:
                bring(source, book)
        except Exception as second:
            raise ExcelRefused(
                f"The refresh failed half-way ({second}). The workbook as it was: {backup}"
            ) from error
        raise ExcelRefused(
            f"The refresh failed ({error}); the report sheets are as before. Backup: {backup}"
        ) from error


def bring(source: Any, book: Any) -> None:
    """Make our sheets and names in a workbook those of another, in place; missing sheets are added."""
    ours, theirs = marked_sheets(book), marked_sheets(source)
    wanted = {mark: sheet for mark, sheet in theirs.items() if mark not in _KEPT}
    excel_api.refuse_unless_writable(book, [], adds_sheets=not wanted.keys() <= ours.keys())
    _take_names_of_sheets(theirs, ours)
    for mark, sheet in wanted.items():
        if mark in ours:
            patiently(excel_api.replace_sheet, sheet, ours[mark])
        else:
            patiently(excel_api.add_sheet, sheet, book)
    _point_names(source, book, wanted)


def _take_names_of_sheets(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
    """Rename the other book's sheets as the user did, so that its formulas say what ours must."""
    for at, mark in enumerate(theirs.keys() & ours.keys()):
        theirs[mark].Name = f"mb{at}"
    for mark in theirs.keys() & ours.keys():
        theirs[mark].Name = ours[mark].Name


def _point_names(source: Any, book: Any, wanted: Mapping[str, Any]) -> None:
    """Names that refer to a replaced sheet refer to the same cells of it here."""
    replaced = {sheet.Name for sheet in wanted.values()}
    present = {name.Name: name for name in book.Names}
    for name in source.Names:
        ours = name.Name.startswith(("mb_", SHEET_MARK))
        if not ours or name.RefersToRange.Worksheet.Name not in replaced:
            continue
        if name.Name in present:
            present[name.Name].RefersTo = name.RefersTo
        else:
            book.Names.Add(name.Name, name.RefersTo, name.Visible)


def _named(book: Any, name: str) -> Any:
    for each in book.Names:
        if each.Name == name and "#REF!" not in each.RefersTo:
            return each.RefersToRange.Value2
    return None


def _data_date(book: Any) -> str:
    found = _named(book, "mb_data_date")
    if isinstance(found, float):
        return str(dt.date(1899, 12, 30) + dt.timedelta(days=int(found)))
    return str(found)


def _values(sheet: Any) -> dict[tuple[int, int], Any]:
    used = sheet.UsedRange
    values = used.Value2 if isinstance(used.Value2, tuple) else ((used.Value2,),)
    return {
        (used.Row + row, used.Column + column): cell
        for row, cells in enumerate(values)
        for column, cell in enumerate(cells)
        if cell is not None
    }


def _differences(before: Mapping[tuple[int, int], Any], after: Mapping[tuple[int, int], Any]) -> int:
    return sum(before.get(place) != after.get(place) for place in before.keys() | after.keys())

"""Refresh of the open workbook: report sheets are updated in place, after a backup is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from addin.backups import backup_path, drop_old_backups
from addin.desktop import excel_api
from addin.desktop.charts import replace_charts
from addin.desktop.excel_api import ExcelRefused, patiently
from addin.desktop.names import write_belongings
from addin.desktop.report import RebuiltInFile
from addin.desktop.sheet_writer import write_sheet
from addin.log import open_log
from markets.errors import shortened
from udfs import catalog
from workbook.figures import Change
from workbook.keeping import KeptAside
from workbook.template import MARKS, TITLES, USERS

Build = Callable[[Path], RebuiltInFile]
"""Rebuilds the report from a copy of the current workbook."""

_SHEET: Final = MARKS.sheet("")
_SHOWN: Final = -1  # xlSheetVisible
_LONGEST_STATUS: Final = 255


@dataclass(frozen=True)
class Refreshed:
    """The result of a refresh. `kept_aside` are the names of the copies of edited sheets."""

    sheets: int
    changes: Sequence[Change]
    kept_aside: Sequence[str]
    entered_again: int
    backup: Path

    def __str__(self) -> str:
        """The text for the status bar."""
        listed = "; ".join(f"{each.what}: {each.old} -> {each.new}" for each in self.changes)
        changed = f"figures changed: {len(self.changes)} ({listed})" if listed else "no figures changed"
        aside = f", your edits are on {', '.join(self.kept_aside)}" if self.kept_aside else ""
        text = f"Marketbook: report sheets refreshed: {self.sheets}{aside}, {changed}"
        return shortened(text, _LONGEST_STATUS)


def refresh(book: Any, build: Build) -> Refreshed:
    """Update the report sheets of an open workbook (a COM object) in place.

    First, the catalog is read again, a copy of the workbook is saved, and the report is rebuilt from
    the copy. Then the report sheets are written anew, their names and records are updated, and all
    Marketbook formulas are entered again. The user's sheets, selections, widths and zoom do not
    change. An edited report sheet is kept as a copy.

    Raises ExcelRefused, with nothing changed, if the workbook has no report sheets, is protected or
    read-only, or if a cell is being edited, and MarketbookError or PackageError if a refresh of its file
    would be refused. If the writing fails, the report sheets are restored, and the error names the
    backup.
    """
    ours = marked_sheets(book)
    replaced = {key: sheet for key, sheet in ours.items() if key not in USERS}
    if not replaced:
        raise ExcelRefused(f"{book.Name} has no Marketbook report sheets. Use New workbook to create some.")
    excel_api.refuse_unless_writable(book, list(replaced.values()), adds_sheets=False)
    catalog.reload()
    backup = save_backup(book)
    rebuilt = build(backup)
    app = book.Application
    excel_api.refuse_unless_writable(book, [], adds_sheets=_changes_structure(book, rebuilt))
    with excel_api.undisturbed(app):
        aside = [_keep_aside(book, kept) for kept in rebuilt.kept_aside]
        _write_or_restore(app, book, rebuilt, backup)
        entered = sum(patiently(excel_api.enter_again, sheet) for sheet in book.Worksheets)
    app.Calculate()
    count = len(rebuilt.names.keys() - {TITLES[key] for key in USERS})
    return Refreshed(count, rebuilt.changes, aside, entered, backup)


def marked_sheets(book: Any) -> dict[str, Any]:
    """Return the Marketbook sheets of a workbook by their keys, even if they were renamed or moved."""
    found = {}
    for name in book.Names:
        if name.Name.startswith(_SHEET) and "#REF!" not in name.RefersTo:
            found[name.Name.removeprefix(_SHEET)] = name.RefersToRange.Worksheet
    return found


def save_backup(book: Any) -> Path:
    """Save a copy of the workbook in the user's data folder, and return its path; see `addin.backups`."""
    drop_old_backups()
    path = backup_path(book.Name)
    patiently(book.SaveCopyAs, str(path))
    return path


def _changes_structure(book: Any, rebuilt: RebuiltInFile) -> bool:
    """Return whether sheets are added, or hidden ones must be shown for a moment."""
    there = [book.Worksheets(rebuilt.names[title]) for title in rebuilt.written if title not in rebuilt.added]
    needs_front = {
        sheet.title for sheet in rebuilt.report.sheets if sheet.rules or sheet.bars or sheet.charts
    }
    hidden = {sheet.Name for sheet in there if sheet.Visible != _SHOWN}
    return bool(rebuilt.added) or any(rebuilt.names.get(title) in hidden for title in needs_front)


def _keep_aside(book: Any, kept: KeptAside) -> str:
    sheet = book.Worksheets(kept.sheet)
    return excel_api.copy_sheet(sheet, kept.typed, [edit.cell for edit in kept.edits])


def _write_or_restore(app: Any, book: Any, rebuilt: RebuiltInFile, backup: Path) -> None:
    before = {sheet.Name for sheet in book.Worksheets}
    try:
        with excel_api.opened(app, rebuilt.file) as source:
            write(book, rebuilt, source)
    except Exception as error:
        open_log().exception("A refresh failed; backup: %s", backup)
        reason = excel_api.reason(error)
        try:
            for title in rebuilt.added:
                if rebuilt.names[title] in {sheet.Name for sheet in book.Worksheets} - before:
                    book.Worksheets(rebuilt.names[title]).Delete()
            with excel_api.opened(app, backup) as source:
                _restore(book, rebuilt, source)
        except Exception:
            open_log().exception("Restoring from the backup failed")
            raise ExcelRefused(
                f"The refresh failed, and the report sheets could not be restored ({reason}). "
                f"Open the backup: {backup}"
            ) from error
        raise ExcelRefused(
            f"The refresh failed ({reason}). The report sheets were restored. Backup: {backup}"
        ) from error


def write(book: Any, rebuilt: RebuiltInFile, source: Any) -> None:
    """Write a report into a workbook. `source` is its file, opened, from which the charts are copied."""
    for title in rebuilt.added:
        patiently(excel_api.add_sheet, book, rebuilt.names[title])
    patiently(write_belongings, book, rebuilt.before, rebuilt.after)  # before the formulas that use names
    for number, title in enumerate(rebuilt.written, start=1):
        book.Application.StatusBar = f"Marketbook: writing sheet {number} of {len(rebuilt.written)} ..."
        target = book.Worksheets(rebuilt.names[title])
        patiently(write_sheet, target, rebuilt.report.sheet(title), rebuilt.names, title in rebuilt.added)
    _take_names(source, rebuilt.names)
    for title in rebuilt.written:
        name = rebuilt.names[title]
        patiently(replace_charts, source.Worksheets(name), book.Worksheets(name))


def _take_names(source: Any, names: Mapping[str, str]) -> None:
    """Give the sheets of the report's file the workbook's names, so that its charts fit there."""
    sheets = {title: source.Worksheets(title) for title in names if _has_sheet(source, title)}
    for at, sheet in enumerate(sheets.values()):
        sheet.Name = f"mb{at}"
    for title, sheet in sheets.items():
        sheet.Name = names[title]


def _has_sheet(book: Any, name: str) -> bool:
    return any(sheet.Name == name for sheet in book.Worksheets)


def _restore(book: Any, rebuilt: RebuiltInFile, source: Any) -> None:
    """Bring the written sheets back to what they were in the backup, opened as `source`."""
    write_belongings(book, rebuilt.after, rebuilt.before)
    for title in rebuilt.written:
        if title not in rebuilt.added:
            name = rebuilt.names[title]
            patiently(excel_api.restore_cells, source.Worksheets(name), book.Worksheets(name))
            patiently(replace_charts, source.Worksheets(name), book.Worksheets(name))

"""Refresh of the open workbook: report sheets are updated in place, after a backup is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from addin.backups import backup_path, drop_old_backups
from addin.desktop import excel_api
from addin.desktop.excel_api import ExcelRefused, patiently
from addin.desktop.report import Rebuilt
from addin.log import open_log
from markets.errors import shortened
from udfs import catalog
from workbook.figures import Change
from workbook.template import KEYS, MARKS, USERS

Build = Callable[[Path], Rebuilt]
"""Rebuilds the report sheets from a copy of the current workbook."""

_SHEET, _CONTENT = MARKS.sheet(""), MARKS.content("")
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
    the copy. Then the contents of the report sheets are replaced, their names are updated, and all
    Marketbook formulas are entered again. The user's sheets, selections, filters and zoom do not
    change. An edited report sheet is kept as a copy.

    Raises ExcelRefused, with nothing changed, if the workbook has no report sheets, is protected or
    read-only, or if a cell is being edited. If a replacement fails, the report sheets are restored,
    and the error names the backup.
    """
    ours = marked_sheets(book)
    replaced = {key: sheet for key, sheet in ours.items() if key not in USERS}
    if not replaced:
        raise ExcelRefused(f"{book.Name} has no Marketbook report sheets. Use New workbook to create some.")
    missing = set(KEYS.values()) - USERS - replaced.keys()
    excel_api.refuse_unless_writable(book, list(replaced.values()), adds_sheets=bool(missing))
    catalog.reload()
    backup = save_backup(book)
    report = build(backup)
    app = book.Application
    with excel_api.undisturbed(app):
        aside = [excel_api.copy_sheet(replaced[key]) for key in report.edited if key in replaced]
        _bring_or_restore(app, book, report.file, backup)
        entered = sum(patiently(excel_api.enter_again, sheet) for sheet in book.Worksheets)
    app.Calculate()
    count = len(marked_sheets(book).keys() - USERS)
    return Refreshed(count, report.changes, aside, entered, backup)


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


def _bring_or_restore(app: Any, book: Any, report: Path, backup: Path) -> None:
    try:
        with excel_api.opened(app, report) as source:
            bring(source, book)
    except Exception as error:
        open_log().exception("A refresh failed; backup: %s", backup)
        reason = excel_api.reason(error)
        try:
            with excel_api.opened(app, backup) as source:
                bring(source, book)
        except Exception:
            open_log().exception("Restoring from the backup failed")
            raise ExcelRefused(
                f"The refresh failed, and the report sheets could not be restored ({reason}). "
                f"Open the backup: {backup}"
            ) from error
        raise ExcelRefused(
            f"The refresh failed ({reason}). The report sheets were restored. Backup: {backup}"
        ) from error


def bring(source: Any, book: Any) -> None:
    """Replace the report sheets and names of a workbook with those of another; add missing sheets."""
    ours, theirs = marked_sheets(book), marked_sheets(source)
    wanted = {key: sheet for key, sheet in theirs.items() if key not in USERS}
    _take_names_of_sheets(theirs, ours)
    for key, sheet in wanted.items():
        if key in ours:
            patiently(excel_api.replace_sheet, sheet, ours[key])
        else:
            patiently(excel_api.add_sheet, sheet, book)
    _point_names(source, book, wanted)


def _take_names_of_sheets(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
    """Rename the other workbook's sheets as the user did, so that its formulas fit this workbook."""
    for at, key in enumerate(theirs.keys() & ours.keys()):
        theirs[key].Name = f"mb{at}"
    for key in theirs.keys() & ours.keys():
        theirs[key].Name = ours[key].Name


def _point_names(source: Any, book: Any, wanted: Mapping[str, Any]) -> None:
    """Marketbook names of a replaced sheet get the references that they have in the other workbook."""
    replaced = {sheet.Name for sheet in wanted.values()}
    present = {name.Name: name for name in book.Names}
    for name in source.Names:
        if name.Name.startswith(_CONTENT):
            follows = name.Name.removeprefix(_CONTENT) in wanted
        else:
            ours = name.Name.startswith((MARKS.prefix, MARKS.prefix.lstrip("_")))
            follows = ours and name.RefersToRange.Worksheet.Name in replaced
        if follows and name.Name in present:
            present[name.Name].RefersTo = name.RefersTo
        elif follows:
            book.Names.Add(name.Name, name.RefersTo, name.Visible)

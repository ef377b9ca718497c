"""Backups of workbooks in the user's data folder, saved before Marketbook changes them for the first time.

They are saved there because a workbook may be unsaved, on SharePoint or in a folder that others read.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import platformdirs

_KEPT: Final = 20


def backup_folder() -> Path:
    """Return the folder of the backups, which is created if necessary."""
    folder = platformdirs.user_data_path("marketbook", appauthor=False) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def backup_path(workbook: str) -> Path:
    """Return a free path for a backup of a workbook with this file name: "Model 2026-05-01 09-30-00.xlsx"."""
    return next(path for path in _candidates(workbook) if not path.exists())


def save_backup(workbook: Path) -> Path:
    """Copy a workbook's file to the backups, and return the path of the copy. Raises OSError."""
    for path in _candidates(workbook.name):
        try:
            with path.open("xb") as copy, workbook.open("rb") as original:
                shutil.copyfileobj(original, copy)
            shutil.copymode(workbook, path)  # nobody else may read the copy of a private file
        except FileExistsError:  # another process took the name
            continue
        return path
    raise AssertionError("unreachable")


def drop_old_backups() -> None:
    """Delete old backups, so that there are at most 20 with the next one.

    Call it once before a command saves backups: however many it saves, they stay until the next command.
    """
    files = [file for file in backup_folder().iterdir() if file.is_file()]
    newest_first = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT - 1 :]:
        old.unlink(missing_ok=True)


def _candidates(workbook: str) -> Iterator[Path]:
    name, folder = Path(workbook), backup_folder()
    moment = f"{dt.datetime.now():%Y-%m-%d %H-%M-%S}"
    suffix = name.suffix or ".xlsx"
    yield folder / f"{name.stem} {moment}{suffix}"
    number = 2
    while True:
        yield folder / f"{name.stem} {moment} ({number}){suffix}"
        number += 1

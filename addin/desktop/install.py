"""Putting the add-in where Excel loads it by itself, and taking it away again."""

import sys
from pathlib import Path
from typing import Final

import xlwings

from addin.desktop import windows
from addin.desktop.build import build
from markets.errors import MarketbookError
from workbook.depending import ADDIN_FILE

_DLLS: Final = tuple(f"xlwings{bits}-{xlwings.__version__}.dll" for bits in (64, 32))


class InstallError(MarketbookError):
    """The add-in cannot be installed or removed; the sentence says why, and nothing was changed."""


def install() -> Path:
    """Build the add-in for this Python, put it into the user's XLSTART folder, and return its path.

    Repeatable: an older file is replaced. Raises InstallError on a machine without Excel, while
    Excel runs, and where xlwings' DLL is out of reach; then nothing is changed.
    """
    _refuse_without_excel()
    _refuse_while_excel_runs()
    if missing := missing_dlls():
        raise InstallError(
            f"{missing[0]} is neither beside {sys.executable} nor one folder up: "
            "install Marketbook with pipx, or into a virtual environment."
        )
    target = addin_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Excel opens whatever lies in XLSTART, so the file is written elsewhere and moved in.
    return build(target.parent.parent / f"{ADDIN_FILE}.new").replace(target)


def uninstall() -> Path | None:
    """Remove the add-in, and return the path it had; None where there was none.

    Nothing else is touched: not the user's reports, nor the log. Raises InstallError on a machine
    without Excel, and while Excel runs.
    """
    _refuse_without_excel()
    _refuse_while_excel_runs()
    target = addin_path()
    if not target.is_file():
        return None
    target.unlink()
    return target


def addin_path() -> Path:
    """Return where the add-in lies once installed."""
    return windows.startup_folder() / ADDIN_FILE


def missing_dlls() -> list[str]:
    """Return xlwings' DLLs that Excel would not find: beside python.exe, or one folder up."""
    folder = Path(sys.executable).parent
    return [name for name in _DLLS if not any((place / name).is_file() for place in (folder, folder.parent))]


def _refuse_without_excel() -> None:
    if windows.excel_path() is None:
        raise InstallError("There is no desktop Excel for Windows on this machine; nothing was changed.")


def _refuse_while_excel_runs() -> None:
    if windows.excel_runs():
        raise InstallError("Excel is running: close all its windows and try again; nothing was changed.")

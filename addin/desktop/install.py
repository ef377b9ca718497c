"""Installation and removal of the add-in in Excel's startup folder."""

import sys
from pathlib import Path
from typing import Final

import xlwings

from addin.desktop import windows
from addin.desktop.build import build
from markets.errors import MarketbookError
from workbook.dependency_graph import ADDIN_FILE

_DLLS: Final = tuple(f"xlwings{bits}-{xlwings.__version__}.dll" for bits in (64, 32))


class InstallError(MarketbookError):
    """The add-in cannot be installed or removed. The message says why; nothing was changed."""


def install() -> Path:
    """Build the add-in for this Python in the user's XLSTART folder, and return its path.

    An older file is replaced. Raises InstallError, with nothing changed, if Excel is not installed,
    if Excel is running, or if Excel could not find xlwings' DLL.
    """
    _refuse_without_excel()
    _refuse_while_excel_runs()
    if missing := missing_dlls():
        raise InstallError(
            f"{missing[0]} must be in the folder of {sys.executable} or the one above it. "
            "Install Marketbook with pipx or in a virtual environment."
        )
    target = addin_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Excel opens every file in XLSTART, so the file is written elsewhere and then moved.
    return build(target.parent.parent / f"{ADDIN_FILE}.new").replace(target)


def uninstall() -> Path | None:
    """Remove the add-in, and return its path; None if it is not installed.

    The user's reports and the log are kept. Raises InstallError if Excel is not installed or is
    running.
    """
    _refuse_without_excel()
    _refuse_while_excel_runs()
    target = addin_path()
    if not target.is_file():
        return None
    target.unlink()
    return target


def addin_path() -> Path:
    """Return the path of the installed add-in."""
    return windows.startup_folder() / ADDIN_FILE


def missing_dlls() -> list[str]:
    """Return xlwings' DLLs that are neither in the folder of python.exe nor in the one above it."""
    folder = Path(sys.executable).parent
    return [name for name in _DLLS if not any((place / name).is_file() for place in (folder, folder.parent))]


def _refuse_without_excel() -> None:
    if windows.excel_path() is None:
        raise InstallError("Desktop Excel for Windows is not installed. Nothing was changed.")


def _refuse_while_excel_runs() -> None:
    if windows.excel_runs():
        raise InstallError("Excel is running. Close all its windows, and try again. Nothing was changed.")

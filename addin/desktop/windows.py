"""Information about Windows and Excel. On other systems, Excel is reported as not installed."""

import os
import sys
from pathlib import Path
from typing import Final

_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_EXCEL: Final = "EXCEL.EXE"


def excel_path() -> str | None:
    """Return the path of Excel, or None if it is not installed."""
    found = registry_value("HKEY_LOCAL_MACHINE", _APP_PATH, "") or registry_value(
        "HKEY_CURRENT_USER", _APP_PATH, ""
    )
    return str(found) if found else None


def excel_runs() -> bool:
    """Return whether Excel is running in the user's session, visible or not."""
    if sys.platform == "win32":
        import win32ts

        own = win32ts.ProcessIdToSessionId(os.getpid())
        processes = win32ts.WTSEnumerateProcesses()
        return any(session == own and name.upper() == _EXCEL for session, _, name, _ in processes)
    return False


def startup_folder() -> Path:
    """Return the folder from which Excel loads and trusts add-ins at startup."""
    return Path(os.environ.get("APPDATA", "")) / "Microsoft" / "Excel" / "XLSTART"


def registry_value(root: str, key: str, name: str) -> str | int | None:
    """Return a text or a number from the registry, or None if there is none."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(getattr(winreg, root), key) as opened:
                value: str | int = winreg.QueryValueEx(opened, name)[0]
                return value
        except OSError:
            return None
    return None


def fits_code_page(text: str) -> bool:
    """Return whether a path can be passed to xlwings' DLL, which uses the system's code page."""
    if sys.platform == "win32":
        return text.encode("mbcs", "replace").decode("mbcs") == text
    return True

"""What this Windows says about itself and Excel. On other systems: that there is no Excel."""

import os
import sys
from pathlib import Path
from typing import Final

_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_EXCEL: Final = "EXCEL.EXE"


def excel_path() -> str | None:
    """Return where Excel is installed, None where it is not."""
    found = registry_value("HKEY_LOCAL_MACHINE", _APP_PATH, "") or registry_value(
        "HKEY_CURRENT_USER", _APP_PATH, ""
    )
    return str(found) if found else None


def excel_runs() -> bool:
    """Tell whether an Excel runs in the user's session, visible or not."""
    if sys.platform == "win32":
        import win32ts

        own = win32ts.ProcessIdToSessionId(os.getpid())
        processes = win32ts.WTSEnumerateProcesses()
        return any(session == own and name.upper() == _EXCEL for session, _, name, _ in processes)
    return False


def startup_folder() -> Path:
    """Return the folder whose add-ins Excel loads by itself, and trusts."""
    return Path(os.environ.get("APPDATA", "")) / "Microsoft" / "Excel" / "XLSTART"


def registry_value(root: str, key: str, name: str) -> str | int | None:
    """Return a text or a number of the registry; None where there is none."""
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
    """Tell whether a path survives the way to xlwings' DLL, which takes the system's 8-bit text."""
    if sys.platform == "win32":
        return text.encode("mbcs", "replace").decode("mbcs") == text
    return True

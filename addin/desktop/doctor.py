"""What is right and wrong with this installation, and how to mend it."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings

from addin.desktop import windows
from addin.desktop.build import build
from addin.desktop.install import addin_path, missing_dlls
from addin.log import last_lines, log_path
from markets.catalogs.folders import folder_catalog, user_folder

_OFFICE_CHILD_PROCESSES: Final = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
_RULES: Final = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_RULE_PLACES: Final = (rf"SOFTWARE\Policies\Microsoft\{_RULES}", rf"SOFTWARE\Microsoft\{_RULES}")
_BLOCK, _WARN = 1, 6
_EXCEL_SECURITY: Final = r"Microsoft\Office\16.0\Excel\Security\Trusted Locations"
_TRUST_PLACES: Final = (rf"SOFTWARE\Policies\{_EXCEL_SECURITY}", rf"SOFTWARE\{_EXCEL_SECURITY}")
_REINSTALL: Final = "Close Excel and run 'marketbook excel install'."


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, a sentence, and how to mend it."""

    ok: bool
    sentence: str
    mend: str = ""


def doctor() -> list[Finding]:
    """Return every finding, in the order in which to mend them. Changes nothing.

    On a machine without Excel, what only matters to Excel is left out.

    >>> all(finding.ok or finding.mend for finding in doctor())
    True
    """
    findings = [*_excel(), *_python()]
    if windows.excel_path() is not None:
        findings += [*_dlls(), *_addin(), *_defender(), *_trust()]
    return [*findings, *_catalog(), *_log()]


def _excel() -> Iterator[Finding]:
    path = windows.excel_path()
    if path:
        yield Finding(True, f"Excel is installed: {path}.")
        return
    yield Finding(
        False,
        "There is no desktop Excel for Windows on this machine.",
        "The functions calculate in desktop Excel for Windows and in LibreOffice; elsewhere a workbook "
        "shows the values it was saved with.",
    )


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(True, f"Python {version}: {sys.executable}.")
    if not windows.fits_code_page(sys.executable):
        yield Finding(
            False,
            "The path of Python has letters outside this Windows' code page, so Excel cannot start it.",
            "Install Marketbook into a folder with a plain name, such as C:\\marketbook.",
        )
    if sys.executable.startswith("\\\\"):
        yield Finding(
            False,
            "Python lies on a network drive: the first formula of a day may take a minute.",
            "Install Marketbook on this machine.",
        )


def _dlls() -> Iterator[Finding]:
    missing = missing_dlls()
    if missing:
        names = " and ".join(missing)
        yield Finding(
            False,
            f"xlwings {xlwings.__version__}: {names} must lie beside python.exe or one folder up.",
            "Install Marketbook with pipx, or into a virtual environment, and the add-in from there.",
        )
        return
    yield Finding(True, f"xlwings {xlwings.__version__}, and its DLL within reach of Excel.")


def _addin() -> Iterator[Finding]:
    path = addin_path()
    if not path.is_file():
        yield Finding(False, "The add-in is not installed.", _REINSTALL)
        return
    with tempfile.TemporaryDirectory() as folder:
        current = build(Path(folder) / path.name).read_bytes() == path.read_bytes()
    if current:
        yield Finding(True, f"The add-in is installed, made by this version for this Python: {path}.")
    else:
        yield Finding(False, f"{path} was made by another version, or for another Python.", _REINSTALL)


def _catalog() -> Iterator[Finding]:
    folder = user_folder()
    own = len(list(folder.glob("*.toml")))
    if folder.is_dir():
        yield Finding(True, f"The catalog folder holds {own} reports: {folder}.")
    else:
        yield Finding(True, f"There is no catalog folder of your own, only the bundled reports: {folder}.")
    for problem in folder_catalog().validate():
        yield Finding(False, str(problem), "Mend that file; the other reports are not affected.")


def _defender() -> Iterator[Finding]:
    states = [
        windows.registry_value("HKEY_LOCAL_MACHINE", key, _OFFICE_CHILD_PROCESSES) for key in _RULE_PLACES
    ]
    if any(str(state) in (str(_BLOCK), str(_WARN)) for state in states):
        yield Finding(
            False,
            "A Defender rule stops Office from starting programs, so Excel cannot start Python.",
            f"Ask your administrator to exclude {sys.executable} from the rule "
            f"{_OFFICE_CHILD_PROCESSES} (attack surface reduction).",
        )
    else:
        yield Finding(True, "No Defender rule that stops Office from starting programs was found.")


def _trust() -> Iterator[Finding]:
    if any(windows.registry_value("HKEY_CURRENT_USER", key, "AllLocationsDisabled") for key in _TRUST_PLACES):
        yield Finding(
            False,
            "Excel's trusted locations are switched off, so it may not load the add-in's macros.",
            "File, Options, Trust Center, Trusted Locations: clear 'Disable all Trusted Locations'.",
        )


def _log() -> Iterator[Finding]:
    lines = last_lines(3)
    if not lines:
        yield Finding(True, f"Nothing was logged in {log_path().parent}.")
        return
    yield Finding(True, "The log's last lines: " + " | ".join(lines) + f" ({log_path().parent}).")

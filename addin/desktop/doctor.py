"""Checks of this installation, and how to fix problems."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlwings

from addin.catalog_in_use import opened
from addin.desktop import windows
from addin.desktop.build import build
from addin.desktop.install import addin_path, missing_dlls
from addin.log import last_lines, log_path
from markets.catalogs import places
from markets.errors import CatalogError

_OFFICE_CHILD_PROCESSES: Final = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
_RULES: Final = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_RULE_PLACES: Final = (rf"SOFTWARE\Policies\Microsoft\{_RULES}", rf"SOFTWARE\Microsoft\{_RULES}")
_BLOCK, _WARN = 1, 6
_EXCEL_SECURITY: Final = r"Microsoft\Office\16.0\Excel\Security\Trusted Locations"
_TRUST_PLACES: Final = (rf"SOFTWARE\Policies\{_EXCEL_SECURITY}", rf"SOFTWARE\{_EXCEL_SECURITY}")
_REINSTALL: Final = "Close Excel and run 'marketbook excel install'."


@dataclass(frozen=True)
class Finding:
    """The result of one check: whether it is ok, a sentence, and how to fix it."""

    ok: bool
    sentence: str
    fix: str = ""


def doctor() -> list[Finding]:
    """Return every finding, in the order in which to fix them. Changes nothing.

    On a computer without Excel, the checks for Excel are skipped.

    >>> all(finding.ok or finding.fix for finding in doctor())
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
        "Desktop Excel for Windows is not installed.",
        "The functions calculate in desktop Excel for Windows and in LibreOffice. Elsewhere, a workbook "
        "shows its saved values.",
    )


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(True, f"Python {version}: {sys.executable}.")
    if not windows.fits_code_page(sys.executable):
        yield Finding(
            False,
            "The path of Python contains letters that are not in the code page of this Windows, so Excel "
            "cannot start it.",
            "Install Marketbook in a folder with a plain name, such as C:\\marketbook.",
        )
    if sys.executable.startswith("\\\\"):
        yield Finding(
            False,
            "Python is on a network drive. The first formula of the day may take a minute.",
            "Install Marketbook on this computer.",
        )


def _dlls() -> Iterator[Finding]:
    missing = missing_dlls()
    if missing:
        names = " and ".join(missing)
        yield Finding(
            False,
            f"xlwings {xlwings.__version__}: {names} must be in the folder of python.exe or the one above.",
            "Install Marketbook with pipx or in a virtual environment, and run "
            "'marketbook excel install' there.",
        )
        return
    yield Finding(True, f"xlwings {xlwings.__version__}. Excel can find its DLL.")


def _addin() -> Iterator[Finding]:
    path = addin_path()
    if not path.is_file():
        yield Finding(False, "The add-in is not installed.", _REINSTALL)
        return
    with tempfile.TemporaryDirectory() as folder:
        current = build(Path(folder) / path.name).read_bytes() == path.read_bytes()
    if current:
        yield Finding(True, f"The add-in is installed and up to date: {path}.")
    else:
        yield Finding(False, f"{path} was built by another version or for another Python.", _REINSTALL)


def _catalog() -> Iterator[Finding]:
    try:
        place = places.place()
        catalog = opened(place)
    except CatalogError as error:
        yield Finding(False, str(error), "To see which catalog is in use, run 'marketbook catalog status'.")
        return
    count = len(catalog.search())
    yield Finding(True, f"The catalog has {count} market{'' if count == 1 else 's'}: {place.described}.")
    if catalog.notice:
        yield Finding(False, catalog.notice, "Until then, functions answer from the copy.")
    for problem in catalog.validate() if isinstance(place, places.FolderPlace) else ():
        yield Finding(False, str(problem), "Correct the file. The other reports are not affected.")


def _defender() -> Iterator[Finding]:
    states = [
        windows.registry_value("HKEY_LOCAL_MACHINE", key, _OFFICE_CHILD_PROCESSES) for key in _RULE_PLACES
    ]
    if any(str(state) in (str(_BLOCK), str(_WARN)) for state in states):
        yield Finding(
            False,
            "A Defender rule prevents Office from starting programs, so Excel cannot start Python.",
            f"Ask your administrator to exclude {sys.executable} from rule "
            f"{_OFFICE_CHILD_PROCESSES} (attack surface reduction).",
        )
    else:
        yield Finding(True, "No Defender rule prevents Office from starting programs.")


def _trust() -> Iterator[Finding]:
    if any(windows.registry_value("HKEY_CURRENT_USER", key, "AllLocationsDisabled") for key in _TRUST_PLACES):
        yield Finding(
            False,
            "Excel's trusted locations are disabled, so it may not load the add-in's macros.",
            "In Excel, use File, Options, Trust Center, Trust Center Settings, Trusted Locations, and clear "
            "'Disable all Trusted Locations'.",
        )


def _log() -> Iterator[Finding]:
    lines = last_lines(3)
    if not lines:
        yield Finding(True, f"The log in {log_path().parent} is empty.")
        return
    yield Finding(True, "Last lines of the log: " + " | ".join(lines) + f" ({log_path().parent}).")

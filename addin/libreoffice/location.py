"""The installed LibreOffice: its folder, version, Python and profile."""

import importlib.machinery
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from addin.libreoffice.errors import OfficeMissing, OfficeUnsuitable
from addin.libreoffice.extension import OLDEST_OFFICE

_HOW_TO_GET_IT = (
    f"Install LibreOffice {OLDEST_OFFICE[0]}.{OLDEST_OFFICE[1]} or later from libreoffice.org "
    "(on Debian, run tests/setup/libreoffice.sh as root)"
)
_PROGRAM_FOLDERS = {
    "linux": ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice*/program"),
    "darwin": (
        "/Applications/LibreOffice.app/Contents/MacOS",
        "~/Applications/LibreOffice.app/Contents/MacOS",
    ),
    "win32": (r"C:\Program Files\LibreOffice\program", r"C:\Program Files (x86)\LibreOffice\program"),
}
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_ASK_PYTHON = """
import importlib.machinery, json, platform
try:
    import uno
    bridge = True
except ImportError:
    bridge = False
suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
print(json.dumps([platform.python_version(), suffix, bridge]))
"""


@dataclass(frozen=True)
class LibreOffice:
    """An installed LibreOffice: `program` is the folder with `soffice`."""

    program: Path

    @property
    def soffice(self) -> Path:
        """The program to start."""
        return self.program / ("soffice.exe" if sys.platform == "win32" else "soffice")

    @cached_property
    def python(self) -> Path:
        """The Python of LibreOffice: its own, else the system's (as on Debian)."""
        own = [self.program / "python.exe", self.program / "python", self._resources / "python"]
        return next((path for path in own if path.is_file()), _SYSTEM_PYTHON)

    @cached_property
    def version(self) -> tuple[int, int]:
        """Its version, e.g. (25, 2)."""
        found = re.search(r"^ProductKey=\D*(\d+)\.(\d+)", self._settings, re.MULTILINE)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    @cached_property
    def default_profile(self) -> Path:
        """The folder with the user's settings and extensions."""
        found = re.search(r"^UserInstallation=\$SYSUSERCONFIG/(.+?)\s*$", self._settings, re.MULTILINE)
        return _settings_folder() / (found[1] if found else "libreoffice/4")

    @cached_property
    def _settings(self) -> str:
        files = (folder / name for folder in (self.program, self._resources) for name in _SETTINGS)
        return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")

    @property
    def _resources(self) -> Path:
        return self.program.parent / "Resources"

    def check(self) -> None:
        """Raise OfficeUnsuitable if it is too old, OfficeMissing if its Python bridge is not installed."""
        if self.version < OLDEST_OFFICE:
            raise OfficeUnsuitable(
                f"LibreOffice {_dotted(self.version)} in {self.program} does not recognize add-in functions"
                f" in .xlsx files. Install version {_dotted(OLDEST_OFFICE)} or later."
            )
        if not self._python_facts[2]:
            raise OfficeMissing(
                f"LibreOffice's Python bridge is missing: {self.python} cannot import uno. "
                "On Debian, install python3-uno and libreoffice-script-provider-python."
            )

    def check_packages(self) -> None:
        """Raise OfficeUnsuitable if its Python cannot load Marketbook's packages."""
        version, suffix, _ = self._python_facts
        if suffix != importlib.machinery.EXTENSION_SUFFIXES[0]:
            ours = ".".join(map(str, sys.version_info[:2]))
            raise OfficeUnsuitable(
                f"LibreOffice uses Python {version} ({suffix}), but Marketbook uses Python {ours}, so they"
                " cannot share compiled packages. Install Marketbook with Python "
                f"{'.'.join(version.split('.')[:2])}."
            )

    @cached_property
    def _python_facts(self) -> tuple[str, str, bool]:
        """Return the version, the suffix of compiled modules, and whether the bridge is installed."""
        try:
            answer = subprocess.run(  # noqa: S603 - the program is LibreOffice's own
                [self.python, "-c", _ASK_PYTHON],
                capture_output=True,
                check=True,
                timeout=60,
                cwd=self.program,
                env=clean_environment(),
            )
            version, suffix, bridge = json.loads(answer.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise OfficeMissing(f"LibreOffice's Python ({self.python}) cannot be run: {error}") from error
        return version, suffix, bridge


_SETTINGS = ("bootstraprc", "bootstrap.ini")


def find_office() -> LibreOffice | None:
    """Return the LibreOffice on this computer, or None if there is none."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path:
        program = Path(on_path).resolve().parent
        if any(
            (folder / name).is_file()
            for folder in (program, program.parent / "Resources")
            for name in _SETTINGS
        ):
            return LibreOffice(program)
    for pattern in _PROGRAM_FOLDERS.get(sys.platform, ()):
        path = Path(pattern).expanduser()
        for program in sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))), reverse=True):
            if LibreOffice(program).soffice.is_file():
                return LibreOffice(program)
    return None


def usable_office() -> LibreOffice:
    """Return the LibreOffice on this computer; raise OfficeError, with a solution, if it is unusable."""
    office = find_office()
    if office is None:
        raise OfficeMissing(f"LibreOffice was not found. {_HOW_TO_GET_IT}.")
    office.check()
    return office


def clean_environment() -> dict[str, str]:
    """Return an environment for LibreOffice in which its Python cannot find the files of another Python.

    Use it with LibreOffice's own folder as the working directory.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name not in ("VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    }
    if kept.get("LC_ALL") in ("C", "POSIX"):
        kept["LC_ALL"] = "C.UTF-8"  # otherwise it could not open a file whose name is not ASCII
    return {**kept, "PATH": _clean_path()}


def _clean_path() -> str:
    """Return PATH without the folders of Pythons other than the system's.

    The system's Python in LibreOffice takes the first python3 on PATH for itself, and loads the
    libraries next to it. Activated environments, uv tools, pyenv and conda put their own first.
    """
    folders = [*filter(None, os.environ.get("PATH", "").split(os.pathsep)), *os.defpath.split(os.pathsep)]
    own = _SYSTEM_PYTHON.parent.resolve()
    kept = [f for f in folders if not (Path(f) / "python3").exists() or Path(f).resolve() == own]
    return os.pathsep.join(dict.fromkeys(kept))


def _settings_folder() -> Path:
    """The folder that LibreOffice calls SYSUSERCONFIG."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))

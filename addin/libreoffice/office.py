"""LibreOffice without windows, for calculations. It is started, used, and closed without a trace."""

import contextlib
import json
import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from addin.libreoffice import scratch
from addin.libreoffice.errors import OfficeError, OfficeRunning
from addin.libreoffice.extension import build
from addin.libreoffice.location import LibreOffice, clean_environment, usable_office
from addin.libreoffice.scratch import Block
from addin.libreoffice.values import cell_error
from udfs.values import CellError

Value: TypeAlias = float | str | bool | CellError
Cells: TypeAlias = Mapping[str, "Value | None"]

_NEW_GROUP = 0x200  # CREATE_NEW_PROCESS_GROUP, which is defined only in Python on Windows
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_END_SECONDS = 0.3
_NOT_RUNNING = "LibreOffice is not running. Use Office in a with statement."
_BRIDGE = Path(__file__).with_name("bridge.py")
_SWITCHES = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")


class Office:
    """A running LibreOffice, for use in a `with` statement.

    Without `profile`, it has a temporary profile with Marketbook's functions. Otherwise, `profile` is
    the folder of an existing one, which is used unchanged. If a request takes longer than `seconds`,
    LibreOffice is closed and OfficeError is raised.

    Values are floats, texts, truth values and `CellError`. `cells` sets cells first, by reference:
    {"Sheet1!A1": 2028}. None clears a cell.
    """

    def __init__(self, profile: Path | None = None, *, seconds: float = 120.0) -> None:
        self._profile = profile
        self.seconds = seconds
        self._soffice: subprocess.Popen[bytes] | None = None
        self._helper: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._folder: Path | None = None
        self.calculation_seconds = 0.0

    def __enter__(self) -> Self:
        office = usable_office()
        if self._profile is None:
            office.check_packages()
        else:
            _refuse_running(self._profile)
        self._folder = Path(tempfile.mkdtemp(prefix="marketbook-office-"))
        try:
            self._start(office, self._profile or self._folder / "profile")
            if self._profile is None:
                self.install(build(self._folder / "marketbook.oxt"))
        except BaseException:
            self._stop(patience=0)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def evaluate(self, formulas: Iterable[str], cells: Cells | None = None) -> list[list[list[Value]]]:
        """Return the rows of each formula's result; a single value is one row of one cell.

        Formulas are in Excel's syntax, without the equals sign. They are calculated as array formulas
        with the size of their result.
        """
        asked = list(formulas)
        extents = self._computed([Block(f"{of}({f})") for f in asked for of in ("ROWS", "COLUMNS")], cells)
        counts = [int(extent) if isinstance(extent, float) else 1 for ((extent,),) in extents]
        return self._computed(list(map(Block, asked, counts[::2], counts[1::2])), cells)

    def recalculate(self, path: Path, cells: Cells | None = None) -> dict[tuple[str, str], Value]:
        """Recalculate a workbook, and return the value of each formula cell by (sheet, cell).

        The file is not changed. Afterwards, `calculation_seconds` is the time of the calculation alone.
        """
        answer = self._ask("recalculate", path, cells=_sent(cells))
        self.calculation_seconds = float(answer["seconds"])
        return {(sheet, cell): _received(value) for sheet, cell, value in answer["values"]}

    def convert(self, path: Path, format: str, out: Path) -> Path:  # noqa: A002 - the word for it
        """Recalculate a workbook and save it as "pdf", "xlsx" or "ods"; return `out`."""
        self._ask("convert", path, kind=format, target=out.resolve().as_uri())
        return out

    def install(self, extension: Path) -> None:
        """Add an extension to the profile, replacing an older version."""
        self._ask("install", extension)

    def uninstall(self, identifier: str) -> bool:
        """Remove an extension from the profile; return whether it was installed."""
        return bool(self._ask("uninstall", identifier=identifier))

    def _computed(self, blocks: list[Block], cells: Cells | None) -> list[list[list[Value]]]:
        if self._folder is None:
            raise OfficeError(_NOT_RUNNING)
        path = self._folder / "scratch.xlsx"
        scratch.write(path, blocks, {reference.rpartition("!")[0] for reference in cells or ()})
        return scratch.read(self.recalculate(path, cells), blocks)

    def _start(self, office: LibreOffice, profile: Path) -> None:
        pipe = f"marketbook{secrets.token_hex(8)}"
        place = f"-env:UserInstallation={profile.resolve().as_uri()}"
        self._soffice = _started(office, office.soffice, *_SWITCHES, place, f"--accept=pipe,name={pipe};urp;")
        self._helper = _started(office, office.python, _BRIDGE, talks=True)
        self._answers = queue.SimpleQueue()
        for process in (self._soffice, self._helper):
            threading.Thread(target=_listen, args=(process, self._answers), daemon=True).start()
        self._ask("connect", pipe=pipe, seconds=_START_SECONDS)

    def _ask(self, request: str, path: Path | None = None, **arguments: Any) -> Any:
        what = request if path is None else f"{request} {path.name}"
        if self._folder is None:
            raise OfficeError(_NOT_RUNNING)
        if path is not None:
            arguments["url"] = _copy(path, self._folder).as_uri()
        assert self._helper is not None  # noqa: S101 - it runs as long as there is a folder
        assert self._helper.stdin is not None  # noqa: S101
        try:
            self._helper.stdin.write(json.dumps([request, arguments]).encode() + b"\n")
            self._helper.stdin.flush()
            line = self._answers.get(timeout=self.seconds)
        except queue.Empty:
            self._stop(patience=0)
            raise OfficeError(f"LibreOffice could not {what} within {self.seconds:g} seconds.") from None
        except OSError:
            line = b""
        answer = json.loads(line or b"{}")
        if not line or ("failed" in answer and self._has_ended()):
            self._stop(patience=0)
            raise OfficeError(f"LibreOffice ended unexpectedly (request: {what}).")
        if "failed" in answer:
            raise OfficeError(f"LibreOffice could not {what}: {answer['failed'].rstrip('.')}.")
        return answer["ok"]

    def _has_ended(self) -> bool:
        """Return whether LibreOffice ended. At first, a crash may look like any other failed request."""
        assert self._soffice is not None  # noqa: S101 - it runs as long as there is a folder
        try:
            self._soffice.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _stop(self, patience: float = _STOP_SECONDS) -> None:
        """End all started processes, normally if they end within `patience` seconds."""
        if self._helper is not None and self._helper.stdin is not None:
            with contextlib.suppress(OSError):
                self._helper.stdin.close()
        codes = [_ended(process, patience) for process in (self._helper, self._soffice) if process]
        self._helper = self._soffice = None
        if self._profile is not None and any(codes):
            _lock(self._profile).unlink(missing_ok=True)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _started(office: LibreOffice, *command: str | Path, talks: bool = False) -> subprocess.Popen[bytes]:
    windows = sys.platform == "win32"
    return subprocess.Popen(  # noqa: S603 - LibreOffice's own programs
        command,
        stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
        stdout=subprocess.PIPE if talks else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=office.program,  # the user's folder may contain a json.py
        env=clean_environment(),
        start_new_session=not windows,
        creationflags=_NEW_GROUP if windows else 0,
    )


def _listen(process: subprocess.Popen[bytes], answers: "queue.SimpleQueue[bytes]") -> None:
    """Collect the answers and the end of a process, so that nothing waits in vain."""
    if process.stdout is not None:
        with process.stdout:
            for line in process.stdout:
                answers.put(line)
    process.wait()
    answers.put(b"")


def _ended(process: subprocess.Popen[bytes], patience: float) -> int:
    """Wait for a process to end, or kill it with its child processes; return its exit code."""
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        _kill(process)
        return process.wait(_STOP_SECONDS)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _refuse_running(profile: Path) -> None:
    """Raise OfficeRunning if a running LibreOffice uses the profile."""
    if _lock(profile).exists():
        raise OfficeRunning(
            f"LibreOffice is running with the profile {profile}. Close it, and try again "
            "(after a crash, start and close it once)."
        )


def _lock(profile: Path) -> Path:
    return profile / ".lock"


def _copy(path: Path, folder: Path) -> Path:
    """Return a copy to open. After a crash, LibreOffice would leave a lock file next to the original."""
    place = folder / "opened"
    try:
        place.mkdir(exist_ok=True)
        return shutil.copyfile(path, place / path.name)
    except OSError as error:
        raise OfficeError(f"{path} cannot be read: {error.strerror}.") from error


def _sent(cells: Cells | None) -> dict[str, Any]:
    """Return cells for JSON, with an error as its text in a formula."""
    return {
        reference: {"error": value.value} if isinstance(value, CellError) else value
        for reference, value in (cells or {}).items()
    }


def _received(value: Any) -> Value:
    return cell_error(value["error"]) if isinstance(value, dict) else value

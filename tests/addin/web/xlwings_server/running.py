"""The real xlwings Server, which runs the project that Marketbook writes, under its noncommercial key."""

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from addin.web.xlwings_server.project import write_project
from tests.missing import missing

_ROOT = Path(__file__).parents[4]
_HOME = _ROOT / ".xlwings-server"
_PYTHON = _HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_START_SECONDS = 60.0
_POLL_SECONDS = 0.02
_LISTENING = re.compile(r"running on (http://127\.0\.0\.1:\d+)")


def required() -> None:
    """Without xlwings Server skip the test that asks, and in CI fail it."""
    if not (_HOME / "ready").is_file():
        missing("xlwings Server is missing: tests/setup/xlwings-server.sh installs it.")


class XlwingsServer:
    """A running xlwings Server with Marketbook's project, for use in a `with` statement."""

    def __init__(self, workers: int = 1, key: str = "noncommercial") -> None:
        self._workers = workers
        self._key = key
        self._folder = tempfile.TemporaryDirectory(prefix="marketbook-xlwings-")
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        required()
        write_project(self.project)
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def project(self) -> Path:
        """The folder of the project."""
        return Path(self._folder.name) / "project"

    @property
    def log(self) -> str:
        """What the server has written."""
        return (Path(self._folder.name) / "log").read_text(encoding="utf-8", errors="replace")

    def client(self) -> httpx.Client:
        """Return a client of the server, which keeps its connection."""
        return httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def _start(self) -> None:
        command = [_PYTHON, "-m", "uvicorn", "xlwings_server.main:main_app", "--port", "0"]
        with (Path(self._folder.name) / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "--workers", str(self._workers)],
                cwd=self.project,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"XLWINGS_LICENSE_KEY": self._key},
                start_new_session=os.name != "nt",  # a Ctrl+C is for the tests, which then stop it
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"xlwings Server did not start.\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def _answers(self) -> bool:
        if said := _LISTENING.search(self.log):
            self.url = said[1]
            try:
                return httpx.get(self.url, trust_env=False).status_code == 200
            except httpx.TransportError:
                return False
        return False

    def _stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_START_SECONDS)
        self._folder.cleanup()


def body(name: str, arguments: list[Any], runtime: str = "1.4") -> dict[str, Any]:
    """Return what xlwings' script sends for a call: each argument is null or rows of cells."""
    return {
        "client": "Office.js",
        "func_name": name,
        "args": arguments,
        "caller_address": "[book.xlsx]Sheet1!A1",
        "culture_info_name": "en-US",
        "date_format": "m/d/yyyy",
        "version": "0.37.8",
        "runtime": runtime,
    }


CALLS = "/xlwings/custom-functions-call"
"""Where the script sends calls."""

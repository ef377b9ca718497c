"""The one-person server of the add-in for Excel, of the tests' own: a real process with a key."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

_START_SECONDS = 30.0
_POLL_SECONDS = 0.05


class ExcelServer:
    """A running `marketbook excel serve` on a free port, for use in a `with` statement.

    It has a data folder of its own, and so a certificate and a key of its own; `environment` says more, such
    as which catalog is in use. A browser must accept the certificate (`ignore_https_errors=True`).
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(environment or {})
        self._folder = tempfile.TemporaryDirectory(prefix="marketbook-excel-")
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.stop()
        self._folder.cleanup()

    @property
    def url(self) -> str:
        """The server's address."""
        return f"https://localhost:{self.port}"

    @property
    def key(self) -> str:
        """What the pane's address has: who knows it may ask."""
        return (self._data / "marketbook" / "excel" / "key").read_text(encoding="ascii")

    @property
    def pane(self) -> str:
        """The address of the pane, as the manifest has it."""
        return f"{self.url}/excel/pane.html?key={self.key}"

    @property
    def log(self) -> str:
        """What the server has written."""
        return (Path(self._folder.name) / "log").read_text(encoding="utf-8", errors="replace")

    def client(self, key: str | None = None) -> httpx.Client:
        """Return a client of the server, who has that key (default: the right one)."""
        given = self.key if key is None else key
        headers = {"Authorization": f"Bearer {given}"} if given else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False, verify=False)

    def start(self) -> None:
        """Start the server, after a stop at the same port, and wait until it answers."""
        command = [sys.executable, "-m", "addin.commands", "excel", "serve", "--port"]
        with (Path(self._folder.name) / "log").open("ab") as log:
            self.port = self.port or _free_port()
            self._process = subprocess.Popen(
                [*command, str(self.port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"XDG_DATA_HOME": str(self._data)} | self._environment,
                start_new_session=os.name != "nt",
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The server did not start.\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Kill the server at once."""
        assert self._process is not None, "The server is not running."
        self._process.kill()
        self._process.wait()
        self._process = None

    @property
    def _data(self) -> Path:
        return Path(self._folder.name) / "data"

    def _answers(self) -> bool:
        try:
            with httpx.Client(verify=False, trust_env=False) as client:
                return client.get(f"{self.url}/excel/names.js").status_code == 200
        except httpx.TransportError:
            return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])

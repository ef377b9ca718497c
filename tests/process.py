"""A server of the tests' own: a real process, with a folder in which its log is."""

import os
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_START_SECONDS = 30.0
_POLL_SECONDS = 0.02


class ServerProcess(ABC):
    """One of Marketbook's commands that goes on until it is stopped, for use in a `with` statement.

    `start` after `kill` starts it again.
    """

    def __init__(self, name: str) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix=f"marketbook-{name}-")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._temporary.cleanup()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.kill()
        self._temporary.cleanup()

    @property
    def pid(self) -> int:
        """The number of the running process."""
        return self._running.pid

    @property
    def log(self) -> str:
        """What the server has written."""
        path = self._folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        assert self._process is None, "The server is running already."
        begun = len(self.log)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "addin.commands", *self._arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self._variables(),
                start_new_session=os.name != "nt",  # a Ctrl+C is for the tests, which then stop it
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers(self.log[begun:]):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The server did not start.\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def kill(self) -> None:
        """Kill the server at once, as a power cut would."""
        self._running.kill()
        self._running.wait()
        self._process = None

    @property
    def _folder(self) -> Path:
        return Path(self._temporary.name)

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None, "The server is not running."
        return self._process

    @abstractmethod
    def _arguments(self) -> list[str]:
        """What comes after `marketbook`."""

    @abstractmethod
    def _variables(self) -> Mapping[str, str]:
        """What the environment has more for the server."""

    @abstractmethod
    def _answers(self, log: str) -> bool:
        """Whether the server answers that has written this since its start."""

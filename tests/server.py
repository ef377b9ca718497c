"""A Marketbook server of the tests' own: a real process over a database that they name."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.oidc import Provider
from tests.oidc.forged import Forged

_START_SECONDS = 30.0
_STOP_SECONDS = 40.0
_POLL_SECONDS = 0.02


class Server:
    """A server on a free port of this machine, for use in a `with` statement.

    It uses the database of that address, which must have the present schema. `start` after `stop` or
    `kill` starts it again at its address. `oidc` is a provider to sign in with.
    """

    def __init__(self, database: str, oidc: Provider | Forged | None = None, **environment: str) -> None:
        self._database = database
        self._oidc = oidc
        self._environment = environment
        self._folder = tempfile.TemporaryDirectory(prefix="marketbook-server-")
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

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
            self.kill()
        self._folder.cleanup()

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The process of the running server."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the server has written."""
        path = Path(self._folder.name) / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines of the log."""
        return [json.loads(line) for line in self.log.splitlines()]

    def client(self, token: str = "") -> httpx.Client:
        """Return a client of the server, who has that token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        assert self._process is None, "The server is running already."
        begun = len(self.log)
        command = [sys.executable, "-m", "addin.commands", "server", "--database", self._database]
        with (Path(self._folder.name) / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self._port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self._sign_in() | self._environment,
                start_new_session=os.name != "nt",  # a Ctrl+C is for the tests, which then stop it
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers(self.log[begun:]):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The server did not start.\n{self.log}")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Stop the server in good order: it ends what it has begun."""
        assert self._process is not None, "The server is not running."
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(_STOP_SECONDS)
        self._process = None

    def kill(self) -> None:
        """Kill the server at once, as a power cut would."""
        assert self._process is not None, "The server is not running."
        self._process.kill()
        self._process.wait()
        self._process = None

    def _sign_in(self) -> dict[str, str]:
        if self._oidc is None:
            return {}
        return {
            "MARKETBOOK_SERVER_OIDC_ISSUER": self._oidc.issuer,
            "MARKETBOOK_SERVER_OIDC_CLIENT_ID": self._oidc.client_id,
            "MARKETBOOK_SERVER_OIDC_CLIENT_SECRET": self._oidc.client_secret,
        }

    def _answers(self, log: str) -> bool:
        """Whether the server says its port, and answers there."""
        for line in log.splitlines():
            with contextlib.suppress(ValueError):
                event = json.loads(line)
                if event.get("event") == "listening":
                    self._port = event["port"]
                    with contextlib.suppress(httpx.TransportError):
                        return httpx.get(f"{self.url}/health", trust_env=False).status_code == 200
        return False

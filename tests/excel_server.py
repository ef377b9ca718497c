"""The one-person server of the add-in for Excel, of the tests' own: a real process with a key."""

import socket
from collections.abc import Mapping
from pathlib import Path

import httpx

from tests.process import ServerProcess


class ExcelServer(ServerProcess):
    """A running `marketbook excel serve` on a free port, for use in a `with` statement.

    It has a data folder of its own, and so a certificate and a key of its own; `environment` says more, such
    as which catalog is in use. A browser must accept the certificate (`ignore_https_errors=True`).
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        super().__init__("excel")
        self._environment = dict(environment or {})
        self.port = _free_port()

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

    def client(self, key: str | None = None) -> httpx.Client:
        """Return a client of the server, who has that key (default: the right one)."""
        given = self.key if key is None else key
        headers = {"Authorization": f"Bearer {given}"} if given else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False, verify=False)

    def stop(self) -> None:
        """Kill the server at once."""
        self.kill()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _arguments(self) -> list[str]:
        return ["excel", "serve", "--port", str(self.port)]

    def _variables(self) -> Mapping[str, str]:
        return {"XDG_DATA_HOME": str(self._data)} | self._environment

    def _answers(self, log: str) -> bool:
        try:
            with httpx.Client(verify=False, trust_env=False) as client:
                return client.get(f"{self.url}/excel/names.js").status_code == 200
        except httpx.TransportError:
            return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])

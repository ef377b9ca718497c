"""A Marketbook server of the tests' own: a real process over a database that they name."""

import contextlib
import json
import signal
from collections.abc import Mapping
from typing import Any

import httpx

from tests.oidc import Provider
from tests.oidc.forged import Forged
from tests.process import ServerProcess

_STOP_SECONDS = 40.0


class Server(ServerProcess):
    """A server on a free port of this machine, for use in a `with` statement.

    It uses the database of that address, which must have the present schema. `start` after `stop` or
    `kill` starts it again at its address. `oidc` is a provider to sign in with.
    """

    def __init__(self, database: str, oidc: Provider | Forged | None = None, **environment: str) -> None:
        super().__init__("server")
        self._database = database
        self._oidc = oidc
        self._environment = environment
        self._port = 0

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines of the log."""
        return [json.loads(line) for line in self.log.splitlines()]

    def client(self, token: str = "") -> httpx.Client:
        """Return a client of the server, who has that token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)

    def stop(self) -> None:
        """Stop the server in good order: it ends what it has begun."""
        self._running.send_signal(signal.SIGTERM)
        self._running.wait(_STOP_SECONDS)
        self._process = None

    def _arguments(self) -> list[str]:
        return ["server", "--database", self._database, "--port", str(self._port)]

    def _variables(self) -> Mapping[str, str]:
        return self._sign_in() | self._environment

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

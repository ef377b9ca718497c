"""The one-person form of the add-in's server: on this computer only, for who has the key.

The key is in the address of the pane, which is in the manifest: whoever can read that file can ask. Pages of
other sites cannot: their requests have another origin, and what they could read has no data.
"""

import hmac
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import anyio.to_thread
import uvicorn
from litestar import Litestar, Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from addin import calls
from addin.http_failures import NotSignedIn, failure_of, headers_of, new_request_id, status_of
from addin.listening import listening
from addin.log import open_log
from addin.web import files, handlers
from addin.web.asking import Asker, Found, Given

ADDRESS: Final = "127.0.0.1"
"""The server is for this computer only."""

_MOST_JSON_BYTES: Final = 10_000_000
_HTTPS: Final = 443
_STOP_SECONDS: Final = 5
_KEY_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.01
_HERE: Final = {"localhost", "127.0.0.1"}


class Owner(Asker):
    """Who has the key: the user of this computer, with the catalog that is in use here."""

    @property
    def name(self) -> str:
        """Who it is, as the pane shows it."""
        return "this computer"

    async def answer(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work in a thread, with the catalog as it is now."""
        return await anyio.to_thread.run_sync(lambda: _up_to_date(work, *given, **named))

    async def build(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that takes seconds."""
        return await self.answer(work, *given, **named)


def owner() -> Owner:
    """Return who asks. A dependency of the handlers, by the name `asker`."""
    return Owner()


def _up_to_date(work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
    calls.look_for_changes()
    return work(*given, **named)


def address_at(port: int) -> str:
    """Return the server's address for Excel, as browsers write it: without the port that https means."""
    return "https://localhost" if port == _HTTPS else f"https://localhost:{port}"


def is_own(address: str) -> bool:
    """Return whether an address is that of a one-person server on this computer, at any port.

    >>> is_own("https://localhost:3444"), is_own("https://markets.example.com")
    (True, False)
    """
    return re.fullmatch(r"https://localhost(:\d+)?", address) is not None


def key(folder: Path) -> str:
    """Return the key that is kept in a folder, which only the user can read; the first call makes it.

    Of several that make it at once, one does, and the others wait until it is there.
    """
    path = folder / "key"
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        with suppress(FileExistsError):
            return _new_key(path)
        if kept := _kept_key(path):
            return kept
        path.unlink(missing_ok=True)  # it was begun, and cut off


def _new_key(path: Path) -> str:
    made = secrets.token_urlsafe(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(made)
    return made


def _kept_key(path: Path) -> str:
    """The key in a file, once it is written; nothing if nobody writes it."""
    until = time.monotonic() + _KEY_SECONDS
    while time.monotonic() < until:
        with suppress(FileNotFoundError):
            if kept := path.read_text(encoding="ascii").strip():
                return kept
        time.sleep(_LOOK_SECONDS)
    return ""


def run(port: int, key: str, certificate: Path, private_key: Path, started: Callable[[], None]) -> None:
    """Run the server until it is interrupted; `started` is called once it listens. Raises CannotListen."""
    with listening(ADDRESS, port) as made:
        started()
        uvicorn.Server(
            uvicorn.Config(
                application(address_at(made.getsockname()[1]), key),
                log_config=None,
                access_log=False,
                server_header=False,
                ssl_certfile=certificate,
                ssl_keyfile=private_key,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        ).run(sockets=[made])


def application(address: str, key: str) -> ASGIApp:
    """Return the application that people reach at an address, for who has the key."""

    def with_key(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        scheme, _space, given = connection.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer" or not hmac.compare_digest(given.strip().encode(), key.encode()):
            raise NotSignedIn(
                "The add-in's key is missing or old. Run 'marketbook excel sideload', and open Excel again."
            )

    routes = Litestar(
        route_handlers=[handlers.router([with_key], owner), files.first_page, files.router()],
        exception_handlers={Exception: _refused, HTTPException: _refused},
        logging_config=None,
        openapi_config=None,
        request_max_body_size=_MOST_JSON_BYTES,
        state=State({"site": files.Site(address)}),
    )
    return _Guarded(routes, address)


def _refused(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    status = status_of(error)
    if status == 500:
        open_log().error("A request has failed unexpectedly.", exc_info=error)
    failure = failure_of(request, status, error)
    return Response(
        failure, status_code=status, media_type="application/json", headers=headers_of(status, error)
    )


class _Guarded:
    """An application that only pages of its own may ask, by its own name.

    Another site could otherwise name this computer in the DNS, and its pages would then be of our origin.
    """

    def __init__(self, routes: ASGIApp, address: str) -> None:
        self._routes = routes
        self._origin = address
        self._port = urlsplit(address).port or _HTTPS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != ScopeType.HTTP:
            await self._routes(scope, receive, send)
            return
        scope["marketbook.request"] = new_request_id()  # type: ignore[typeddict-unknown-key]
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        is_file = scope["path"].startswith(f"{files.PATH}/")  # which Excel's own pages read too
        is_foreign = not is_file and headers.get(b"origin", self._origin) != self._origin
        if is_foreign or not self._is_here(headers.get(b"host", "")):
            await _forbid(send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                if b"etag" in present:
                    present.add(b"cache-control")  # a file says itself how it is kept
                extra = [each for each in _HEADERS if each[0] not in present]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        await self._routes(scope, receive, safe)

    def _is_here(self, host: str) -> bool:
        with suppress(ValueError):
            parts = urlsplit(f"//{host}")
            return parts.hostname in _HERE and (parts.port or _HTTPS) == self._port
        return False


async def _forbid(send: Send) -> None:
    """Refuse, without a word about what is here."""
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


_HEADERS: Final = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]

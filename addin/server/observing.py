"""Observing: a request has an id, a line in the log, its metrics and, if refused, a row in the audit log."""

import re
import time
from typing import Any, Final

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import Connection, select

from addin.http_failures import new_request_id, request_id
from addin.server.asking import House, who_asks
from addin.server.failures import REFUSED, Refusal
from addin.web import files
from markets.catalogs.database import audit
from markets.catalogs.database.tables import editions, workspaces
from markets.catalogs.wire import LARGEST_NUMBER
from markets.errors import Unavailable

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_NO_ROUTE = "none"

_log = structlog.get_logger()


class Metrics:
    """What Prometheus reads: requests by route, method and status, and how long they took."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("marketbook_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram(
            "marketbook_request_seconds",
            "Seconds until a request was answered",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.open = Gauge("marketbook_open_requests", "Requests being answered", registry=self.registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)


class Observed:
    """An application whose requests are observed, and whose answers have headers that keep browsers safe."""

    def __init__(self, application: ASGIApp, house: House, metrics: Metrics) -> None:
        self._application = application
        self._house = house
        self._metrics = metrics
        self._headers = _headers(house.settings.is_https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != ScopeType.HTTP:
            await self._application(scope, receive, send)
            return
        number = _asked_id(scope) or new_request_id()
        scope["marketbook.request"] = number  # type: ignore[typeddict-unknown-key]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        start = time.perf_counter()
        status = 500

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if refusal := scope.get(REFUSED):
                    await self._note(scope, refusal)  # type: ignore[arg-type]
                own = [(b"x-request-id", number.encode()), *self._headers]
                present = {name.lower() for name, _ in message["headers"]}
                if b"content-security-policy" in present:
                    present.add(b"x-frame-options")  # the policy of a page says who may show it
                if b"etag" in present:
                    present.add(b"cache-control")  # a file of the add-in says itself how it is kept
                if _is_in_a_window_of_excel(scope, status):
                    present.add(b"cross-origin-opener-policy")  # which would part it from Excel
                extra = [each for each in own if each[0] not in present]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        with self._metrics.open.track_inprogress():
            try:
                await self._application(scope, receive, observed)
            finally:
                self._tell(scope, status, time.perf_counter() - start)

    def _tell(self, scope: HTTPScope, status: int, seconds: float) -> None:
        route = scope.get("path_template") or _NO_ROUTE
        method = scope["method"] if route != _NO_ROUTE else "other"  # anyone can invent one
        self._metrics.count(method, route, status, seconds)
        _log.info(
            "answered",
            method=scope["method"],
            path=scope["path"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            who=who_asks(scope),
        )

    async def _note(self, scope: HTTPScope, refusal: Refusal) -> None:
        """Note a refused attempt before anybody reads the answer."""
        try:
            await self._house.threads.write(self._note_now, scope, refusal)
        except Unavailable as error:
            _log.error("A refused attempt is not in the audit log.", why=str(error), refused=refusal.why)

    def _note_now(self, scope: HTTPScope, refusal: Refusal) -> None:
        with self._house.database.writing() as connection:
            audit.note(
                connection,
                refusal.who or who_asks(scope),
                f"{scope['method']} {scope.get('path_template') or ''}"[:40],
                target=scope["path"],
                workspace=_workspace(connection, scope.get("path_params") or {}),
                is_refused=True,
                detail=f"{refusal.status}: {refusal.why}",
                request=request_id(scope),
            )


def _asked_id(scope: HTTPScope) -> str:
    """The id that a proxy or a program gave the request, if it is one that a log can show."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            found = value.decode("latin-1")
            return found if _ID.fullmatch(found) else ""
    return ""


def _is_in_a_window_of_excel(scope: HTTPScope, status: int) -> bool:
    """Whether an answer can be for a window that the add-in has opened: its pages, and what leads there.

    A redirect shows nothing, so that it needs no policy.
    """
    return 300 <= status < 400 or scope["path"].startswith(f"{files.PATH}/")


def _workspace(connection: Connection, parameters: dict[str, Any]) -> int | None:
    """The workspace of a request's path, whether or not the person may see it: its owner may know."""
    name, edition = parameters.get("workspace"), parameters.get("edition")
    if isinstance(name, str) and name.isprintable():
        found = connection.scalar(select(workspaces.c.id).where(workspaces.c.name == name))
    elif isinstance(edition, int) and 0 < edition <= LARGEST_NUMBER:
        found = connection.scalar(select(editions.c.workspace_id).where(editions.c.id == edition))
    else:
        return None
    return None if found is None else int(found)


def _headers(is_https: bool) -> list[tuple[bytes, bytes]]:
    """Headers by which a browser runs nothing but what this server has sent, and shows it in no frame."""
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }
    if is_https:
        headers["strict-transport-security"] = "max-age=31536000"
    return [(name.encode(), value.encode()) for name, value in headers.items()]

"""Failures of the server: JSON, or for a browser a page; refused attempts are for the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from addin.http_failures import TooMuch, failure_of, headers_of, status_of
from addin.server.operations.permission import Hidden
from addin.server.pages import failure_page
from markets.catalogs.wire import Failure

REFUSED = "marketbook.refused"
"""Under which a request's scope has the `Refusal`, for the audit log."""

_ATTEMPTS = (401, 403, 409, 413, 422)
_API = ("/api/", "/health", "/ready", "/metrics", "/docs")

_log = structlog.get_logger()

_Request = Request[Any, Any, Any]


@dataclass(frozen=True)
class Refusal:
    """A refused attempt for the audit log. `who` is known of a token that was in force once."""

    status: int
    why: str
    who: str = ""


def refused(request: _Request, error: Exception) -> Response[Any]:
    """Return the answer to a request that is refused or has failed: JSON, or for a browser a page."""
    status = status_of(error)
    failure = failure_of(request, status, error)
    if (status in _ATTEMPTS or isinstance(error, Hidden)) and not isinstance(error, TooMuch):
        who = getattr(error, "who", "")
        request.scope[REFUSED] = Refusal(status, failure.message, who)  # type: ignore[literal-required]
    if status == 500:
        _log.error("A request has failed unexpectedly.", exc_info=error)
    response = _answer(request, status, failure)
    response.headers.update(headers_of(status, error))
    return response


def is_for_programs(path: str) -> bool:
    """Whether a path is answered in JSON, and not by a page."""
    return path.startswith(_API) or path == "/api"


HANDLERS: dict[int | type[Exception], Callable[[_Request, Any], Response[Any]]] = {
    Exception: refused,
    HTTPException: refused,
}


def _answer(request: _Request, status: int, failure: Failure) -> Response[Any]:
    if is_for_programs(request.scope["path"]):
        return Response(failure, status_code=status, media_type="application/json")
    if status == 401 and request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/sign-in?next={quote(target)}", status_code=303)
    return failure_page(request, status, failure.message)

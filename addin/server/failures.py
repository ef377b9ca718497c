"""Failures: every refusal is a sentence with the request's id, whatever went wrong. Never a traceback."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.response import Redirect

from addin.server.asking import NotSignedIn, request_id
from addin.server.operations.permission import Hidden
from addin.server.pages import failure_page
from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Failure
from markets.errors import (
    CatalogError,
    Conflict,
    MarketbookError,
    NotAllowed,
    NotFound,
    Unavailable,
)

REFUSED = "marketbook.refused"
"""Under which a request's scope has the `Refusal`, for the audit log."""

_RETRY_SECONDS = "5"
_API = ("/api/", "/health", "/ready", "/metrics", "/docs")
_NOT_JSON = "The body of the request is not JSON as this route takes it"

_log = structlog.get_logger()

_Request = Request[Any, Any, Any]
_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (AlreadyEntered, 409),
    (Unavailable, 503),
    (MarketbookError, 422),
)


@dataclass(frozen=True)
class Refusal:
    """A refused attempt for the audit log. `who` is known of a token that was in force once."""

    status: int
    why: str
    who: str = ""


def refused(request: _Request, error: Exception) -> Response[Any]:
    """Return the answer to a request that is refused or has failed: JSON, or for a browser a page."""
    status = _status(error)
    failure = _failure(request, status, error)
    if status in (401, 403, 409, 413, 422) or isinstance(error, Hidden):
        who = getattr(error, "who", "")
        request.scope[REFUSED] = Refusal(status, failure.message, who)  # type: ignore[literal-required]
    if status == 500:
        _log.error("A request has failed unexpectedly.", exc_info=error)
    response = _answer(request, status, failure)
    if status == 503:
        response.headers["Retry-After"] = _RETRY_SECONDS
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, MethodNotAllowedException):
        response.headers.update(error.headers or {})
    return response


def is_for_programs(path: str) -> bool:
    """Whether a path is answered in JSON, and not by a page."""
    return path.startswith(_API) or path == "/api"


HANDLERS: dict[int | type[Exception], Callable[[_Request, Any], Response[Any]]] = {
    Exception: refused,
    HTTPException: refused,
}


def _status(error: Exception) -> int:
    if isinstance(error, ValidationException) and error.extra:
        return 422  # it could be read, but is not what the route takes
    if isinstance(error, RecursionError):
        return 400  # JSON of a thousand levels
    if isinstance(error, HTTPException):
        return error.status_code
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def _failure(request: _Request, status: int, error: Exception) -> Failure:
    number = request_id(request.scope)
    if isinstance(error, HTTPException):
        return Failure(_http_message(request, error), number, tuple(_http_problems(error)))
    if status == 500:
        return Failure(f"Something went wrong here. The server's log knows it as request {number}.", number)
    if isinstance(error, RecursionError):
        return Failure(f"{_NOT_JSON}.", number)
    theirs = getattr(error, "theirs", None)
    return Failure(
        str(error),
        number,
        error.problems if isinstance(error, CatalogError) else (),
        theirs if isinstance(theirs, Statement) else None,
        error.seen if isinstance(error, Conflict) else None,
    )


def _http_message(request: _Request, error: HTTPException) -> str:
    if error.status_code == 413:
        most = request.route_handler.resolve_request_max_body_size() or 0
        return f"The request is too large: at most {most // 1_000_000} MB are read. Nothing was kept."
    if isinstance(error, NotFoundException):
        return "There is nothing at this address."
    if isinstance(error, MethodNotAllowedException):
        return f"{request.method} is not possible at this address."
    if isinstance(error, ValidationException) and error.extra:
        return "The request is not valid."
    if isinstance(error, ClientException):
        return f"{_NOT_JSON}."
    return "The request cannot be answered."


def _http_problems(error: HTTPException) -> list[str]:
    listed = error.extra if isinstance(error.extra, list) else []
    return [_problem(each) for each in listed if isinstance(each, dict)]


def _problem(each: dict[str, Any]) -> str:
    message, key = str(each.get("message", "")), str(each.get("key", ""))
    if message == repr(key):
        return "The request has no body." if key == "data" else f"{key} is missing."
    return f"{key}: {message}." if key else f"{message}."


def _answer(request: _Request, status: int, failure: Failure) -> Response[Any]:
    if is_for_programs(request.scope["path"]):
        return Response(failure, status_code=status, media_type="application/json")
    if status == 401 and request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/sign-in?next={quote(target)}", status_code=303)
    return failure_page(request, status, failure.message)

"""Failures as answers over HTTP: every refusal is a sentence with the request's id. Never a traceback."""

import secrets
from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)

from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Failure
from markets.errors import CatalogError, Conflict, MarketbookError, NotAllowed, NotFound, Unavailable

RETRY_SECONDS = "5"
"""When to ask again what is not available now."""

_NOT_JSON = "The body of the request is not JSON as this route takes it"


class NotSignedIn(NotAllowed):
    """A request that says not, or wrongly, who asks. `who` is known of a token that was in force once."""

    def __init__(self, message: str, who: str = "") -> None:
        self.who = who
        super().__init__(message)


class TooMuch(MarketbookError):
    """A request for more than one answer may have. Half of it may do."""


_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (AlreadyEntered, 409),
    (TooMuch, 413),
    (Unavailable, 503),
    (MarketbookError, 422),
)


def request_id(scope: Mapping[str, Any]) -> str:
    """Return the id by which logs know a request."""
    return str(scope.get("marketbook.request", ""))


def new_request_id() -> str:
    """Return an id for a request that came without one."""
    return secrets.token_hex(8)


def status_of(error: Exception) -> int:
    """Return the status of the answer to a request that has failed."""
    if isinstance(error, ValidationException) and error.extra:
        return 422  # it could be read, but is not what the route takes
    if isinstance(error, RecursionError):
        return 400  # JSON of a thousand levels
    if isinstance(error, HTTPException):
        return error.status_code
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def headers_of(status: int, error: Exception) -> dict[str, str]:
    """Return what the answer to a failed request says to programs."""
    if status == 503:
        return {"Retry-After": RETRY_SECONDS}
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return dict(error.headers or {}) if isinstance(error, MethodNotAllowedException) else {}


def failure_of(request: Request[Any, Any, Any], status: int, error: Exception) -> Failure:
    """Return what the answer to a failed request says to people."""
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


def _http_message(request: Request[Any, Any, Any], error: HTTPException) -> str:
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

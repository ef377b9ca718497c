"""The pages: handlers for the routes that browsers ask for."""

from typing import Any

from litestar import Request, Response

HANDLERS: list[Any] = []
"""Handlers and routers of the pages. Those for who is signed in have the guard `by_session`."""


def failure_page(request: Request[Any, Any, Any], status: int, message: str) -> Response[Any]:
    """Return the page that says why a request was refused. `asking.request_id` is for the server's log."""
    return Response(message, status_code=status, media_type="text/plain")

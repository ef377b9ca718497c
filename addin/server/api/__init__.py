"""The API: JSON, by a personal token. What a route takes and gives are the types of `wire`."""

from typing import Any

from litestar import Router

from addin.server.api import editions, own, state, workspaces
from addin.server.asking import by_token

ROUTES: list[Any] = [
    Router(
        "/api",
        route_handlers=[*own.HANDLERS, *workspaces.HANDLERS, *editions.HANDLERS],
        guards=[by_token],
        security=[{"token": []}],
    ),
    *state.HANDLERS,
]

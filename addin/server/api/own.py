"""Routes about oneself: who one is, and one's tokens. A token makes no other, which would outlive it."""

import datetime
from typing import Any

from litestar import delete, get
from litestar.params import FromPath
from msgspec import Struct

from addin.server import operations
from addin.server.asking import Asks
from markets.catalogs.wire import Me


class TokenShown(Struct, frozen=True):
    """A token without its secret."""

    id: int
    name: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None
    is_for_excel: bool


@get("/me")
async def me(asking: Asks) -> Me:
    """Return who asks, and which workspaces that person may read."""
    return await asking.house.threads.read(operations.me, asking)


@get("/tokens")
async def tokens(asking: Asks) -> list[TokenShown]:
    """Return the person's tokens, without their secrets."""
    found = await asking.house.threads.read(operations.tokens, asking)
    return [
        TokenShown(one.id, one.name, one.created_at, one.expires_at, one.used_at, one.is_for_excel)
        for one in found
    ]


@delete("/tokens/{token:int}")
async def revoke_token(asking: Asks, token: FromPath[int]) -> None:
    """Revoke a token of one's own."""
    await asking.house.threads.write(operations.revoke_token, asking, token)


HANDLERS: list[Any] = [me, tokens, revoke_token]

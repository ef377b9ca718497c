"""Routes about oneself: who one is, and one's tokens."""

import datetime
from typing import Any

from litestar import delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from addin.server import operations
from addin.server.asking import Asks
from addin.server.operations.tokens import USUAL_DAYS, NewToken
from markets.catalogs.wire import Me


class TokenWanted(Struct, frozen=True):
    """A token to make: what it is called, and for how many days it can be used."""

    name: str
    days: int = USUAL_DAYS


class TokenShown(Struct, frozen=True):
    """A token without its secret."""

    id: int
    name: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None


@get("/me")
async def me(asking: Asks) -> Me:
    """Return who asks, and which workspaces that person may read."""
    return await asking.house.threads.read(operations.me, asking)


@get("/tokens")
async def tokens(asking: Asks) -> list[TokenShown]:
    """Return the person's tokens, without their secrets."""
    found = await asking.house.threads.read(operations.tokens, asking)
    return [TokenShown(one.id, one.name, one.created_at, one.expires_at, one.used_at) for one in found]


@post("/tokens")
async def make_token(asking: Asks, data: JSONBody[TokenWanted]) -> NewToken:
    """Make a token. Its secret is in this answer and nowhere else."""
    return await asking.house.threads.write(operations.make_token, asking, data.name, data.days)


@delete("/tokens/{token:int}")
async def revoke_token(asking: Asks, token: FromPath[int]) -> None:
    """Revoke a token of one's own."""
    await asking.house.threads.write(operations.revoke_token, asking, token)


HANDLERS: list[Any] = [me, tokens, make_token, revoke_token]

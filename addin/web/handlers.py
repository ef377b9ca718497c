"""What the add-in's scripts ask. An application puts these routes behind a guard, and says who asks."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from litestar import Router, get, post
from litestar.di import Provide
from litestar.params import FromQuery, JSONBody
from litestar.types import Guard
from msgspec import Struct

from addin.web.asking import Asks
from addin.web.calls import Answers, Batch, answers
from addin.web.pane import MarketCard, MarketShown, market_card, markets
from addin.web.refreshing.refresh import refreshed
from addin.web.refreshing.wire import Instructions, RefreshRequest
from udfs.catalog import catalog

PATH: Final = "/api/excel"
"""Where the routes are."""

_MOST_REFRESHED_BYTES: Final = 25_000_000


class Me(Struct, frozen=True):
    """Who asks, and where the answers are from."""

    name: str
    place: str


class SignedOut(Struct, frozen=True):
    """Whether the token that asked has ended."""

    is_revoked: bool


@get("/me")
async def me(asker: Asks) -> Me:
    """Return who asks, and where the answers are from."""
    return Me(asker.name, await asker.answer(lambda: catalog().place))


@post("/calls", status_code=200)
async def calls(asker: Asks, data: JSONBody[Batch]) -> Answers:
    """Return the values of calls of worksheet functions."""
    return await asker.answer(answers, data)


@get("/markets")
async def market_list(
    asker: Asks, search: FromQuery[str] = "", limit: FromQuery[int] = 50
) -> list[MarketShown]:
    """Return the markets whose names contain or resemble a text."""
    return await asker.answer(markets, search, limit)


@get("/market")
async def market(asker: Asks, name: FromQuery[str]) -> MarketCard:
    """Return what the pane shows of a market."""
    return await asker.answer(market_card, name)


@post("/refresh", status_code=200, request_max_body_size=_MOST_REFRESHED_BYTES)
async def refresh(asker: Asks, data: JSONBody[RefreshRequest]) -> Instructions:
    """Return what makes the report sheets of an open workbook new."""
    return await asker.build(refreshed, data)


@post("/sign-out", status_code=200)
async def sign_out(asker: Asks) -> SignedOut:
    """End the token that Excel got when somebody signed in."""
    return SignedOut(await asker.sign_out())


def router(guards: Sequence[Guard], asker: Callable[..., Any]) -> Router:
    """Return the routes behind guards. `asker` is a dependency that returns who asks."""
    return Router(
        PATH,
        route_handlers=[me, calls, market_list, market, refresh, sign_out],
        guards=list(guards),
        dependencies={"asker": Provide(asker, sync_to_thread=False)},
        include_in_schema=False,  # they are for these scripts, and change with them
    )

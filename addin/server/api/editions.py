"""Routes about editions: search, read, history, and corrections."""

import datetime
from typing import Annotated, Any

from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Struct

from addin.server import operations
from addin.server.asking import Asks
from markets.catalogs.records import Record
from markets.catalogs.wire import Added, Addition, Corrected, Correction, Hit, Withdrawal


class Line(Struct, frozen=True):
    """One line of an edition's history, in words; see `markets.catalogs.history.Event`."""

    change: int
    who: str
    at: datetime.datetime
    why: str
    fact: int | None
    what: str
    before: str
    after: str


@get("/markets")
async def search(
    asking: Asks,
    text: Annotated[str, QueryParameter(name="search", description="Part of a market's name.")] = "",
    limit: FromQuery[int] = 50,
) -> list[Hit]:
    """Return editions of markets whose names contain or resemble a text."""
    return await asking.house.threads.read(operations.search, asking, text, limit)


@get("/editions/{edition:int}")
async def edition(asking: Asks, edition: FromPath[int]) -> Record:
    """Return an edition with everything that was entered and corrected."""
    return await asking.house.threads.read(operations.edition, asking, edition)


@get("/editions/{edition:int}/history")
async def history(asking: Asks, edition: FromPath[int]) -> list[Line]:
    """Return what happened to an edition, in words, oldest first."""
    found = await asking.house.threads.read(operations.events, asking, edition)
    return [
        Line(
            *(each.change.number, each.change.who, each.change.at, each.change.why),
            *(each.fact, each.what, each.before, each.after),
        )
        for each in found
    ]


@post("/editions/{edition:int}/facts/{fact:int}/corrections")
async def correct(
    asking: Asks, edition: FromPath[int], fact: FromPath[int], data: JSONBody[Correction]
) -> Corrected:
    """Correct a fact, or withdraw it. A newer revision than the one seen is a conflict (409)."""
    write = asking.house.threads.write
    return await write(operations.correct, asking, edition, fact, data.seen, data.statement, data.why)


@post("/editions/{edition:int}/facts")
async def add(asking: Asks, edition: FromPath[int], data: JSONBody[Addition]) -> Added:
    """Add a fact that the edition states and nobody entered."""
    write = asking.house.threads.write
    return Added(await write(operations.add, asking, edition, data.statement, data.why))


@post("/editions/{edition:int}/withdrawal")
async def withdraw(asking: Asks, edition: FromPath[int], data: JSONBody[Withdrawal]) -> Corrected:
    """Withdraw an edition that should not have been entered. It can be entered again."""
    return await asking.house.threads.write(operations.withdraw, asking, edition, data.why)


HANDLERS: list[Any] = [search, edition, history, correct, add, withdraw]

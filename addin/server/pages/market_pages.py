"""Markets: the list of them, and the page of one, at one of its editions."""

import datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from addin.server.asking import Asking, Asks
from addin.server.operations import me
from addin.server.pages import looking
from addin.server.pages.edition_view import checked, groups, named
from addin.server.pages.rendering import moved, shown
from addin.server.pages.vintages import chart
from markets.catalogs.history import history
from markets.market import Market

_AT_ONCE = 50


@get("/")
async def front() -> Response[Any]:
    """Show the markets to whoever asks for no page in particular."""
    return moved("/markets")


@get("/markets")
async def market_list(
    asking: Asks, search: FromQuery[str] = "", page: Annotated[int, QueryParameter(ge=1, le=1_000_000)] = 1
) -> Response[str]:
    """Show the markets whose names contain or resemble what somebody looks for, a page at a time."""
    return await asking.house.threads.read(_market_list, asking, search, page)


@get("/editions/{edition:int}")
async def market_page(asking: Asks, edition: FromPath[int], as_of: FromQuery[str] = "") -> Response[str]:
    """Show a market as one of its editions has it, now or at the end of a day."""
    return await asking.house.threads.read(_market, asking, edition, as_of.strip())


def _market_list(asking: Asking, search: str, page: int) -> Response[str]:
    found, has_more = looking.markets(asking, search, page - 1, _AT_ONCE)
    return shown(
        "markets.html",
        asking,
        me(asking),
        search=search.strip(),
        found=found,
        page=page,
        first=(page - 1) * _AT_ONCE + 1,
        has_more=has_more,
    )


def _market(asking: Asking, edition: int, as_of: str) -> Response[str]:
    looked = looking.market(asking, edition)
    record = looked.edition
    day, misread = _day(as_of)
    heading = record.heading_at(day)
    return shown(
        "market.html",
        asking,
        looked.me,
        record=record,
        heading=heading,
        name=named(record),
        editions=looked.editions,
        may_change=looked.may_change and day is None,
        as_of=as_of,
        day=day,
        misread=misread,
        groups=groups(record, day),
        checked=checked(Market(record.report(day))),
        chart=chart(looked.editions, heading.market),
        events=list(reversed(history(record))),
    )


def _day(text: str) -> tuple[datetime.date | None, str]:
    """A day that somebody typed, and what is wrong with it."""
    try:
        return (datetime.date.fromisoformat(text) if text else None), ""
    except ValueError:
        return None, "Enter a day such as 2026-03-01."

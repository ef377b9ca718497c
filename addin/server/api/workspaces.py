"""Routes about a workspace: updates, imports, members, and the audit log."""

import datetime
from typing import Any

from litestar import Request, delete, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from addin.server import operations
from addin.server.asking import Asks
from addin.server.operations import Drafted
from markets.catalogs.database.audit import Entry
from markets.catalogs.wire import Accepted, Role, Submitted, Updates
from markets.importing.reading import limits
from markets.importing.tables.rows import Told


class Marked(Struct, frozen=True):
    """The edition that an import of the same text has made."""

    edition: int


class MemberShown(Struct, frozen=True):
    """Somebody's role in a workspace."""

    email: str
    name: str
    role: Role


class RoleWanted(Struct, frozen=True):
    """A role to give."""

    role: Role


@get("/workspaces/{workspace:str}/updates")
async def updates(
    asking: Asks,
    workspace: FromPath[str],
    since: FromQuery[int] = 0,
    stamp: FromQuery[datetime.datetime | None] = None,
    limit: FromQuery[int] = operations.MOST_RECORDS,
) -> Updates:
    """Return a page of what has changed since a client's last change."""
    return await asking.house.threads.read(operations.updates, asking, workspace, since, stamp, limit)


@get("/workspaces/{workspace:str}/marks/{mark:str}")
async def marked(asking: Asks, workspace: FromPath[str], mark: FromPath[str]) -> Marked:
    """Return the edition that an import of the same text has made; 404 if there is none."""
    return Marked(await asking.house.threads.read(operations.marked, asking, workspace, mark))


@post("/workspaces/{workspace:str}/reports")
async def submit(
    asking: Asks, workspace: FromPath[str], data: JSONBody[Submitted], revise: FromQuery[bool] = False
) -> Accepted:
    """Enter a report. An edition that is there from another text is a conflict (409), or is revised."""
    write = asking.house.threads.write
    return await write(operations.submit, asking, workspace, data, revise=revise)


@post("/workspaces/{workspace:str}/drafts", status_code=200, request_max_body_size=limits.BYTES)
async def draft(
    request: Request[Any, Any, Any],
    asking: Asks,
    workspace: FromPath[str],
    name: FromQuery[str] = "",
    market: FromQuery[str] = "",
    geography: FromQuery[str] = "",
    publisher: FromQuery[str] = "",
    title: FromQuery[str] = "",
    date: FromQuery[datetime.date | None] = None,
    url: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    undated: FromQuery[int | None] = None,
    sheet: FromQuery[str] = "",
) -> Drafted:
    """Return what is found in a file, which is the body, for review. Nothing is kept."""
    await asking.house.threads.read(operations.place_to_import, asking, workspace)
    content = await request.body()
    told = Told(market, geography, publisher, title, date, url, unit)
    examine = asking.house.threads.examine
    return await examine(operations.read_draft, asking, workspace, content, name, told, undated, sheet)


@get("/workspaces/{workspace:str}/members")
async def members(asking: Asks, workspace: FromPath[str]) -> list[MemberShown]:
    """Return the members of a workspace, for its owner."""
    found = await asking.house.threads.read(operations.members, asking, workspace)
    return [MemberShown(one.person.email, one.person.name, one.role) for one in found]


@put("/workspaces/{workspace:str}/members/{email:str}")
async def set_member(
    asking: Asks, workspace: FromPath[str], email: FromPath[str], data: JSONBody[RoleWanted]
) -> MemberShown:
    """Give somebody a role in a workspace, for its owner."""
    write = asking.house.threads.write
    one = await write(operations.set_member, asking, workspace, email, data.role)
    return MemberShown(one.person.email, one.person.name, one.role)


@delete("/workspaces/{workspace:str}/members/{email:str}")
async def remove_member(asking: Asks, workspace: FromPath[str], email: FromPath[str]) -> None:
    """Take somebody's role in a workspace away, for its owner."""
    await asking.house.threads.write(operations.remove_member, asking, workspace, email)


@get("/workspaces/{workspace:str}/audit")
async def audit(
    asking: Asks, workspace: FromPath[str], before: FromQuery[int | None] = None, limit: FromQuery[int] = 100
) -> list[Entry]:
    """Return the last entries of the audit log about a workspace, newest first, for its owner."""
    return await asking.house.threads.read(operations.audit_entries, asking, workspace, before, limit)


HANDLERS: list[Any] = [updates, marked, submit, draft, members, set_member, remove_member, audit]

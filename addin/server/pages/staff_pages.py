"""Workspaces, and for their owners: members, and the audit log."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from addin.server.asking import Asking, Asks, checked_form
from addin.server.operations import audit_entries, me, members, remove_member, set_member
from addin.server.pages.forms import text
from addin.server.pages.rendering import html, moved, refuse_with, segment, shown
from markets.catalogs.wire import LARGEST_NUMBER, ROLES
from markets.errors import CatalogError, NotAllowed, NotFound, Unavailable

_AT_ONCE = 100

_Request = Request[Any, Any, Any]


@get("/workspaces")
async def workspace_list(asking: Asks) -> Response[str]:
    """Show the workspaces that somebody may read, and what can be done there."""
    known = await asking.house.threads.read(me, asking)
    return shown("workspaces.html", asking, known)


@get("/workspaces/{workspace:str}/members")
async def member_list(asking: Asks, workspace: FromPath[str]) -> Response[str]:
    """Show the members of a workspace."""
    told = await asking.house.threads.read(_told, asking, workspace)
    return shown("members.html", asking, **told)


@post("/workspaces/{workspace:str}/members")
async def change_member(request: _Request, asking: Asks, workspace: FromPath[str]) -> Response[Any]:
    """Give somebody a role, or take it away. What is wrong stands in the form that is shown again."""
    form = await checked_form(request, asking)
    email, role = text(form, "email"), text(form, "role")
    told = await asking.house.threads.read(_told, asking, workspace)
    try:
        if text(form, "do") == "remove":
            await asking.house.threads.write(remove_member, asking, workspace, email)
        elif role not in ROLES:
            raise CatalogError("Choose a role.")
        else:
            await asking.house.threads.write(set_member, asking, workspace, email, role)
    except (NotAllowed, Unavailable):
        raise
    except (CatalogError, NotFound) as error:
        again = told | {"problem": str(error), "email": email, "role": role}
        refuse_with(request, html("members.html", asking, **again))
        raise
    return moved(f"/workspaces/{segment(workspace)}/members")


@get("/workspaces/{workspace:str}/audit")
async def audit_log(
    asking: Asks,
    workspace: FromPath[str],
    before: Annotated[int | None, QueryParameter(ge=1, le=LARGEST_NUMBER)] = None,
) -> Response[str]:
    """Show the audit log of a workspace, a page at a time."""
    found = await asking.house.threads.read(audit_entries, asking, workspace, before, _AT_ONCE + 1)
    known = await asking.house.threads.read(me, asking)
    return shown(
        "audit.html",
        asking,
        known,
        workspace=workspace,
        entries=found[:_AT_ONCE],
        has_more=len(found) > _AT_ONCE,
        before=before,
    )


def _told(asking: Asking, workspace: str) -> dict[str, Any]:
    return {
        "members": members(asking, workspace),
        "me": me(asking),
        "workspace": workspace,
        "roles": ROLES,
        "problem": "",
        "email": "",
        "role": "reader",
    }

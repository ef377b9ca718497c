"""Roles in a workspace, given and taken: by its owner at the server, or by whoever reaches the database.

Each raises CatalogError if the workspace would have no owner any more. `who` does it, as the audit log says.
"""

from sqlalchemy import Connection

from markets.catalogs.database import audit, people
from markets.catalogs.database.people import Member
from markets.catalogs.wire import Role


def give_role(
    connection: Connection, who: str, workspace: int, email: str, role: Role, request: str = ""
) -> Member:
    """Give somebody a role. Who has no account yet gets it at the first sign-in."""
    somebody = people.invited(connection, email)
    before = people.set_role(connection, workspace, somebody, role)
    if before != role:
        audit.note(
            connection,
            who,
            "set member",
            target=somebody.email,
            workspace=workspace,
            detail=f"{before or 'none'} -> {role}",
            request=request,
        )
    return Member(somebody, role)


def take_role(connection: Connection, who: str, workspace: int, email: str, request: str = "") -> None:
    """Take somebody's role away. Raises NotFound if there is none."""
    somebody = people.person(connection, email)
    before = people.remove(connection, workspace, somebody)
    audit.note(
        connection,
        who,
        "remove member",
        target=somebody.email,
        workspace=workspace,
        detail=f"{before} -> none",
        request=request,
    )

"""What an owner does: members and their roles, and the audit log. And who one is oneself."""

from addin.server.asking import Asking
from addin.server.operations.permission import place
from addin.server.operations.roles import give_role, take_role
from markets.catalogs.database import audit, people
from markets.catalogs.database.audit import Entry
from markets.catalogs.database.people import Member
from markets.catalogs.wire import Me, Role, Workspace

_MOST_ENTRIES = 500


def me(asking: Asking) -> Me:
    """Return who asks, and which workspaces that person may read."""
    with asking.database.reading() as connection:
        found = people.places(connection, asking.person)
    listed = tuple(Workspace(each.name, each.role, each.is_everyones) for each in found)
    return Me(asking.person.email, asking.person.name, listed)


def members(asking: Asking, workspace: str) -> list[Member]:
    """Return the members of a workspace, for its owner."""
    with asking.database.reading() as connection:
        return people.members(connection, place(connection, asking, workspace, "owner").id)


def set_member(asking: Asking, workspace: str, email: str, role: Role) -> Member:
    """Give somebody a role in a workspace. Who has no account yet gets it at the first sign-in."""
    with asking.database.writing() as connection:
        found = place(connection, asking, workspace, "owner")
        return give_role(connection, asking.person.email, found.id, email, role, asking.request)


def remove_member(asking: Asking, workspace: str, email: str) -> None:
    """Take somebody's role in a workspace away. Raises NotFound if there is none."""
    with asking.database.writing() as connection:
        found = place(connection, asking, workspace, "owner")
        take_role(connection, asking.person.email, found.id, email, asking.request)


def audit_entries(asking: Asking, workspace: str, before: int | None = None, limit: int = 100) -> list[Entry]:
    """Return the last entries of the audit log about a workspace, newest first, for its owner."""
    with asking.database.reading() as connection:
        found = place(connection, asking, workspace, "owner")
        return audit.entries(connection, found.id, before, min(max(limit, 1), _MOST_ENTRIES))

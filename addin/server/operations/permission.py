"""Who may do what. What a person may not see does not exist for that person, so that guesses tell nothing."""

from sqlalchemy import Connection, select

from addin.server.asking import Asking
from markets.catalogs.database.people import Place, places
from markets.catalogs.database.tables import editions, workspaces
from markets.catalogs.wire import LARGEST_NUMBER, Role
from markets.errors import NotAllowed, NotFound, shortened


class Hidden(NotFound):
    """What a person may not see, or what is not there: the answer is the same."""


def place(connection: Connection, asking: Asking, workspace: str, role: Role = "reader") -> Place:
    """Return a workspace in which the person has that role. Raises Hidden and NotAllowed."""
    found = places(connection, asking.person, workspace) if workspace.isprintable() else []
    if not found:
        raise Hidden(f'There is no workspace "{shortened(ascii(workspace)[1:-1])}".')
    return _allowing(found[0], role)


def place_of(connection: Connection, asking: Asking, edition: int, role: Role = "reader") -> Place:
    """Return the workspace of an edition, in which the person has that role; see `place`."""
    name = connection.scalar(
        select(workspaces.c.name)
        .join(editions, editions.c.workspace_id == workspaces.c.id)
        .where(editions.c.id == (edition if 0 < edition <= LARGEST_NUMBER else 0))
    )
    found = places(connection, asking.person, name) if name is not None else []
    if not found:
        raise Hidden(f"There is no edition {edition}.")
    return _allowing(found[0], role)


def _allowing(found: Place, role: Role) -> Place:
    if found.allows(role):
        return found
    if found.is_everyones:
        raise NotAllowed(
            f"The reports of the workspace {found.name} come with Marketbook and are not changed. "
            "Enter the edition in a workspace of your own."
        )
    raise NotAllowed(
        f"For that, you need the role {role} in the workspace {found.name}. Your role is {found.role}."
    )

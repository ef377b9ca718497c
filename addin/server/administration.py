"""Workspaces, members and tokens for whoever reaches the database: so there is a first owner."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from addin.server.operations.roles import give_role, take_role
from addin.server.operations.texts import checked
from addin.server.operations.tokens import MOST_DAYS
from markets.catalogs.database import Database, audit, keys, people
from markets.catalogs.database.people import Member
from markets.catalogs.database.schema import check
from markets.catalogs.database.writing import workspace as workspace_of
from markets.catalogs.wire import Role
from markets.errors import CatalogError, NotFound

_LONGEST_NAME = 80


class Administration:
    """The people of a database, administered by `who`. Each action is in the audit log."""

    def __init__(self, address: str, who: str) -> None:
        self._database = Database(address)
        self._who = who

    def create_workspace(self, name: str, owner: str) -> None:
        """Make a workspace with an owner. Raises CatalogError if there is one of that name."""
        name = checked("name", name, _LONGEST_NAME, is_required=True)
        with self._writing() as connection:
            try:
                workspace_of(connection, name)
            except NotFound:
                made = workspace_of(connection, name, make=True)
            else:
                raise CatalogError(f'There is a workspace "{name}" already.')
            audit.note(connection, self._who, "create workspace", target=name, workspace=made)
            give_role(connection, self._who, made, owner, "owner")

    def set_member(self, workspace: str, email: str, role: Role) -> None:
        """Give somebody a role in a workspace. Raises NotFound, and CatalogError if no owner is left."""
        with self._writing() as connection:
            give_role(connection, self._who, workspace_of(connection, workspace), email, role)

    def remove_member(self, workspace: str, email: str) -> None:
        """Take somebody's role away. Raises NotFound, and CatalogError if no owner is left."""
        with self._writing() as connection:
            take_role(connection, self._who, workspace_of(connection, workspace), email)

    def members(self, workspace: str) -> list[Member]:
        """Return the members of a workspace. Raises NotFound."""
        with self._database.reading() as connection:
            check(self._database, connection)
            return people.members(connection, workspace_of(connection, workspace))

    def make_token(self, email: str, name: str, days: int) -> str:
        """Make a token for somebody, and return its secret. Raises CatalogError."""
        if not 1 <= days <= MOST_DAYS:
            raise CatalogError(f"A token can be used for 1 to {MOST_DAYS} days.")
        name = checked("name", name, _LONGEST_NAME, is_required=True)
        ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        with self._writing() as connection:
            somebody = people.person(connection, email)
            made, secret = keys.make_token(connection, somebody, name, ends)
            what = f"{made.id}: {name}"
            audit.note(connection, self._who, "make token", target=what, detail=f"for {somebody.email}")
        return secret

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            check(self._database, connection)
            yield connection

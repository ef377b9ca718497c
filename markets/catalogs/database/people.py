"""People: who they are, which workspaces they may read, and as what."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from markets.catalogs.database.tables import memberships, users, workspaces
from markets.catalogs.wire import ROLES, Role
from markets.errors import CatalogError, NotAllowed, NotFound, shortened

_LONGEST_EMAIL = 320
_EMAIL = re.compile(r"[^\s@\"<>(),;:\\]+@[^\s@\"<>(),;:\\]+")


@dataclass(frozen=True)
class Person:
    """Somebody with an account. The e-mail address is in lower case."""

    id: int
    email: str
    name: str


@dataclass(frozen=True)
class Place:
    """A workspace that somebody may read, and as what. Nobody changes one that is everyone's."""

    id: int
    name: str
    is_everyones: bool
    role: Role

    def allows(self, role: Role) -> bool:
        """Whether that role, or one that may do more, is held here."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class Member:
    """Somebody's role in a workspace."""

    person: Person
    role: Role


# Nearly every request asks one of these: they are put together once.
_PLACES = (
    select(workspaces, memberships.c.role)
    .outerjoin(
        memberships,
        (memberships.c.workspace_id == workspaces.c.id) & (memberships.c.user_id == bindparam("user")),
    )
    .where(workspaces.c.is_everyones | memberships.c.role.is_not(None))
    .order_by(workspaces.c.name)
)
_PLACE = _PLACES.where(workspaces.c.name == bindparam("name"))


def person(connection: Connection, email: str) -> Person:
    """Return the person of an e-mail address. Raises NotFound."""
    found = connection.execute(select(users).where(users.c.email == _address(email))).one_or_none()
    if found is None:
        raise NotFound(f'Nobody has the e-mail address "{shortened(email)}" here.')
    return person_of(found)


def invited(connection: Connection, email: str, name: str = "") -> Person:
    """Return the person of an e-mail address, entered if need be: the first sign-in with it is theirs.

    Raises CatalogError if it is not an e-mail address.
    """
    address = _address(email)
    found = connection.execute(select(users).where(users.c.email == address)).one_or_none()
    return person_of(found) if found is not None else _entered(connection, address, name, None, None)


def signed_in(
    connection: Connection, issuer: str, subject: str, email: str, name: str, *, is_verified: bool
) -> Person:
    """Return the person whom a provider knows as `subject`, entered at the first sign-in.

    An account that nobody has signed in to yet goes to whoever has its e-mail address, if the provider
    has verified that. Raises NotAllowed for an address that is not verified or another account's.
    """
    known = connection.execute(
        select(users).where(users.c.issuer == issuer, users.c.subject == subject)
    ).one_or_none()
    if known is not None:
        if name and name != known.name:
            connection.execute(update(users).where(users.c.id == known.id).values(name=name))
        return Person(known.id, known.email, name or known.name)
    if not email or not is_verified:
        raise NotAllowed("The sign-in provider does not confirm an e-mail address for this account.")
    address = _address(email)
    found = connection.execute(select(users).where(users.c.email == address)).one_or_none()
    if found is None:
        return _entered(connection, address, name, issuer, subject)
    if found.subject is not None:
        raise NotAllowed(f"The e-mail address {address} belongs to another account of the provider.")
    linked = {"issuer": issuer, "subject": subject, "name": name or found.name}
    connection.execute(update(users).where(users.c.id == found.id).values(**linked))
    return Person(found.id, found.email, name or found.name)


def places(connection: Connection, somebody: Person, name: str | None = None) -> list[Place]:
    """Return the workspaces that a person may read, by name; `name`: that one only."""
    wanted = _PLACES if name is None else _PLACE
    asked = {"user": somebody.id} if name is None else {"user": somebody.id, "name": name}
    return [
        Place(row.id, row.name, row.is_everyones, "reader" if row.is_everyones else row.role)
        for row in connection.execute(wanted, asked)
    ]


def members(connection: Connection, workspace: int) -> list[Member]:
    """Return the members of a workspace by e-mail address."""
    return list(_members(connection, workspace))


def set_role(connection: Connection, workspace: int, somebody: Person, role: Role) -> Role | None:
    """Give a person a role in a workspace; return the one before.

    Raises CatalogError if nobody would be its owner any more.
    """
    before = _role(connection, workspace, somebody)
    if before == "owner" and role != "owner":
        _refuse_without_owner(connection, workspace)
    own = memberships.c
    if before is None:
        values = {"workspace_id": workspace, "user_id": somebody.id, "role": role}
        connection.execute(insert(memberships).values(**values))
    elif before != role:
        mine = (own.workspace_id == workspace) & (own.user_id == somebody.id)
        connection.execute(update(memberships).where(mine).values(role=role))
    return before


def remove(connection: Connection, workspace: int, somebody: Person) -> Role:
    """Take a person's role in a workspace away; return which one it was.

    Raises NotFound if there is none, and CatalogError if nobody would be its owner any more.
    """
    before = _role(connection, workspace, somebody)
    if before is None:
        raise NotFound(f"{somebody.email} is not a member of this workspace.")
    if before == "owner":
        _refuse_without_owner(connection, workspace)
    own = memberships.c
    connection.execute(delete(memberships).where(own.workspace_id == workspace, own.user_id == somebody.id))
    return before


def person_of(row: Row[Any]) -> Person:
    """Return the person of a row of `users`."""
    return Person(row.id, row.email, row.name)


def _address(email: str) -> str:
    address = email.strip().lower()
    if len(address) > _LONGEST_EMAIL or not address.isprintable() or not _EMAIL.fullmatch(address):
        raise CatalogError(f'"{shortened(ascii(email)[1:-1])}" is not an e-mail address.')
    return address


def _entered(
    connection: Connection, email: str, name: str, issuer: str | None, subject: str | None
) -> Person:
    made = connection.execute(
        insert(users).values(
            email=email,
            name=name,
            issuer=issuer,
            subject=subject,
            created_at=datetime.datetime.now(datetime.UTC),
        )
    )
    return Person(int(made.inserted_primary_key[0]), email, name)  # type: ignore[index]


def _members(connection: Connection, workspace: int) -> Iterator[Member]:
    own = memberships.c
    wanted = select(users, own.role).join(memberships, own.user_id == users.c.id)
    for row in connection.execute(wanted.where(own.workspace_id == workspace).order_by(users.c.email)):
        yield Member(person_of(row), row.role)


def _role(connection: Connection, workspace: int, somebody: Person) -> Role | None:
    own = memberships.c
    found: Role | None = connection.scalar(
        select(own.role).where(own.workspace_id == workspace, own.user_id == somebody.id)
    )
    return found


def _refuse_without_owner(connection: Connection, workspace: int) -> None:
    own = memberships.c
    wanted = select(func.count()).where(own.workspace_id == workspace, own.role == "owner")
    if (connection.scalar(wanted) or 0) < 2:
        raise CatalogError("A workspace needs an owner. Make another member an owner first.")

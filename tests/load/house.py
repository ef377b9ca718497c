"""A database for a load: a workspace with people, their tokens, and reports."""

import datetime
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, func, select

from markets.catalogs.database import Database, keys, people
from markets.catalogs.database.schema import upgrade
from markets.catalogs.database.tables import changes
from markets.catalogs.database.writing import workspace
from markets.catalogs.wire import Role

WORKSPACE = "team"


class Cursor(Struct, frozen=True):
    """How far a client's copy is."""

    until: int = 0
    stamp: datetime.datetime | None = None


def invited(address: str, roles: Sequence[Role]) -> list[str]:
    """Make the workspace, if it is not there, and a person in it of each role; return their tokens."""
    database = Database(address)
    try:
        upgrade(database)
        with database.writing() as connection:
            made = workspace(connection, WORKSPACE, make=True)
            return [
                _token(connection, made, f"{role}{at}@example.com", role) for at, role in enumerate(roles)
            ]
    finally:
        database.close()


def newest(address: str) -> Cursor:
    """Return how far a copy is that is up to date."""
    database = Database(address)
    try:
        with database.reading() as connection:
            last = select(changes.c.number, changes.c.at).order_by(changes.c.number.desc()).limit(1)
            return Cursor(*(connection.execute(last).one_or_none() or ()))
    finally:
        database.close()


def editions(address: str) -> int:
    """Return how many editions there are: their numbers begin at 1."""
    database = Database(address)
    try:
        with database.reading() as connection:
            return connection.scalar(select(func.max(changes.c.edition_id))) or 0
    finally:
        database.close()


def _token(connection: Connection, made: int, email: str, role: Role) -> str:
    person = people.invited(connection, email)
    people.set_role(connection, made, person, role)
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    return keys.make_token(connection, person, "load", ends)[1]

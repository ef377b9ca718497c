"""A team with a server's database: a workspace with an owner, an editor and a reader, and a stranger."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from markets.catalogs import statements
from markets.catalogs.database import Database, keys, people, schema, writing
from markets.catalogs.database.audit import Entry
from markets.catalogs.database.tables import audit as audit_table
from markets.catalogs.wire import Role, Submitted
from markets.facts import Report
from markets.reports import read_report

WORKSPACE, OTHERS, BUNDLED = "team", "others", "bundled"
REPORT = read_report(Path(__file__).parents[2] / "catalog" / "espresso-machines.toml")
MARK = "5" * 64
ROLES: dict[str, Role] = {"reader": "reader", "editor": "editor", "owner": "owner"}
EVERYBODY = (*ROLES, "stranger")
_DAY = datetime.timedelta(days=1)


@dataclass
class Team:
    """The database, its people by what they are, their tokens, and an edition of the team's."""

    database: Database
    address: str
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    edition: int = 0
    bundled: int = 0

    def email(self, who: str) -> str:
        return f"{who}@example.com"

    def person(self, who: str) -> people.Person:
        with self.database.reading() as connection:
            return people.person(connection, self.email(who))

    def audit(self) -> list[Entry]:
        """The whole audit log, oldest first."""
        columns = [audit_table.c[name] for name in Entry.__struct_fields__]
        with self.database.reading() as connection:
            return [Entry(*row) for row in connection.execute(select(*columns).order_by(audit_table.c.id))]

    def entry(self, request: str) -> Entry | None:
        """What the audit log says of a request."""
        return next((one for one in self.audit() if one.request == request), None)


def team(address: str) -> Team:
    """Make the schema and the team in an empty database."""
    database = Database(address)
    schema.upgrade(database)
    made = Team(database, address)
    with database.writing() as connection:
        own = writing.workspace(connection, WORKSPACE, make=True)
        others = writing.workspace(connection, OTHERS, make=True)
        everyones = writing.workspace(connection, BUNDLED, make=True, is_everyones=True)
        for who in EVERYBODY:
            person = people.invited(connection, made.email(who), who.title())
            people.set_role(connection, own if who in ROLES else others, person, ROLES.get(who, "owner"))
            made.tokens[who] = keys.make_token(connection, person, who, _now() + _DAY)[1]
            made.sessions[who] = keys.start_session(connection, person, _DAY)
        owner = people.person(connection, made.email("owner"))
        made.tokens["excel"] = excels_token(connection, owner, "excel")
        _break(connection, made, owner)
        author = writing.Author(made.email("owner"), own)
        made.edition = writing.enter(connection, author, REPORT, mark=MARK).edition
        made.bundled = writing.enter(connection, writing.Author("marketbook", everyones), REPORT).edition
    return made


def excels_token(connection: Connection, owner: people.Person, name: str = "Excel") -> str:
    """A token as Excel gets it when somebody signs in there."""
    return keys.make_token(connection, owner, name, _now() + _DAY, is_for_excel=True)[1]


def _break(connection: Connection, made: Team, owner: people.Person) -> None:
    """Keys of the owner that open nothing any more."""
    token, made.tokens["revoked"] = keys.make_token(connection, owner, "revoked", _now() + _DAY)
    keys.revoke(connection, owner, token.id)
    made.tokens["expired"] = keys.make_token(connection, owner, "expired", _now() - _DAY)[1]
    made.sessions["revoked"] = keys.start_session(connection, owner, _DAY)
    keys.end_session(connection, made.sessions["revoked"])
    made.sessions["expired"] = keys.start_session(connection, owner, -_DAY)
    made.tokens["wrong"] = made.sessions["wrong"] = "mbk_" + "x" * 43


def submitted(report: Report = REPORT, **more: Any) -> Any:
    """A report as the API takes it."""
    sent = Submitted(
        source=report.source, market=report.market, statements=tuple(statements.statements(report)), **more
    )
    return msgspec.to_builtins(sent)


def dated(day: str, report: Report = REPORT) -> Report:
    """Another edition of a report."""
    source = msgspec.structs.replace(report.source, date=datetime.date.fromisoformat(day))
    tables = {name: getattr(report, name) for name in report.__struct_fields__ if name != "source"}
    return Report(source, **tables)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)

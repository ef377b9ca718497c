"""A team's server for tests: a real process over a database of its own, with people and workspaces."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import update

from markets.catalogs.copies.client import Client
from markets.catalogs.database import Database, keys, people, reading, schema, tables, writing
from markets.catalogs.statements import Statement
from markets.facts import Report
from tests.markets.made import made
from tests.server import Server

ANN, BEN = "ann@example.com", "ben@example.com"


class Team:
    """A database with the workspaces "team" and "secret", Ann who edits both, and a server over it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "team.db"
        self.database = Database(str(self.file))
        schema.upgrade(self.database)
        for workspace in ("team", "secret"):
            self.admit(workspace)
        self.enter("team", market="Coffee", size="8.6")
        self.server = Server(str(self.file))

    @contextmanager
    def running(self) -> Iterator[None]:
        with self.server:
            yield
        self.database.close()

    def admit(self, workspace: str, email: str = ANN) -> None:
        with self.database.writing() as connection:
            row = writing.workspace(connection, workspace, make=True)
            people.set_role(
                connection, row, people.invited(connection, f"owner@{workspace}.example"), "owner"
            )
            people.set_role(connection, row, people.invited(connection, email), "editor")

    def expel(self, workspace: str, email: str = ANN) -> None:
        with self.database.writing() as connection:
            row = writing.workspace(connection, workspace)
            people.remove(connection, row, people.person(connection, email))

    def token(self, email: str = ANN) -> str:
        expires = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
        with self.database.writing() as connection:
            return keys.make_token(connection, people.invited(connection, email), "test", expires)[1]

    def revoke_all(self) -> None:
        with self.database.writing() as connection:
            connection.execute(update(tables.tokens).values(revoked_at=datetime.datetime.now(datetime.UTC)))

    def client(self, email: str = ANN) -> Client:
        return Client(self.server.url, self.token(email))

    def enter(self, workspace: str, market: str, size: str = "1", **more: Any) -> int:
        return self.enter_report(workspace, made([(2024, size)], name=market, **more))

    def enter_report(self, workspace: str, report: Report) -> int:
        with self.database.writing() as connection:
            author = writing.Author(ANN, writing.workspace(connection, workspace))
            return writing.enter(connection, author, report).edition

    def correct(self, edition: int, value: str) -> None:
        with self.database.writing() as connection:
            kept = reading.record(connection, edition)
            author = writing.Author(ANN, writing.workspace(connection, kept.workspace))
            now = kept.at()[0]
            row = Statement(kind="size", at="s2024", year=2024, value=value)
            writing.correct(connection, author, edition, now.fact, now.number, row)

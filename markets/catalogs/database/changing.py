"""Changes: numbered, noted in the audit log, and written together."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, insert, select, text

from markets.catalogs.database import tables
from markets.catalogs.database.reading import COLUMNS, last_change
from markets.catalogs.database.storable import refuse_unstorable
from markets.catalogs.records import Heading, Revision
from markets.figures import Figure

_Row = dict[str, Any]
_ORDER = (tables.editions, tables.changes, tables.audit, tables.headings, tables.facts, tables.segments)


@dataclass(frozen=True)
class Author:
    """Who makes a change, where, and why. `request` is the id by which logs know it."""

    who: str
    workspace: int
    why: str = ""
    request: str = ""


class Changes:
    """Changes of one author in one transaction. Nothing is written before `write`.

    Writers wait for each other (`Database.writing`), so that numbers have no gaps. Times never run back,
    even if the clock does.
    """

    def __init__(self, connection: Connection, author: Author) -> None:
        refuse_unstorable(who=author.who, why=author.why, request=author.request)
        self._connection = connection
        self._author = author
        self._rows: dict[Table, list[_Row]] = defaultdict(list)
        self._last, last_at = last_change(connection)
        self._edition = connection.scalar(select(func.max(tables.editions.c.id))) or 0
        now = datetime.datetime.now(datetime.UTC)
        self._at = max(now, last_at) if last_at else now

    def new_edition(self, identity: _Row, mark: str) -> int:
        """Add an edition, and return its number."""
        self._edition += 1
        self._rows[tables.editions].append({"id": self._edition, **identity, "mark": mark})
        return self._edition

    def add(
        self,
        edition: int,
        action: str,
        target: str,
        revised: Collection[Revision],
        heading: Heading | None = None,
    ) -> None:
        """Add a change of one edition, with its revised facts and heading, and its line of the audit log."""
        author, at = self._author, self._at
        self._last += 1
        change = self._last
        made = {"workspace_id": author.workspace, "who": author.who, "at": at}
        self._rows[tables.changes].append(
            {"number": change, "edition_id": edition, "why": author.why, **made}
        )
        noted = {"request": author.request, "action": action, "target": target, "is_refused": False}
        self._rows[tables.audit].append({**made, **noted, "detail": author.why, "change": change})
        if heading is not None:
            self._rows[tables.headings].append(_heading_row(edition, change, heading))
        self._rows[tables.facts] += (_fact_row(edition, change, one) for one in revised)
        self._rows[tables.segments] += (piece for one in revised for piece in _pieces(edition, one))

    def write(self) -> None:
        """Write everything that was added."""
        for table in _ORDER:
            if rows := self._rows.pop(table, []):
                _insert(self._connection, table, rows)


def _insert(connection: Connection, table: Table, rows: list[_Row]) -> None:
    """Insert rows of the same columns; PostgreSQL takes thousands at once as JSON."""
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    taken = f"SELECT {columns} FROM json_populate_recordset(NULL::{table.name}, CAST(:rows AS json))"  # noqa: S608 - names of our own
    connection.execute(
        text(f"INSERT INTO {table.name} ({columns}) {taken}"),
        {"rows": msgspec.json.encode(rows).decode()},
    )


def _heading_row(edition: int, change: int, heading: Heading) -> _Row:
    source, market = heading.source, heading.market
    return {
        "edition_id": edition,
        "number": heading.number,
        "change": change,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date,
        "author": source.author,
        "url": source.url,
        "market": market.name,
        "geography": market.geography,
        "currency": market.currency,
        "scale": market.scale,
        "base_year": market.base_year,
        "aliases": list(market.aliases),
        "file": heading.file,
        "comment": heading.comment,
        "is_withdrawn": heading.is_withdrawn,
    }


def _fact_row(edition: int, change: int, one: Revision) -> _Row:
    key = {
        "edition_id": edition,
        "fact": one.fact,
        "number": one.number,
        "change": change,
        "position": one.position,
        "is_withdrawn": one.statement is None,
    }
    stated = one.statement
    if stated is None:
        return {**key, **dict.fromkeys(COLUMNS.values()), "number_value": None}
    fields = {column: getattr(stated, field) for field, column in COLUMNS.items()}
    number = Figure(stated.value).exact if stated.value else None
    return {**key, **fields, "aliases": list(stated.aliases), "number_value": number}


def _pieces(edition: int, one: Revision) -> Iterator[_Row]:
    for position, piece in enumerate(one.statement.segments if one.statement else ()):
        yield {
            "edition_id": edition,
            "fact": one.fact,
            "number": one.number,
            "position": position,
            "name": piece.name,
            "aliases": list(piece.aliases),
        }

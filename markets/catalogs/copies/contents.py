"""What a copy holds: workspaces as far as they were fetched, heads and records of editions, its own state.

A workspace is fetched into a row of its own, which counts once it is whole. So a catalog is never half
there, neither at first nor when a server begins anew.
"""

import datetime
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from markets.catalogs.records import Record
from markets.catalogs.remembered import Head
from markets.catalogs.wire import Updates, Workspace

Trouble = Literal["", "offline", "signed out"]

_head = msgspec.msgpack.Decoder(Head)
_record = msgspec.msgpack.Decoder(Record)
_packed = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True)
class State:
    """How a copy stands. `id` is another one for each new file.

    `updated`: when it was last up to date; None if it never was. `trouble` is why the last update failed,
    in a word, and `sentence` in one.
    """

    id: str
    account: str
    updated: datetime.datetime | None
    trouble: Trouble
    sentence: str
    is_clean: bool


@dataclass(frozen=True)
class Fetched:
    """A workspace as far as it was fetched: up to the change `until`, which was made at `stamp`."""

    id: int
    name: str
    until: int
    stamp: datetime.datetime | None
    is_whole: bool


def state(connection: sqlite3.Connection) -> State:
    """Return how the copy stands."""
    row = connection.execute("SELECT id, account, updated, failure, sentence, is_clean FROM about").fetchone()
    return State(row[0], row[1], _time(row[2]), row[3], row[4], bool(row[5]))


def server(connection: sqlite3.Connection) -> str:
    """Return the address of the server whose copy this is."""
    return str(connection.execute("SELECT server FROM about").fetchone()[0])


def workspaces(connection: sqlite3.Connection) -> list[Fetched]:
    """Return the rows of all workspaces: of one that is fetched anew, there are two."""
    rows = connection.execute("SELECT id, name, until, stamp, is_whole FROM workspaces ORDER BY id")
    return [Fetched(row[0], row[1], row[2], _time(row[3]), bool(row[4])) for row in rows]


def members(connection: sqlite3.Connection) -> list[Workspace]:
    """Return the workspaces that the copy holds, and the person's roles in them."""
    rows = connection.execute("SELECT name, role, is_everyones FROM workspaces WHERE is_whole ORDER BY name")
    return [Workspace(name, role, bool(is_everyones)) for name, role, is_everyones in rows]


def heads(connection: sqlite3.Connection, as_of: datetime.date | None = None) -> Iterator[tuple[int, Head]]:
    """Yield edition and head of everything that counts, now or at the end of a day (UTC).

    Everyone's editions come first: of two of the same day, one of a team's own counts.
    """
    rows = connection.execute(
        "SELECT edition, workspace, head, is_withdrawn, headings FROM heads "
        "JOIN workspaces ON workspaces.id = workspace WHERE is_whole ORDER BY is_everyones DESC, edition"
    )
    for edition, workspace, head, is_withdrawn, headings in rows:
        if as_of is not None and headings > 1:
            heading = _record_in(connection, edition, workspace).heading_at(as_of)
            if not heading.is_withdrawn:
                yield edition, Head(heading.source, heading.market)
        elif not is_withdrawn:
            yield edition, _head.decode(head)


def record(connection: sqlite3.Connection, edition: int) -> Record | None:
    """Return an edition with its history; None if the copy does not have it."""
    row = connection.execute(
        "SELECT record FROM records WHERE edition = ? "
        "AND workspace IN (SELECT id FROM workspaces WHERE is_whole)",
        (edition,),
    ).fetchone()
    return _record.decode(row[0]) if row else None


def note_success(connection: sqlite3.Connection, at: datetime.datetime) -> None:
    """Note that the copy was up to date at a time."""
    connection.execute("UPDATE about SET updated = ?, failure = '', sentence = ''", (at.isoformat(),))


def note_trouble(connection: sqlite3.Connection, trouble: Trouble, sentence: str) -> None:
    """Note why an update failed."""
    connection.execute("UPDATE about SET failure = ?, sentence = ?", (trouble, sentence))


def note_clean(connection: sqlite3.Connection, *, is_clean: bool) -> None:
    """Note whether the file has no bytes left of what was deleted."""
    connection.execute("UPDATE about SET is_clean = ?", (is_clean,))


def take_account(connection: sqlite3.Connection, account: str) -> None:
    """Make the copy that of an account. What another one was allowed to read is deleted."""
    former = state(connection).account
    if former and former != account:
        delete(connection, workspaces(connection))
        connection.execute("UPDATE about SET updated = NULL, failure = '', sentence = ''")
    connection.execute("UPDATE about SET account = ?", (account,))


def take_workspaces(connection: sqlite3.Connection, readable: Iterable[Workspace]) -> None:
    """Note roles and new workspaces, and delete those that may no longer be read."""
    found = {one.name: one for one in readable}
    held = workspaces(connection)
    delete(connection, [one for one in held if one.name not in found])
    for name in found.keys() - {one.name for one in held}:
        _begin(connection, name)
    for one in found.values():
        connection.execute(
            "UPDATE workspaces SET role = ?, is_everyones = ? WHERE name = ?",
            (one.role, one.is_everyones, one.name),
        )


def begin_anew(connection: sqlite3.Connection, workspace: Fetched) -> int:
    """Fetch a workspace into a new row; the whole one still counts. Return the new row."""
    if not workspace.is_whole:
        _delete_rows(connection, workspace.id)
        return workspace.id
    row = _begin(connection, workspace.name)
    connection.execute(
        "UPDATE workspaces SET (role, is_everyones) = "
        "(SELECT role, is_everyones FROM workspaces WHERE id = ?) WHERE id = ?",
        (workspace.id, row),
    )
    return row


def add(connection: sqlite3.Connection, row: int, page: Updates) -> None:
    """Add a page of updates to a workspace's row, which is whole after the last page."""
    for one in page.records:
        connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (one.id, row, _packed(one)))
        heading = one.heading
        head = _packed(Head(heading.source, heading.market))
        columns = (one.id, row, heading.is_withdrawn, len(one.headings), head)
        connection.execute("INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?, ?)", columns)
    stamp = page.stamp and page.stamp.isoformat()
    connection.execute("UPDATE workspaces SET until = ?, stamp = ? WHERE id = ?", (page.until, stamp, row))
    if page.is_complete:
        _complete(connection, row)


def delete(connection: sqlite3.Connection, unwanted: Iterable[Fetched]) -> None:
    """Delete workspaces with everything that they hold."""
    for one in unwanted:
        _delete_rows(connection, one.id)
        connection.execute("DELETE FROM workspaces WHERE id = ?", (one.id,))
        note_clean(connection, is_clean=False)


def _record_in(connection: sqlite3.Connection, edition: int, workspace: int) -> Record:
    row = connection.execute(
        "SELECT record FROM records WHERE edition = ? AND workspace = ?", (edition, workspace)
    ).fetchone()
    return _record.decode(row[0])


def _begin(connection: sqlite3.Connection, name: str) -> int:
    made = connection.execute(
        "INSERT INTO workspaces (name, role, is_everyones, until, stamp, is_whole) "
        "VALUES (?, 'reader', FALSE, 0, NULL, FALSE)",
        (name,),
    )
    return int(made.lastrowid or 0)


def _complete(connection: sqlite3.Connection, row: int) -> None:
    """Let a row count in place of the former one of its workspace, if there is one."""
    name, is_whole = connection.execute(
        "SELECT name, is_whole FROM workspaces WHERE id = ?", (row,)
    ).fetchone()
    if not is_whole:
        delete(connection, [one for one in workspaces(connection) if one.name == name and one.is_whole])
        connection.execute("UPDATE workspaces SET is_whole = TRUE WHERE id = ?", (row,))


def _delete_rows(connection: sqlite3.Connection, row: int) -> None:
    for table in ("heads", "records"):
        connection.execute(f"DELETE FROM {table} WHERE workspace = ?", (row,))  # noqa: S608 - both are ours


def _time(stored: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(stored) if stored else None

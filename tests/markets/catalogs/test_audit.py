"""The audit log, in both databases."""

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from markets.catalogs.database import Database, audit, writing
from markets.catalogs.database.tables import audit as table
from markets.catalogs.database.tables import changes
from markets.errors import CatalogError
from tests.addin.server.team import REPORT
from tests.markets.catalogs.conftest import author_in


def test_what_somebody_sent_is_shown_in_one_line(database: Database) -> None:
    with database.writing() as connection:
        team = writing.workspace(connection, "team", make=True)
        audit.note(
            connection, "ann", "GET /x", target="a\x00b\ud800\nc" * 300, workspace=team, is_refused=True
        )
        (entry,) = audit.entries(connection, team)
    assert entry.target.startswith("a\N{REPLACEMENT CHARACTER}b") and len(entry.target) == 500
    assert entry.target.isprintable() and entry.is_refused and entry.change is None


def test_entries_are_of_one_workspace_and_newest_first(database: Database) -> None:
    with database.writing() as connection:
        team, others = (writing.workspace(connection, name, make=True) for name in ("team", "others"))
        for number in range(5):
            audit.note(connection, "ann", f"act {number}", workspace=team)
            audit.note(connection, "eve", "other", workspace=others)
        audit.note(connection, "ann", "sign in")
        page = audit.entries(connection, team, limit=2)
        rest = audit.entries(connection, team, before=page[-1].id)
    assert [one.action for one in (*page, *rest)] == [f"act {number}" for number in (4, 3, 2, 1, 0)]


def test_a_change_and_its_row_of_the_log_are_one_act(database: Database) -> None:
    author = author_in(database)
    with database.writing() as connection:
        writing.enter(connection, author, REPORT)
    with pytest.raises(CatalogError), database.writing() as connection:
        writing.enter(connection, author, replace(REPORT, sizes=(*REPORT.sizes, REPORT.sizes[0])))
    with database.reading() as connection:
        numbers = list(connection.scalars(select(changes.c.number)))
        entries = audit.entries(connection, author.workspace)
    assert [one.change for one in entries] == numbers == [1]
    assert entries[0].who == author.who and entries[0].action == "enter"


@pytest.mark.parametrize(
    "statement", [update(table).values(who="eve"), delete(table)], ids=["update", "delete"]
)
def test_nobody_changes_the_log(database: Database, statement: object) -> None:
    with database.writing() as connection:
        audit.note(connection, "ann", "sign in")
    with pytest.raises(DBAPIError, match="only added"), database.writing() as connection:
        connection.execute(statement)  # type: ignore[call-overload]

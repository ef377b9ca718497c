"""How the databases answer the questions that are asked most: by an index, whatever a table's size."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event, text

from markets.catalogs.database import Database, reading, writing
from markets.catalogs.database.updates import RecentRecords, updates
from markets.catalogs.files import ReportFile
from tests.markets.made import made

_QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "updates of a copy": lambda connection: updates(connection, RecentRecords(), 1, 300, None, 500),
    "the last change": reading.last_change,
    "an edition": lambda connection: reading.record(connection, 7),
    "an edition by its names": lambda connection: writing.edition_of(connection, 1, made()),
    "an import of the same text": lambda connection: writing.marked(connection, 1, "ab"),
}


@pytest.fixture(scope="module")
def filled(kept_database: Database) -> Database:
    with kept_database.writing() as connection:
        author = writing.Author("ann", writing.workspace(connection, "team", make=True))
    files = [ReportFile(made([(2023, "1")], dimensions={"D": ("S",)}, name=f"M {n}")) for n in range(300)]
    list(writing.enter_many(kept_database, author, files))
    return kept_database


@pytest.mark.parametrize("question", _QUESTIONS)
def test_no_table_is_read_from_end_to_end(filled: Database, question: str) -> None:
    asked: list[tuple[str, object]] = []

    def listen(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    with filled.reading() as connection:
        event.listen(connection, "before_cursor_execute", listen)
        _QUESTIONS[question](connection)
        event.remove(connection, "before_cursor_execute", listen)
        assert asked
        if not filled.is_sqlite:  # which reads small tables from end to end, because that is quicker
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN" if filled.is_sqlite else "EXPLAIN"
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()  # type: ignore[call-overload]
            told = "\n".join(str(row[-1]) for row in plan)
            read = [line for line in told.splitlines() if line.startswith("SCAN ") or "Seq Scan on " in line]
            assert [line for line in read if "workspaces" not in line] == [], told

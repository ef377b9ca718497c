"""A writer killed at any moment, or its PostgreSQL: reports are whole or absent, what was said is kept."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select, text

from markets.catalogs.database import Database, reading, schema, tables
from tests.markets.catalogs import writer
from tests.markets.catalogs.conftest import author_in
from tests.postgresql import Postgres

KILLS = 5
ROOT = Path(__file__).parents[3]


def started(address: str, first: int) -> subprocess.Popen[str]:
    """A writer that has begun to write."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.markets.catalogs.writer", address, str(first)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"{first}\n"
    return process


def said(process: subprocess.Popen[str]) -> list[int]:
    """The rest of what a writer has said to be kept."""
    out, _ = process.communicate(timeout=60)
    return [int(line) for line in out.splitlines(keepends=True) if line.endswith("\n")]


def whole(database: Database) -> list[int]:
    """The numbers of the reports that are there, of which each is whole, with its change and audit line."""
    with database.reading() as connection:
        found = [edition for edition, _ in reading.current_headings(connection)]
        records = reading.records(connection, found)
        editions = list(connection.scalars(select(tables.editions.c.id)))
        changes = connection.execute(select(tables.changes).order_by(tables.changes.c.number)).all()
        audit = connection.execute(select(tables.audit).order_by(tables.audit.c.id)).all()
        if database.is_sqlite:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert sorted(editions) == sorted(found)
    numbers = [int(record.heading.market.name.removeprefix("Market ")) for record in records]
    for number, record in zip(numbers, records, strict=True):
        assert record.report() == writer.report(number)
        assert len(record.revisions) == writer.FACTS
    assert [one.number for one in changes] == list(range(1, len(changes) + 1))
    assert [(one.change, one.at) for one in audit] == [(one.number, one.at) for one in changes]
    assert len(changes) == len(found)
    return numbers


def address_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_a_killed_writer_leaves_each_report_whole_or_absent(database: Database) -> None:
    author_in(database)
    chance = random.Random(1)
    kept: list[int] = []
    for _ in range(KILLS):
        first = max(kept, default=0) + 1
        process = started(address_of(database), first)
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        kept += [first, *said(process)]
        there = whole(database)
        assert set(kept) <= set(there)
        assert len(there) <= len(kept) + 1
        kept = there


def test_a_killed_postgresql_leaves_each_report_whole_or_absent() -> None:
    chance = random.Random(2)
    kept: list[int] = []
    with Postgres() as server:
        database = Database(server.database("killed"))
        schema.upgrade(database)
        author_in(database)
        for _ in range(KILLS):
            first = max(kept, default=0) + 1
            process = started(address_of(database), first)
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            kept += [first, *said(process)]
            assert process.returncode == 1
            server.start()
            there = whole(database)
            assert set(kept) <= set(there)
            assert len(there) <= len(kept) + 1
            kept = there
        database.close()

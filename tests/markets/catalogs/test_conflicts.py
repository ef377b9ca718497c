"""Several people at once: one of two corrections wins, and changes are seen in the order of their numbers."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import msgspec
import pytest
from sqlalchemy import select

from markets.catalogs.database import Database, reading, tables, writing
from markets.catalogs.statements import Statement
from markets.errors import Conflict
from tests.markets.made import made

WRITERS = 20
EACH = 4
SIZE = Statement(kind="size", at="s2023", year=2023, value="8.6")


@contextmanager
def several(database: Database) -> Iterator[list[Database]]:
    """The same database, opened once for each writer, as processes do."""
    opened = [Database(database.url.render_as_string(hide_password=False)) for _ in range(WRITERS)]
    yield opened
    for one in opened:
        one.close()


def together(tasks: list[Callable[[], object]]) -> list[object]:
    """Do all at once; return results, or the errors of Marketbook's own."""
    gate = threading.Barrier(len(tasks))

    def task(one: Callable[[], object]) -> object:
        gate.wait()
        try:
            return one()
        except Conflict as error:
            return error

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(task, tasks))


def corrected(database: Database, author: writing.Author, edition: int, seen: int, value: str | None) -> int:
    row = None if value is None else msgspec.structs.replace(SIZE, value=value)
    with database.writing() as connection:
        return writing.correct(connection, author, edition, 1, seen, row)


@pytest.fixture
def edition(database: Database, author: writing.Author) -> int:
    with database.writing() as connection:
        return writing.enter(connection, author, made([(2023, "8.6")])).edition


def test_of_many_corrections_of_one_fact_at_once_exactly_one_wins(
    database: Database, author: writing.Author, edition: int
) -> None:
    with several(database) as opened:
        done = together(
            [
                lambda one=one, number=number: corrected(  # type: ignore[misc]
                    one, another(author, number), edition, 1, f"9.{number:02}"
                )
                for number, one in enumerate(opened)
            ]
        )
    (winner,) = [number for number, one in enumerate(done) if one == 2]
    for number, one in enumerate(done):
        if number != winner:
            assert isinstance(one, Conflict)
            assert one.theirs == msgspec.structs.replace(SIZE, value=f"9.{winner:02}")
            assert one.seen == 2
            assert f'It is now "9.{winner:02}" for 2023. Yours: "9.{number:02}" for 2023.' in str(one)
            assert str(one).startswith(f"ann{winner}@example.com has corrected this fact on ")
    with database.reading() as connection:
        record = reading.record(connection, edition)
    assert [one.statement and one.statement.value for one in record.revisions] == ["8.6", f"9.{winner:02}"]
    assert len(record.changes) == 2


def another(author: writing.Author, number: int) -> writing.Author:
    return writing.Author(f"ann{number}@example.com", author.workspace)


def test_the_second_can_correct_what_the_first_has_made_of_it(
    database: Database, author: writing.Author, edition: int
) -> None:
    assert corrected(database, author, edition, 1, "8.7") == 2
    with pytest.raises(Conflict) as caught:
        corrected(database, author, edition, 1, None)
    assert "Yours: withdrawn. Nothing was changed." in str(caught.value)
    assert corrected(database, author, edition, caught.value.seen, None) == 3
    with pytest.raises(Conflict, match="It is now withdrawn") as caught:
        corrected(database, author, edition, 2, "8.8")
    assert caught.value.theirs is None
    assert corrected(database, author, edition, 3, "8.8") == 4


def test_the_same_correction_again_is_a_conflict_that_names_the_same_value(
    database: Database, author: writing.Author, edition: int
) -> None:
    assert corrected(database, author, edition, 1, "8.6") == 1
    assert corrected(database, author, edition, 1, "8.7") == 2
    assert corrected(database, author, edition, 2, "8.7") == 2
    with pytest.raises(Conflict, match=r'It is now "8\.7" for 2023\. Yours: "8\.7" for 2023\.'):
        corrected(database, author, edition, 1, "8.7")


def test_two_first_imports_of_one_edition_make_one(database: Database, author: writing.Author) -> None:
    def entered(one: Database, value: str) -> int:
        with one.writing() as connection:
            return writing.enter(connection, author, made([(2023, value)], name="Same")).edition

    with several(database) as opened:
        done = together([lambda one=one, at=at: entered(one, f"1.{at}") for at, one in enumerate(opened)])  # type: ignore[misc]
    assert len(set(done)) == 1
    with database.reading() as connection:
        record = reading.record(connection, int(str(done[0])))
    values = [one.statement.value for one in record.revisions if one.statement]
    assert sorted(values) == sorted(f"1.{at}" for at in range(WRITERS))


def test_changes_of_many_writers_have_no_gaps_and_are_seen_in_their_order(
    database: Database, author: writing.Author
) -> None:
    seen: list[list[int]] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            with database.reading() as connection:
                seen.append(list(connection.scalars(select(tables.changes.c.number))))

    def write(one: Database, at: int) -> None:
        for number in range(EACH):
            with one.writing() as connection:
                report = made([(2023, "1")], name=f"Market {at} {number}")
                writing.enter(connection, author, report)

    looking = threading.Thread(target=look)
    looking.start()
    with several(database) as opened:
        together([lambda one=one, at=at: write(one, at) for at, one in enumerate(opened)])  # type: ignore[misc]
    is_over.set()
    looking.join()
    for numbers in seen:
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert [len(one) for one in seen] == sorted(len(one) for one in seen)
    with database.reading() as connection:
        changes = connection.execute(select(tables.changes).order_by(tables.changes.c.number)).all()
        audit = connection.execute(select(tables.audit).order_by(tables.audit.c.id)).all()
    assert [one.number for one in changes] == list(range(1, WRITERS * EACH + 1))
    assert [one.at for one in changes] == sorted(one.at for one in changes)
    assert [(one.change, one.at, one.who, one.workspace_id, one.detail) for one in audit] == [
        (one.number, one.at, one.who, one.workspace_id, one.why) for one in changes
    ]
    assert len({one.edition_id for one in changes}) == len(changes)


def test_a_reader_sees_one_moment(database: Database, author: writing.Author, edition: int) -> None:
    with database.reading() as connection:
        before = reading.record(connection, edition)
        corrected(database, author, edition, 1, "9.9")
        assert reading.record(connection, edition) == before
        assert reading.last_change(connection)[0] == 1
    with database.reading() as connection:
        assert reading.last_change(connection)[0] == 2

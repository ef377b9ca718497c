"""Entering: what is read from a database is what was entered, and a second time changes nothing."""

import datetime
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from sqlalchemy import func, select

from markets.catalogs.database import Database, reading, tables, writing
from markets.catalogs.files import ReportFile, report_file
from markets.catalogs.folders import BUNDLED
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement, statement
from markets.catalogs.wire import Accepted
from markets.errors import CatalogError, NotFound
from markets.facts import Report
from markets.reports import read_report
from tests.conftest import CATALOG
from tests.markets.catalogs.anything import reports
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made

FILES = sorted([*BUNDLED.glob("*.toml"), *CATALOG.glob("*.toml")])
SIZE = Statement(kind="size", at="a", year=2025, value="3.5")
_NUMBERS = count(1)


def entered(database: Database, author: writing.Author, report: Report) -> Accepted:
    with database.writing() as connection:
        return writing.enter(connection, author, report)


def read(database: Database, edition: int) -> Record:
    with database.reading() as connection:
        return reading.record(connection, edition)


def count_of(database: Database, table: str) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_comes_back_as_it_was(database: Database, author: writing.Author, path: Path) -> None:
    file = report_file(path)
    with database.writing() as connection:
        done = writing.enter(connection, author, file.report, file.file, file.comment, "ab" * 32)
    kept = read(database, done.edition)
    assert kept.report() == read_report(path)
    assert (kept.heading.file, kept.heading.comment, kept.workspace) == (file.file, file.comment, "team")
    assert done == Accepted(done.edition, len(file.report.facts), is_first=True)
    with database.reading() as connection:
        assert writing.marked(connection, author.workspace, "ab" * 32) == done.edition
        assert writing.marked(connection, author.workspace, "") is None


@settings(max_examples=60, deadline=None)
@given(reports(), reports())
def test_any_report_comes_back_and_becomes_any_other(
    kept_database: Database, first: Report, second: Report
) -> None:
    author = author_in(kept_database, f"team {next(_NUMBERS)}")
    done = entered(kept_database, author, first)
    before = read(kept_database, done.edition)
    assert before.report() == first
    assert not entered(kept_database, author, first).changes_something
    again = entered(kept_database, author, second)
    after = read(kept_database, done.edition)
    assert again.edition == done.edition
    assert after.report() == second
    assert again.changes_something == (first != second)
    assert after.revisions[: len(before.revisions)] != () or not first.facts
    assert {*before.revisions} <= {*after.revisions}
    for code in (msgspec.json, msgspec.msgpack):
        assert code.decode(code.encode(after), type=Record) == after


def test_a_second_time_adds_no_row_anywhere(database: Database, author: writing.Author) -> None:
    report = read_report(FILES[0])
    entered(database, author, report)
    counts = {name: count_of(database, name) for name in tables.metadata.tables}
    assert not entered(database, author, report).changes_something
    assert {name: count_of(database, name) for name in tables.metadata.tables} == counts


def test_what_was_added_and_corrected_is_read_and_entered_again_without_a_change(
    database: Database, author: writing.Author
) -> None:
    edition = entered(database, author, made([(2023, "1"), (2024, "2")], [("5",)])).edition
    with database.writing() as connection:
        added = writing.add(connection, author, edition, SIZE)
        assert (
            writing.correct(connection, author, edition, added, 1, msgspec.structs.replace(SIZE, at="b")) == 2
        )
        assert writing.correct(connection, author, edition, 1, 1, None) == 2
    report = read(database, edition).report()
    assert [(size.year, size.at) for size in report.sizes] == [(2024, "s2024"), (2025, "b")]
    assert not entered(database, author, report).changes_something


def test_a_correction_keeps_the_place_of_the_fact(database: Database, author: writing.Author) -> None:
    report = made([(2023, "1"), (2024, "2"), (2025, "3")])
    edition = entered(database, author, report).edition
    row = msgspec.structs.replace(statement(report.sizes[1]), value="2.5")
    with database.writing() as connection:
        writing.correct(connection, author, edition, 2, 1, row)
    assert [size.value.printed for size in read(database, edition).report().sizes] == ["1", "2.5", "3"]


def test_a_withdrawn_fact_can_be_restored(database: Database, author: writing.Author) -> None:
    report = made([(2023, "1"), (2024, "2"), (2025, "3")])
    edition = entered(database, author, report).edition
    with database.writing() as connection:
        writing.correct(connection, author, edition, 2, 1, None)
        writing.correct(connection, author, edition, 2, 2, statement(report.sizes[1]))
    assert read(database, edition).report() == report


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Statement(kind="size", at="a", year=1, value="3"), "must be a year from 1900 to 2200"),
        (Statement(kind="size", at="a", value="3"), "needs a year"),
        (Statement(kind="size", at="a", year=2023, value="-3"), "must be above zero"),
        (Statement(kind="size", at="", year=2023, value="3"), "must not be blank"),
        (Statement(kind="size", at="a", year=2023, value="3", segment="X"), '"X" is not in any dimension'),
        (Statement(kind="size", at="a", year=2023, value="=1+1"), "is not a figure as printed"),
        (Statement(kind="size", at="s2023", year=2023, value="1"), "duplicate"),
        (Statement(kind="ranking", at="a", rank=2**40, by="size", segment="S"), "at most 2,147,483,647"),
    ],
)
def test_a_correction_that_fails_the_checks_is_refused_and_nothing_is_written(
    database: Database, author: writing.Author, row: Statement, said: str
) -> None:
    report = made([(2023, "1"), (2024, "2")], dimensions={"D": ("S",)})
    edition = entered(database, author, report).edition
    with pytest.raises(CatalogError, match=said), database.writing() as connection:
        writing.add(connection, author, edition, row)
    with database.writing() as connection, pytest.raises(CatalogError, match=said):
        writing.correct(connection, author, edition, 2, 1, row)
    assert read(database, edition).report() == report
    assert count_of(database, "changes") == count_of(database, "audit") == 1


def test_an_invalid_report_is_refused_with_all_its_problems(
    database: Database, author: writing.Author
) -> None:
    report = made([(year, "0") for year in range(1990, 2010)])
    with pytest.raises(CatalogError, match="must be above zero; and 15 more") as caught:
        entered(database, author, report)
    assert len(caught.value.problems) == 20
    assert count_of(database, "editions") == count_of(database, "changes") == 0


def test_an_edition_of_another_workspace_is_not_there(database: Database, author: writing.Author) -> None:
    edition = entered(database, author, made([(2023, "1")])).edition
    stranger = author_in(database, "others", "eve@example.com")
    with database.writing() as connection:
        with pytest.raises(NotFound, match=f"There is no edition {edition}."):
            writing.correct(connection, stranger, edition, 1, 1, None)
        with pytest.raises(NotFound, match=f"There is no edition {edition}."):
            writing.add(connection, stranger, edition, SIZE)
    assert entered(database, stranger, made([(2023, "1")])).edition != edition


@pytest.mark.parametrize("edition", [-1, 0, 999, 2**31, 2**63, 2**200])
def test_an_edition_that_nobody_entered_is_not_found(
    database: Database, author: writing.Author, edition: int
) -> None:
    with database.writing() as connection:
        with pytest.raises(NotFound, match="There is no edition"):
            reading.record(connection, edition)
        with pytest.raises(NotFound, match="There is no edition"):
            writing.correct(connection, author, edition, 1, 1, None)


@pytest.mark.parametrize("fact", [-1, 0, 2, 2**63])
def test_a_fact_that_nobody_entered_is_not_found(
    database: Database, author: writing.Author, fact: int
) -> None:
    edition = entered(database, author, made([(2023, "1")])).edition
    with database.writing() as connection, pytest.raises(NotFound, match="There is no fact"):
        writing.correct(connection, author, edition, fact, 1, None)


def test_many_reports_are_kept_batch_by_batch_and_a_bad_one_is_left_out(
    database: Database, author: writing.Author
) -> None:
    files = [ReportFile(made([(2023, str(number))], name=f"Market {number}")) for number in range(8)]
    files.insert(4, ReportFile(made([(2023, "1")], name="a\0b")))
    seen = []
    for done in writing.enter_many(database, author, files, batch=3):
        seen.append(done)
        assert count_of(database, "editions") >= sum(isinstance(one, Accepted) for one in seen)
    assert [type(one) for one in seen] == [*(CatalogError, *3 * [Accepted], CatalogError, *4 * [Accepted])]
    assert "Market 0: sizes[0].value: must be above zero" in str(seen[0])
    assert count_of(database, "changes") == count_of(database, "editions") == 7
    assert not any(
        one.changes_something  # type: ignore[union-attr]
        for one in writing.enter_many(database, author, files[5:])
    )


def test_one_batch_can_revise_what_it_has_entered(database: Database, author: writing.Author) -> None:
    values = ["1", "2", "2", "3"]
    files = [ReportFile(made([(2023, value)])) for value in values]
    done = list(writing.enter_many(database, author, files))
    assert [isinstance(one, Accepted) and one.changes_something for one in done] == [
        *(True, True, False, True)
    ]
    with database.reading() as connection:
        (record,) = reading.records(connection, [1])
    assert [one.statement and one.statement.value for one in record.revisions] == ["1", "2", "3"]
    assert count_of(database, "changes") == count_of(database, "audit") == 3


def test_more_editions_than_a_statement_takes_are_read_in_their_order(
    database: Database, author: writing.Author
) -> None:
    files = [ReportFile(made([(2023, "1")], name=f"Market {number}")) for number in range(1200)]
    editions = [done.edition for done in writing.enter_many(database, author, files)]  # type: ignore[union-attr]
    with database.reading() as connection:
        found = reading.records(connection, list(reversed(editions)))
        listed = [edition for edition, _ in reading.current_headings(connection)]
    assert [record.id for record in found] == editions == listed
    assert [record.report() for record in found] == [file.report for file in files]


def test_a_heading_is_revised_alone(database: Database, author: writing.Author) -> None:
    report = made([(2023, "1")])
    edition = entered(database, author, report).edition
    better = msgspec.structs.replace(report, source=msgspec.structs.replace(report.source, title="Better"))
    done = entered(database, author, better)
    assert (done.changes_something, done.new, done.revised, done.withdrawn) == (True, 0, 0, 0)
    kept = read(database, edition)
    assert kept.report() == better
    assert [heading.source.title for heading in kept.headings] == ["T", "Better"]


def test_rows_that_another_program_has_written_wrong_are_said_so(
    database: Database, author: writing.Author
) -> None:
    edition = entered(database, author, made([(2023, "1")])).edition
    with database.writing() as connection:
        row = {column.name: None for column in tables.facts.columns}
        row |= {"edition_id": edition, "fact": 9, "number": 1, "change": 1, "position": 9.0, "kind": "size"}
        row |= {"value": "about 3", "year": 2023, "aliases": [], "is_withdrawn": False}
        connection.execute(tables.facts.insert(), row)
    with pytest.raises(CatalogError, match='M, P, 2024-06-01: "about 3" is not a figure as printed'):
        read(database, edition).report()


def test_times_are_utc(database: Database, author: writing.Author) -> None:
    edition = entered(database, author, made([(2023, "1")])).edition
    (change,) = read(database, edition).changes
    assert change.at.tzinfo == datetime.UTC
    assert abs(datetime.datetime.now(datetime.UTC) - change.at) < datetime.timedelta(minutes=5)

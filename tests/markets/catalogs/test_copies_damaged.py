"""A copy that is cut off, damaged or of a newer Marketbook: a clear answer, and it can be filled again."""

import datetime
import os
import sqlite3
from pathlib import Path

import pytest

from markets.catalogs.copies import contents
from markets.catalogs.copies.catalog import copy_catalog
from markets.catalogs.copies.copy import SCHEMA, Copy, Damaged
from markets.catalogs.differences import first_revisions
from markets.catalogs.records import Change, Heading, Record
from markets.catalogs.wire import Updates, Workspace
from markets.errors import Unavailable
from tests.markets.made import made

NOW = datetime.datetime(2026, 11, 30, 14, 5, tzinfo=datetime.UTC)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of 200 markets."""
    return filled(Copy(tmp_path / "copy.sqlite", "https://markets.example.com"))


def filled(copy: Copy, count: int = 200) -> Copy:
    with copy.writing() as connection:
        contents.take_account(connection, "ann@example.com")
        contents.take_workspaces(connection, [Workspace("team", "editor")])
        [row] = contents.workspaces(connection)
        page = Updates(count, NOW, True, False, tuple(map(_record, range(1, count + 1))))
        contents.add(connection, row.id, page)
        contents.note_success(connection, NOW)
    return copy


def _record(number: int) -> Record:
    report = made(
        [(2024, str(number)), (2030, "999")], name=f"Market {number}", dimensions={"Type": ("A", "B")}
    )
    heading = Heading(1, number, report.source, report.market)
    return Record(
        number, "team", (heading,), tuple(first_revisions(report, number)), (Change(number, "ann", NOW),)
    )


def ask_all(copy: Copy) -> int:
    catalog = copy_catalog(copy)
    return len([catalog.market(one.name).size(2024) for one in catalog.search()])


def test_a_copy_answers_all_its_markets(copy: Copy) -> None:
    assert ask_all(copy) == 200


@pytest.mark.parametrize("left", [0.0, 0.001, 0.2, 0.5, 0.9, 0.99])
def test_a_copy_that_is_cut_off_is_deleted_and_can_be_filled_again(copy: Copy, left: float) -> None:
    os.truncate(copy.path, int(copy.path.stat().st_size * left))
    with pytest.raises(Unavailable, match=r"damaged.*calculate again|fetched for the first time"):
        ask_all(copy)
    with pytest.raises(Unavailable, match="fetched for the first time"):
        ask_all(copy)
    assert ask_all(filled(copy)) == 200


@pytest.mark.parametrize("missing", [1, 100, 2000, 4000])
def test_a_copy_whose_last_page_is_cut_off_is_deleted(copy: Copy, missing: int) -> None:
    os.truncate(copy.path, copy.path.stat().st_size - missing)
    with pytest.raises(Damaged, match=r"was damaged\. It is fetched anew"):
        ask_all(copy)
    assert ask_all(filled(copy)) == 200


@pytest.mark.parametrize(
    "content", [b"not a database, " * 1000, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_of_something_else_is_replaced(copy: Copy, content: bytes) -> None:
    copy.path.write_bytes(content)
    with pytest.raises(Damaged, match=r"was damaged\. It is fetched anew"):
        ask_all(copy)
    assert ask_all(filled(copy)) == 200


def test_damaged_bytes_inside_the_copy_are_noticed_when_they_are_read(copy: Copy) -> None:
    content = bytearray(copy.path.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 200] = b"\x5a" * 200
    copy.path.write_bytes(content)
    with pytest.raises(Damaged):
        ask_all(copy)


def test_a_record_that_is_not_one_is_damage(copy: Copy) -> None:
    with copy.writing() as connection:
        connection.execute("UPDATE records SET record = X'C1' WHERE edition = 7")
    with pytest.raises(Damaged):
        copy_catalog(copy).market("Market 7")


def test_a_copy_of_a_newer_marketbook_is_left_alone(copy: Copy) -> None:
    with sqlite3.connect(copy.path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = copy.path.read_bytes()
    for question in (ask_all, filled):
        with pytest.raises(
            Unavailable, match=r"copy\.sqlite is of a newer Marketbook\. Install that version"
        ):
            question(copy)
    assert copy.path.read_bytes() == before


def test_a_copy_that_another_program_has_replaced_is_not_deleted(copy: Copy) -> None:
    def read_while_it_is_replaced() -> None:
        with copy.reading() as connection:
            copy.delete()
            filled(Copy(copy.path, copy.server))
            connection.execute("SELECT nothing FROM nowhere")

    with pytest.raises(Damaged):
        read_while_it_is_replaced()
    assert ask_all(copy) == 200


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be opened"):
        copy_catalog(Copy(tmp_path / "file" / "copy.sqlite", "https://markets.example.com"))


def test_readers_do_not_wait_for_a_writer(copy: Copy) -> None:
    with copy.writing() as connection:
        connection.execute("DELETE FROM records")
        assert ask_all(copy) == 200
    with pytest.raises(Unavailable, match="has changed"):
        ask_all(copy)

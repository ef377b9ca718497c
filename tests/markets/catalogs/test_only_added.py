"""Rows that are only added: the database itself refuses to change or to delete them."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from markets.catalogs.database import Database, tables, writing
from markets.catalogs.statements import Statement
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made


@pytest.fixture
def filled(database: Database) -> Database:
    """Every table that is only added to has rows."""
    author = author_in(database)
    with database.writing() as connection:
        done = writing.enter(connection, author, made([(2023, "1")], dimensions={"D": ("S", "T")}))
        writing.add(connection, author, done.edition, Statement(kind="size", at="a", year=2024, value="2"))
    return database


def refused(database: Database, statement: str) -> str:
    with pytest.raises(DBAPIError) as caught, database.writing() as connection:
        connection.execute(text(statement))
    return str(caught.value.orig)


def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(tables.metadata.tables[table]))]


@pytest.mark.parametrize("table", tables.ADDED_ONLY)
def test_no_row_is_changed_or_deleted(filled: Database, table: str) -> None:
    before = rows(filled, table)
    assert before
    column = tables.metadata.tables[table].columns.values()[-1].name
    statements = [f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"]
    if not filled.is_sqlite:
        statements += [f"TRUNCATE {table} CASCADE", "TRUNCATE workspaces CASCADE"]
    for statement in statements:
        assert "are only added" in refused(filled, statement), statement
    assert rows(filled, table) == before


@pytest.mark.parametrize("table", tables.ADDED_ONLY)
def test_no_row_is_replaced_under_its_key(filled: Database, table: str) -> None:
    before = rows(filled, table)
    names = ", ".join(f'"{column.name}"' for column in tables.metadata.tables[table].columns)
    if filled.is_sqlite:
        replacing = f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"
        assert "are only added" in refused(filled, replacing)
    else:
        keys = ", ".join(column.name for column in tables.metadata.tables[table].primary_key)
        column = tables.metadata.tables[table].columns.values()[-1].name
        replacing = (
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} "
            f'ON CONFLICT ({keys}) DO UPDATE SET "{column}" = EXCLUDED."{column}"'
        )
        assert "are only added" in refused(filled, replacing)
    assert rows(filled, table) == before


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)  # PostgreSQL replaces by UPDATE
def test_no_edition_is_replaced_by_one_of_the_same_market_publisher_and_day(filled: Database) -> None:
    columns = [column.name for column in tables.editions.columns if column.name != "id"]
    names = ", ".join(columns)
    replacing = f"INSERT OR REPLACE INTO editions (id, {names}) SELECT 99, {names} FROM editions"
    assert "are only added" in refused(filled, replacing)


def test_the_triggers_are_those_of_the_list(filled: Database) -> None:
    listing = (
        "SELECT tbl_name AS name FROM sqlite_master WHERE type = 'trigger'"
        if filled.is_sqlite
        else "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal"
    )
    with filled.reading() as connection:
        guarded = {row.name for row in connection.execute(text(listing))}
    assert guarded == set(tables.ADDED_ONLY)
    assert set(tables.ADDED_ONLY) < set(tables.metadata.tables)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)  # PostgreSQL replaces by UPDATE
def test_every_key_is_guarded_against_replacing(filled: Database) -> None:
    with filled.reading() as connection:
        found = list(
            connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
        )
        for table in tables.ADDED_ONLY:
            own = [sql for name, sql in found if name == table and "BEFORE INSERT" in sql]
            keys = [{column.name for column in tables.metadata.tables[table].primary_key}]
            for row in connection.execute(text(f"PRAGMA index_list({table})")).mappings():
                if row["unique"] and row["origin"] == "u":
                    index = connection.execute(text(f"PRAGMA index_info({row['name']})")).mappings()
                    keys.append({column["name"] for column in index})
            for key in keys:
                same = [sql for sql in own if {name for name in key if f"{name} = NEW.{name}" in sql} == key]
                assert same, (table, key)

"""Migrations: from nothing and from each earlier schema, and no row is lost on the way."""

import datetime
import hashlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import DateTime, bindparam, inspect, text

from markets.catalogs.database import (
    Database,
    database_catalog,
    keys,
    people,
    reading,
    schema,
    tables,
    writing,
)
from markets.errors import Unavailable
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made

AT_0001 = (Path(__file__).parent / "at_0001.sql").read_text(encoding="utf-8")
ENTERED = (
    "SELECT * FROM workspaces ORDER BY id",
    "SELECT * FROM editions ORDER BY id",
    "SELECT * FROM changes ORDER BY number",
    "SELECT * FROM headings ORDER BY edition_id, number",
    "SELECT * FROM facts ORDER BY edition_id, fact, number",
    "SELECT * FROM segments ORDER BY edition_id, fact, number, position",
)
TOKENS = "SELECT id, user_id, name, hash, created_at, expires_at, used_at, revoked_at FROM tokens"


def rows(database: Database, *questions: str) -> list[list[tuple[object, ...]]]:
    with database.reading() as connection:
        return [[tuple(map(str, row)) for row in connection.execute(text(one))] for one in questions]


def test_an_empty_database_gets_the_newest_schema_once(empty: Database) -> None:
    assert schema.upgrade(empty) == ("", schema.newest())
    assert schema.upgrade(empty) == (schema.newest(), schema.newest())
    with empty.reading() as connection:
        schema.check(empty, connection)


def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": schema.VERSION_TABLE}
        )
        assert compare_metadata(context, tables.metadata) == []
        assert inspect(connection).get_view_names() == ["current_facts"]


def test_rows_of_the_first_schema_are_all_there_after_the_last_migration(empty: Database) -> None:
    assert schema.upgrade(empty, "0001") == ("", "0001")
    with empty.writing() as connection:
        for statement in AT_0001.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    before = rows(empty, *ENTERED)
    assert [len(found) for found in before] == [2, 2, 4, 3, 6, 2]
    with empty.reading() as connection, pytest.raises(Unavailable) as caught:
        schema.check(empty, connection)
    assert f"has the schema 0001, and this Marketbook needs {schema.newest()}. Run" in str(caught.value)

    assert schema.upgrade(empty) == ("0001", schema.newest())

    assert rows(empty, *ENTERED) == before
    changes, audit = rows(
        empty,
        "SELECT number, who, at, why, workspace_id FROM changes ORDER BY number",
        "SELECT change, who, at, detail, workspace_id FROM audit ORDER BY id",
    )
    assert changes == audit
    market = database_catalog(empty).market("Coffee Machines")
    assert market.size().value == 8.7


def test_a_catalog_of_the_first_schema_goes_on_where_it_was(empty: Database) -> None:
    schema.upgrade(empty, "0001")
    with empty.writing() as connection:
        for statement in AT_0001.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    schema.upgrade(empty)
    author = author_in(empty)
    with empty.writing() as connection:
        done = writing.enter(connection, author, made([(2023, "1")]))
        record = reading.record(connection, done.edition)
    assert (done.edition, record.changes[0].number) == (3, 5)


def test_a_token_of_the_second_schema_is_a_personal_one(empty: Database) -> None:
    schema.upgrade(empty, "0002")
    secret = "mbk_secret"
    with empty.writing() as connection:
        user = people.invited(connection, "ann@example.com").id
        token = {
            "user": user,
            "hash": hashlib.sha256(secret.encode()).hexdigest(),
            "from": datetime.datetime(2026, 1, 1),
            "to": datetime.datetime(2026, 4, 1),
        }
        connection.execute(
            text(
                "INSERT INTO tokens (user_id, name, hash, created_at, expires_at) "
                "VALUES (:user, 'laptop', :hash, :from, :to)"
            ).bindparams(bindparam("from", type_=DateTime), bindparam("to", type_=DateTime)),
            token,
        )
    before = rows(empty, TOKENS)

    assert schema.upgrade(empty) == ("0002", schema.newest())

    assert rows(empty, TOKENS) == before
    with empty.reading() as connection:
        found = keys.token_of(connection, secret)
        (listed,) = keys.tokens_of(connection, people.person(connection, "ann@example.com"))
    assert found is not None and found[0] == listed
    assert (listed.name, listed.is_for_excel) == ("laptop", False)


def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    said = "has the schema 9999 of a newer Marketbook. Install that version to use it."
    for use in (schema.upgrade, database_catalog):
        with pytest.raises(Unavailable) as caught:
            use(database)
        assert str(caught.value) == f"The database {database.name} {said}"


def test_tables_of_another_program_are_refused_and_left_alone(empty: Database) -> None:
    empty.create()
    with empty.writing() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
        connection.execute(text("CREATE TABLE facts (id INTEGER)"))
    for use in (schema.upgrade, database_catalog):
        with pytest.raises(Unavailable) as caught:
            use(empty)
        assert str(caught.value) == (
            f"The database {empty.name} has tables of another program. Use an empty one."
        )
    with empty.reading() as connection:
        assert sorted(inspect(connection).get_table_names()) == ["alembic_version", "facts"]


def test_a_database_without_a_catalog_says_how_to_make_one(empty: Database) -> None:
    empty.create()
    with pytest.raises(Unavailable, match="has no catalog"):
        database_catalog(empty)


def test_a_migration_that_fails_leaves_the_schema_as_it_was(empty: Database) -> None:
    schema.upgrade(empty, "0001")
    with empty.writing() as connection:
        connection.execute(text("CREATE TABLE audit (id INTEGER)"))
    with pytest.raises(Exception, match="audit"):
        schema.upgrade(empty)
    with empty.reading() as connection:
        assert schema.schema_of(connection) == "0001"
        assert not {"users", "tokens"} & set(inspect(connection).get_table_names())

"""The servers that tests start: each answers, stops, and leaves nothing behind."""

import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.postgresql import Postgres


def _execute(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def _folders(prefix: str) -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{prefix}*"))


def test_postgres_gives_each_test_an_empty_database(postgres: Postgres) -> None:
    url = postgres.database("first")
    _execute(url, "CREATE TABLE kept AS SELECT 1 AS figure")
    assert _execute(url, "SELECT figure FROM kept") == [(1,)]
    assert _execute(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
    for name in ("first", "second"):
        assert _execute(postgres.database(name), "SELECT to_regclass('kept')") == [(None,)]


def test_what_postgres_has_committed_outlives_its_death() -> None:
    before = _folders("marketbook-postgres-")
    with Postgres() as postgres:
        url = postgres.database("catalog")
        _execute(url, "CREATE TABLE kept AS SELECT 1 AS figure")
        postgres.kill()
        with pytest.raises(OperationalError):
            _execute(url, "SELECT figure FROM kept")
        postgres.start()
        assert _execute(url, "SELECT figure FROM kept") == [(1,)]
        postgres.stop()
        postgres.start()
        assert _execute(url, "SELECT figure FROM kept") == [(1,)]
        assert _folders("marketbook-postgres-") - before
        pid = postgres.pid
    assert not Path(f"/proc/{pid}").exists()
    assert _folders("marketbook-postgres-") == before

"""Faults: one clear sentence each, nothing overwritten, and what was there before is still there."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text

from markets.catalogs.database import Database, database_catalog, reading, schema, writing
from markets.catalogs.files import ReportFile
from markets.errors import CatalogError, Unavailable
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made
from tests.postgresql import Postgres

NOT_THERE = "cannot be opened. Check that the file exists and that you may read and write it."
NO_DATABASE = "is not a database, or is damaged. Bring back a backup, or load the catalog anew."
DAMAGED = "is damaged. Bring back a backup, or load the catalog anew."
NO_ADDRESS = (
    "This is not the address of a database. Use the path of a file, sqlite:///FILE, or "
    "postgresql://USER:PASSWORD@HOST/DATABASE."
)
NO_TLS = "cannot be reached by TLS as its address asks. Check its certificate and sslmode."
SILENT = "does not answer. Check that it runs and that this computer reaches it."
NOBODY = 65534


def said(address: str, use: Callable[[Database], object] = database_catalog) -> str:
    """The sentence with which a use is refused, without the name of the database."""
    database = Database(address)
    with pytest.raises(Unavailable) as caught:
        use(database)
    database.close()
    return str(caught.value).replace(f"The database {database.name} ", "")


def filled(path: Path, reports: int = 30) -> bytes:
    """Make a catalog in one file."""
    database = Database(str(path))
    schema.upgrade(database)
    author = author_in(database)
    for number in range(reports):
        with database.writing() as connection:
            report = made([(year, "1") for year in range(2000, 2030)], name=f"Market {number}")
            writing.enter(connection, author, report, comment="x" * 500)
    database.close()
    assert list(path.parent.glob("*.db-*")) == []
    return path.read_bytes()


def names(database: Database) -> list[str]:
    return sorted(listing.name for listing in database_catalog(database).search())


@pytest.mark.parametrize(
    "address",
    [
        "mysql://host/database",
        "postgresql+asyncpg://host/database",
        "postgresql://host",
        "postgresql://host:port/database",
        "sqlite://",
        "sqlite:///:memory:",
        "https://host/database",
        "://",
    ],
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Database(address)
    assert str(caught.value) == NO_ADDRESS


def test_a_password_is_in_no_message() -> None:
    for address in (
        "postgresql://ann:secret@127.0.0.1:1/catalog",
        "postgres://127.0.0.1:1/catalog?user=ann&password=secret",
    ):
        database = Database(address)
        assert "secret" not in database.name
        with pytest.raises(Unavailable) as caught:
            database_catalog(database)
        assert "secret" not in str(caught.value)
        assert str(caught.value).endswith(SILENT)
        database.close()


def test_a_file_that_is_missing_is_said_and_not_made(tmp_path: Path) -> None:
    assert said(str(tmp_path / "mistyped.db")) == NOT_THERE
    assert said(f"sqlite:///{tmp_path}/mistyped.db") == NOT_THERE
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_said_and_not_made(tmp_path: Path) -> None:
    path = str(tmp_path / "missing" / "catalog.db")
    assert said(path) == NOT_THERE
    assert said(path, schema.upgrade) == "cannot be made: No such file or directory."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    for use in (database_catalog, schema.upgrade):
        assert said(str(tmp_path), use) == NOT_THERE


def test_an_empty_file_has_no_catalog_until_one_is_made(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    path.touch()
    assert said(str(path)) == "has no catalog. To make one, run 'marketbook catalog init'."
    assert path.read_bytes() == b""
    database = Database(str(path))
    assert schema.upgrade(database) == ("", schema.newest())
    assert names(database) == []
    database.close()


@pytest.mark.parametrize("content", [b"garbage" * 999, b"\0" * 9999, b'[source]\npublisher = "P"\n' * 200])
def test_a_file_of_something_else_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalog.db"
    path.write_bytes(content)
    for use in (database_catalog, schema.upgrade):
        assert said(str(path), use) == NO_DATABASE
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_file_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "browser.db"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
        other.commit()
    before = path.read_bytes()
    for use in (database_catalog, schema.upgrade):
        assert said(str(path), use) == "has tables of another program. Use an empty one."
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_said_and_left_alone(tmp_path: Path, share: float) -> None:
    path = tmp_path / "catalog.db"
    whole = filled(path)
    cut = whole[: int(len(whole) * share)]
    path.write_bytes(cut)
    assert said(str(path), lambda database: read_everything(database)) in (DAMAGED, NO_DATABASE)
    assert path.read_bytes() == cut


@pytest.mark.parametrize("missing", [1, 2000, 4000])
def test_a_file_whose_last_page_is_cut_off_is_said_at_once(tmp_path: Path, missing: int) -> None:
    path = tmp_path / "catalog.db"
    cut = filled(path)[:-missing]
    path.write_bytes(cut)
    assert said(str(path), database_catalog) == DAMAGED
    assert path.read_bytes() == cut


def test_a_file_that_is_overwritten_in_the_middle_is_said(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    whole = filled(path)
    for start in range(4096, len(whole), len(whole) // 12):
        path.write_bytes(whole[:start] + os.urandom(4096) + whole[start + 4096 :])
        database = Database(str(path))
        with contextlib.suppress(CatalogError):
            read_everything(database)
        database.close()


def read_everything(database: Database) -> None:
    database_catalog(database)
    with database.reading() as connection:
        editions = [edition for edition, _ in reading.current_headings(connection)]
        for record in reading.records(connection, editions):
            record.report()
        problems = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    if problems != ["ok"]:
        raise Unavailable(f"The database {database.name} {DAMAGED}")


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's rights, to whom no file is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_file_that_may_only_be_read_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    path = tmp_path / "catalog.db"
    before = filled(path, 1)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    with as_nobody():
        assert said(str(path)) == NOT_THERE or said(str(path)).startswith("cannot be written")
        assert said(str(tmp_path / "new.db"), schema.upgrade) == "cannot be made: Permission denied."
        assert said(str(path), lambda database: author_in(database, "new")) in (
            NOT_THERE,
            "cannot be written. Check the rights of the file and its folder.",
        )
    tmp_path.chmod(0o755)
    assert path.read_bytes() == before


def test_a_full_disk_is_said_and_the_earlier_data_are_there(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    filled(path, 3)
    database = Database(str(path))

    @event.listens_for(database.engine, "connect")
    def fill(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    author = author_in(database)
    large = made([(2000 + year % 200, "1", "", "a" * 60) for year in range(200)], name="Large")
    with pytest.raises(Unavailable) as caught, database.writing() as connection:
        writing.enter(connection, author, large, comment="x" * 100_000)
    assert str(caught.value) == (
        f"The database {path} has no space left on its disk. Free some, and try again."
    )
    assert names(database) == ["Market 0", "Market 1", "Market 2"]
    database.close()
    again = Database(str(path))
    with again.writing() as connection:
        assert writing.enter(connection, author, large, comment="x" * 100_000).is_first
    read_everything(again)
    again.close()


@pytest.mark.skipif(not Path("/dev/shm").is_dir() or os.geteuid() != 0, reason="needs to mount a disk")
def test_a_disk_that_is_really_full_is_said_and_the_earlier_data_are_there(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as folder:
        path = folder / "catalog.db"
        filled(path, 3)
        database = Database(str(path))
        author = author_in(database)
        files = [ReportFile(made([(2023, "1")], name=f"Market {number}")) for number in range(3, 3000)]
        entering = writing.enter_many(database, author, files, batch=7)
        with pytest.raises(Unavailable, match=r"has no space left on its disk\. Free some, and try again\."):
            list(entering)
        kept = names(database)
        assert len(kept) > 3
        assert kept == sorted(f"Market {number}" for number in range(len(kept)))
        read_everything(database)
        database.close()


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    import subprocess

    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("This machine lets no disk be mounted.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_file_in_use_by_another_program_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markets.catalogs.database.engine._WAIT_SECONDS", 0.1)
    path = tmp_path / "catalog.db"
    filled(path, 1)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert said(str(path), author_in) == "is in use by another program. Try again."
        database = Database(str(path))
        assert names(database) == ["Market 0"]
        database.close()


def test_postgresql_says_what_is_wrong_with_an_address(postgres: Postgres) -> None:
    url = make_url(postgres.database("faults"))
    for other, reason in (
        ({"password": "wrong"}, "refuses the password."),
        ({"username": "database"}, "refuses the password."),
        ({"database": "missing"}, "does not exist."),
        ({"port": 1}, SILENT),
        ({"host": "nowhere.invalid"}, SILENT),
        ({"query": {"sslmode": "require"}}, NO_TLS),
    ):
        assert said(url.set(**other).render_as_string(hide_password=False)) == reason, other  # type: ignore[arg-type]


def test_postgresql_says_that_it_wants_a_password(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    url = make_url(postgres.database("faults"))
    address = f"postgresql://{url.username}@{url.host}:{url.port}/{url.database}"
    assert said(address) == "needs a password. Put it in the address, or in the variable PGPASSWORD."


def test_postgresql_says_what_a_user_may_not_do(postgres: Postgres) -> None:
    address = postgres.database("rights")
    with contextlib.closing(Database(address)) as database, database.writing() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        with pytest.raises(Unavailable, match="cannot be written: it is read-only"):
            schema_in(database, connection)


def schema_in(database: Database, connection: object) -> None:
    with database._answering():
        connection.execute(text("CREATE TABLE t (id INTEGER)"))  # type: ignore[attr-defined]


def test_postgresql_that_stops_is_said_and_answers_again_later() -> None:
    with Postgres() as server:
        database = Database(server.database("catalog"))
        schema.upgrade(database)
        author = author_in(database)
        with database.writing() as connection:
            writing.enter(connection, author, made([(2023, "1")], name="Before"))
        for end in (server.stop, server.kill):
            with pytest.raises(Unavailable) as caught:
                enter_and(database, author, end)
            assert str(caught.value).endswith(SILENT)
            with pytest.raises(Unavailable) as caught:
                database_catalog(database)
            assert str(caught.value).endswith(SILENT)
            server.start()
            assert names(database) == ["Before"]
        database.close()


def enter_and(database: Database, author: writing.Author, end: Callable[[], None]) -> None:
    with database.writing() as connection:
        writing.enter(connection, author, made([(2023, "1")], name="Lost"))
        end()


def test_a_writer_that_waits_too_long_is_told(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markets.catalogs.database.engine._WAIT_SECONDS", 1)
    first, second = (Database(address) for address in 2 * [postgres.database("waiting")])
    schema.upgrade(first)
    with first.writing(), pytest.raises(Unavailable, match=r"is busy\. Try again\."):
        author_in(second)
    author_in(second)
    first.close()
    second.close()


def test_a_writer_that_is_silent_does_not_stop_the_others(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markets.catalogs.database.engine._IDLE_SECONDS", 1)
    silent, other = (Database(address) for address in 2 * [postgres.database("silent")])
    schema.upgrade(silent)
    with pytest.raises(Unavailable, match=r"has waited too long for this program\. Try again\."):
        write_after(silent, lambda: author_in(other))
    assert author_in(other) == author_in(silent)
    silent.close()
    other.close()


def write_after(database: Database, pause: Callable[[], object]) -> None:
    with database.writing() as connection:
        pause()
        writing.workspace(connection, "lost", make=True)

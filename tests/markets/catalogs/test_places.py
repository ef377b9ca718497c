"""Which catalog is in use: that of the variable, of the setting, or the platform's folder."""

import builtins
import datetime
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from markets.catalogs import chosen, places
from markets.catalogs.copies import tokens
from markets.catalogs.copies.serving import copy_of
from markets.catalogs.database import Database, schema, writing
from markets.catalogs.folders import BUNDLED
from markets.catalogs.places import DatabasePlace, FolderPlace, ServerPlace, place, use
from markets.errors import CatalogError, NotAllowed, NotFound, Unavailable
from tests.conftest import CATALOG, SEED
from tests.markets.catalogs.conftest import author_in
from tests.markets.catalogs.test_copies_damaged import filled
from tests.markets.made import made

SERVER = "http://localhost:9"


@pytest.fixture(autouse=True)
def _own_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No choice but that of the test, which is kept in the test's folder."""
    monkeypatch.delenv("MARKETBOOK_CATALOG")
    monkeypatch.setattr(chosen, "setting", lambda: tmp_path / "config" / "catalog.toml")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setenv(tokens.VARIABLE, "token")
    yield
    no_database_is_open()


def no_database_is_open() -> None:
    """Close the database in use, which a program keeps open."""
    for database in places._databases.values():
        database.close()
    places._databases.clear()


def database_at(path: Path) -> Path:
    fill(Database(str(path)))
    return path


def fill(database: Database) -> None:
    """Tea in two vintages, and Milk."""
    schema.upgrade(database)
    author = author_in(database)
    first, second = made([(2024, "3")], name="Tea"), made([(2024, "4")], name="Tea", published=2025)
    for report in (first, second, made([(2024, "5")], name="Milk")):
        with database.writing() as connection:
            writing.enter(connection, author, report)
    database.close()


def test_without_a_choice_it_is_the_platforms_folder(tmp_path: Path) -> None:
    assert place() == FolderPlace(tmp_path / "data" / "catalog")
    opened = place().open()
    assert opened.market(SEED)
    assert (opened.place, opened.notice) == ("Folder", "")
    assert opened.version == place().version()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://markets.example.com", ServerPlace("https://markets.example.com")),
        (" HTTPS://Markets.Example.COM:8443/Team/ ", ServerPlace("https://markets.example.com:8443/Team")),
        ("http://localhost:8000", ServerPlace("http://localhost:8000")),
        ("http://[::1]:8000", ServerPlace("http://[::1]:8000")),
        ("postgresql://ann@db/markets", DatabasePlace("postgresql://ann@db/markets")),
        ("postgresql+psycopg://db/m", DatabasePlace("postgresql+psycopg://db/m")),
    ],
)
def test_an_address_is_what_it_looks_like(text: str, found: places.Place) -> None:
    assert use(text) == found == place()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("http://markets.example.com", "would send your token unprotected. Use https://markets.example.com."),
        ("http://localhost.example.com", "would send your token unprotected"),
        ("http://127.0.0.1.example.com/a", "would send your token unprotected"),
        ("https://", "not the address of a server"),
        ("https://markets example.com", "not the address of a server"),
        ("https://ann:secret@markets.example.com", "without names or passwords"),
        ("https://markets.example.com?token=secret", "not the address of a server"),
        ("https://markets.example.com:port", "not the address of a server"),
        ("https://[markets", "not the address of a server"),
        ("ftp://markets.example.com", '"ftp://" is not a kind of catalog. Use a folder, sqlite:///FILE'),
        ("/no/such/folder", 'The folder "/no/such/folder" does not exist.'),
    ],
)
def test_what_cannot_be_used_is_refused_and_not_kept(text: str, why: str) -> None:
    with pytest.raises(CatalogError) as refused:
        use(text)
    assert why in str(refused.value)
    assert "secret" not in str(refused.value)
    assert isinstance(place(), FolderPlace)


def test_the_variable_beats_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    use("https://markets.example.com")
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(CATALOG))
    assert place() == FolderPlace(CATALOG)
    assert place().open().market("espresso machines")
    monkeypatch.delenv("MARKETBOOK_CATALOG")
    assert place() == ServerPlace("https://markets.example.com")
    use("")
    assert isinstance(place(), FolderPlace)
    use("")


def test_a_chosen_folder_is_kept_with_its_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / 'Märkte "neu"'
    own.mkdir()
    monkeypatch.chdir(tmp_path)
    assert use(own.name) == FolderPlace(Path(own.name))
    monkeypatch.chdir("/")
    assert place() == FolderPlace(own)
    if os.name != "nt":
        assert chosen.setting().stat().st_mode & 0o777 == 0o600
    own.rmdir()
    assert [str(one) for one in place().open().problems] == [
        f"The folder \"{own}\" does not exist. Choose another with 'marketbook catalog use'."
    ]


@pytest.mark.parametrize("content", [b"", b"catalog = 5", b"\xff\xfe", b"catalog = ", b'catalog = ""'])
def test_a_damaged_setting_is_said(content: bytes) -> None:
    chosen.setting().parent.mkdir(parents=True)
    chosen.setting().write_bytes(content)
    for question in (place, lambda: place().open(), lambda: place().version()):
        with pytest.raises(CatalogError, match=r"catalog\.toml does not say which catalog is in use"):
            question()
    use(str(CATALOG))
    assert place() == FolderPlace(CATALOG)


def test_a_setting_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(CatalogError, match=r"catalog\.toml cannot be written"):
        use(str(CATALOG))


@pytest.mark.parametrize("spelled", ["{}", "sqlite:///{}"])
def test_a_file_of_sqlite_is_a_database(tmp_path: Path, spelled: str) -> None:
    path = database_at(tmp_path / "team.db")
    assert use(spelled.format(path)) == DatabasePlace(f"sqlite:///{path}")
    opened = place().open()
    assert opened.market("Tea").size(2024).value == 4
    assert opened.place == "Database team.db"
    assert opened.version == place().version()
    assert place().database() is place().database()  # type: ignore[union-attr]


def test_the_last_day_holds_for_every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = filled(copy_of(SERVER).copy)
    assert copy.path.parent == tmp_path / "data" / "copies"
    for choice, market in (
        (str(BUNDLED), SEED),
        (str(database_at(tmp_path / "a.db")), "Tea"),
        (SERVER, "Market 1"),
    ):
        use(choice)
        place().open().market(market)
        before = place().version()
        with pytest.raises(NotFound, match="was published by 2000-01-01"):
            place().open(datetime.date(2000, 1, 1)).market(market)
        monkeypatch.setenv("MARKETBOOK_AS_OF", "2000-01-01")
        with pytest.raises(NotFound, match="was published by 2000-01-01"):
            place().open().market(market)
        assert place().open().version == place().version() != before
        monkeypatch.setenv("MARKETBOOK_AS_OF", "soon")
        with pytest.raises(CatalogError, match="MARKETBOOK_AS_OF"):
            place().open()
        monkeypatch.delenv("MARKETBOOK_AS_OF")


def test_another_token_has_another_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    first = copy_of(SERVER)
    assert copy_of(SERVER) is first
    monkeypatch.setenv(tokens.VARIABLE, "another")
    assert copy_of(SERVER).copy.path != first.copy.path
    monkeypatch.delenv(tokens.VARIABLE)
    assert copy_of(SERVER).copy.path != first.copy.path


def test_without_the_extra_what_to_install_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database_at(tmp_path / "team.db")
    real = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name.startswith(("markets.catalogs.database", "markets.catalogs.copies.client")):
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    use(str(path))
    with pytest.raises(Unavailable, match=r"pipx install --force \"\.\[team\]\""):
        place().open()
    use(SERVER)
    place().refresh()
    with pytest.raises(Unavailable, match=r"pipx install --force \"\.\[team\]\""):
        place().open()


def test_what_is_not_in_use_is_not_imported() -> None:
    code = (
        "import sys, udfs, addin.calls; udfs.market_size('x'); "
        "print({'sqlalchemy', 'httpx', 'keyring', 'alembic', 'sqlite3', 'tomlkit'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


class Ring:
    """A keyring in memory, as a backend of the library's."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.kept[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    import keyring
    from keyring.backend import KeyringBackend

    held = Ring()
    backend = type(
        "InMemory", (Ring, KeyringBackend), {"priority": 1, "kept": held.kept, "__init__": lambda _: None}
    )
    before = keyring.get_keyring()
    keyring.set_keyring(backend())
    monkeypatch.delenv(tokens.VARIABLE)
    yield held
    keyring.set_keyring(before)


def test_tokens_are_in_the_keyring_and_the_variable_beats_it(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        NotAllowed, match=r"not signed in to http://localhost:9\. Run 'marketbook catalog sign-in'"
    ):
        tokens.token(SERVER)
    tokens.keep(SERVER, "secret")
    assert ring.kept == {("marketbook", SERVER): "secret"}
    assert tokens.token(SERVER) == "secret"
    monkeypatch.setenv(tokens.VARIABLE, " given ")
    assert tokens.token(SERVER) == "given"
    monkeypatch.delenv(tokens.VARIABLE)
    assert tokens.forget(SERVER) and not tokens.forget(SERVER)
    assert ring.kept == {}


def test_without_a_keyring_what_to_set_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.delenv(tokens.VARIABLE)
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    try:
        for question in (lambda: tokens.token(SERVER), lambda: tokens.keep(SERVER, "secret")):
            with pytest.raises((NotAllowed, Unavailable), match="Set the variable MARKETBOOK_TOKEN"):
                question()
    finally:
        keyring.set_keyring(before)

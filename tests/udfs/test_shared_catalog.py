"""The functions on a database and on a server's copy: cells wait for no network, and no refusal stays."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from markets.catalogs.copies import tokens
from markets.catalogs.copies.copy import Copy
from markets.catalogs.copies.serving import CopyInUse, copy_of
from markets.catalogs.database import Database
from markets.errors import Unavailable
from markets.wording import LONGEST_LINE
from tests.markets.catalogs.team import Team
from tests.markets.catalogs.test_copies_damaged import filled
from tests.markets.catalogs.test_places import database_at, fill, no_database_is_open
from tests.postgresql import Postgres
from udfs import catalog, market_info, market_list, market_size, market_source
from udfs.values import CellError

LONG = "A Market with a Name That Leaves Little Room for Anything Else on One Line " * 2


@pytest.fixture(autouse=True)
def _own_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setenv(tokens.VARIABLE, "token")
    yield
    for thread in threading.enumerate():
        if thread.name == "marketbook-update":
            thread.join(30)
    no_database_is_open()


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """A team's server, which is the catalog in use."""
    team = Team(tmp_path)
    with team.running():
        monkeypatch.setenv(tokens.VARIABLE, team.token())
        use(monkeypatch, team.server.url)
        yield team


@pytest.fixture
def hanging() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def use(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("MARKETBOOK_CATALOG", place)
    monkeypatch.setattr(catalog, "reading", catalog.Reading())


def until_copied() -> None:
    deadline = time.monotonic() + 20
    while market_list() is CellError.NA and time.monotonic() < deadline:
        time.sleep(0.05)
        catalog.reload_if_changed()


def updated_now(team: Team) -> None:
    copy_of(team.server.url).refresh()
    catalog.reload_if_changed()


def test_cells_do_not_wait_for_a_server_that_hangs(hanging: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markets.catalogs.copies.serving._DELAY", 0.0)
    copy: Copy = filled(copy_of(hanging).copy)
    use(monkeypatch, hanging)
    start = time.monotonic()
    assert market_size("Market 7", 2024) == 7
    for _ in range(20):
        assert not catalog.reload_if_changed()
        assert market_size("Market 8", 2024) == 8
    assert any(thread.name == "marketbook-update" for thread in threading.enumerate())
    copy.delete()
    catalog.reload_if_changed()
    use(monkeypatch, hanging)
    assert market_size("Market 7", 2024) is CellError.NA
    assert time.monotonic() - start < 5


def test_a_refresh_waits_for_a_server_that_hangs_but_not_for_long(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CopyInUse.refresh, "__defaults__", (0.3,))
    filled(copy_of(hanging).copy)
    use(monkeypatch, hanging)
    start = time.monotonic()
    catalog.reload()
    assert 0.3 <= time.monotonic() - start < 5
    assert market_size("Market 7", 2024) == 7


def test_without_a_copy_it_is_fetched_while_cells_say_so(team: Team) -> None:
    assert market_size("Coffee", 2024) is CellError.NA
    assert market_source("Coffee", 2024) == (
        f"The copy of {team.server.url} is being fetched for the first time. Calculate again in a moment."
    )
    until_copied()
    assert market_size("Coffee", 2024) == 8.6


def test_a_refresh_brings_what_colleagues_changed(team: Team) -> None:
    catalog.reload()
    assert market_size("Coffee", 2024) == 8.6
    edition = team.enter("team", "Tea", "3")
    assert market_size("Tea", 2024) is CellError.NA
    assert not catalog.reload_if_changed()
    catalog.reload()
    assert market_size("Tea", 2024) == 3
    team.correct(edition, "3.5")
    updated_now(team)
    assert market_size("Tea", 2024) == 3.5


def test_offline_the_source_and_the_reason_say_how_old_the_answer_is(team: Team) -> None:
    team.enter("team", LONG.strip(), "5", publisher="A Publisher of Long Names " * 4)
    catalog.reload()
    assert "copy" not in market_source("Coffee", 2024)
    assert str(market_info("Coffee", "catalog")).startswith(f"{team.server.url} as of 20")
    team.server.kill()
    updated_now(team)
    assert market_size("Coffee", 2024) == 8.6
    for asked in ("Coffee", LONG.strip(), "Unknown " * 60):
        line = str(market_source(asked, 2024))
        assert line.endswith(": the server does not answer.") and " From the copy of 20" in line
        assert len(line) <= LONGEST_LINE
    assert market_source("Coffee", 2024).startswith("reported for 2024: stated as 8.6")  # type: ignore[union-attr]
    assert market_size.outcome("Nothing", 2024).reason.endswith(": the server does not answer.")
    assert str(market_info("Coffee", "catalog")).endswith(", offline")
    team.server.start()
    updated_now(team)
    assert "copy" not in market_source("Coffee", 2024)


def test_a_damaged_copy_is_fetched_anew_while_what_is_known_still_answers(team: Team) -> None:
    for number in range(50):
        team.enter("team", f"Market {number}", str(number + 1))
    catalog.reload()
    assert market_size("Market 1", 2024) == 2
    copy_of(team.server.url).copy.path.write_bytes(b"damaged " * 2000)
    for end in ("-wal", "-shm"):
        Path(f"{copy_of(team.server.url).copy.path}{end}").unlink(missing_ok=True)
    assert market_size("Market 2", 2024) is CellError.NA
    assert str(market_source("Market 3", 2024)).endswith("alculate again in a moment.")
    assert market_size("Market 1", 2024) == 2
    deadline = time.monotonic() + 20
    while market_size("Market 2", 2024) is CellError.NA and time.monotonic() < deadline:
        time.sleep(0.05)
        catalog.reload_if_changed()
    assert market_size("Market 2", 2024) == 3
    assert "again" not in market_source("Market 3", 2024)


def test_a_database_that_is_back_answers_what_it_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database_at(tmp_path / "team.db")
    use(monkeypatch, str(path))
    assert [row[0] for row in market_list().tolist()] == ["Milk", "Tea"]
    content = path.read_bytes()
    path.write_bytes(b"damaged " * 2000)
    Database(str(path)).close()
    catalog.reading.place.database().close()  # type: ignore[union-attr]
    assert market_size("Tea", 2024) is CellError.NA
    assert "is damaged" in str(market_source("Tea", 2024))
    assert not catalog.reload_if_changed()
    path.write_bytes(content)
    catalog.reading.place.database().close()  # type: ignore[union-attr]
    assert catalog.reload_if_changed()
    assert market_size("Tea", 2024) == 4
    assert not catalog.reload_if_changed()


def test_another_catalog_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, str(database_at(tmp_path / "one.db")))
    assert market_size("Tea", 2024) == 4
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(database_at(tmp_path / "two.db")))
    assert catalog.reload_if_changed()
    monkeypatch.setenv("MARKETBOOK_CATALOG", str(tmp_path))
    assert catalog.reload_if_changed()
    assert market_size("Tea", 2024) is CellError.NA
    assert market_info("Medical Imaging Outsourcing", "catalog") == "Folder"
    monkeypatch.setenv("MARKETBOOK_CATALOG", "http://markets.example.com")
    assert catalog.reload_if_changed()
    assert (
        market_source("Tea") == "http:// would send your token unprotected. Use https://markets.example.com."
    )


def test_an_update_that_can_not_even_be_noted_is_said(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.reload()

    def full(copy: Copy) -> None:
        raise Unavailable(f"The copy {copy.path} has no space left on its disk. Free some, and try again.")

    monkeypatch.setattr("markets.catalogs.copies.updating.update_from_server", full)
    updated_now(team)
    assert market_size("Coffee", 2024) == 8.6
    assert str(market_source("Coffee", 2024)).endswith(": it could not be updated. See the log.")
    assert str(market_info("Coffee", "catalog")).endswith(", not updated")
    monkeypatch.undo()


def test_postgresql_that_stops_leaves_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with Postgres() as postgres:
        address = postgres.database("functions")
        fill(Database(address))
        use(monkeypatch, address)
        assert market_size("Tea", 2024) == 4
        postgres.stop()
        assert not catalog.reload_if_changed()
        assert market_size("Tea", 2024) == 4
        assert market_size("Tea", 2030) is CellError.NA
        assert market_size("Milk", 2024) is CellError.NA
        assert "does not answer" in str(market_source("Milk", 2024))
        assert not catalog.reload_if_changed()
        postgres.start()
        assert catalog.reload_if_changed()
        assert market_size("Milk", 2024) == 5
        assert not catalog.reload_if_changed()
        use(monkeypatch, address)
        postgres.stop()
        assert "does not answer" in str(market_source("Tea", 2024))
        postgres.start()
        assert catalog.reload_if_changed()
        assert market_size("Tea", 2024) == 4

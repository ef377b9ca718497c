"""The catalogs of those who ask from Excel: kept, and asked anew when the database answers again."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import pytest

from addin.server import readings
from addin.server.asking import Asking, House
from addin.server.excel import Member
from addin.server.readings import Readings
from addin.server.settings import Settings
from addin.server.threads import Threads
from markets.catalogs import Catalog
from markets.catalogs.database import Database, database_catalog, writing
from markets.errors import Unavailable
from tests.addin.server.team import REPORT, WORKSPACE, Team, dated, team
from udfs import catalog, market_size
from udfs.outcome import Outcome

PLACE = "Server here"
MARKET = REPORT.market.name


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Team]:
    made = team(str(tmp_path / "catalog.db"))
    yield made
    made.database.close()


@pytest.fixture
def house(staff: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """What the requests of a server in this process share."""
    monkeypatch.setattr(catalog, "reading", catalog.reading)  # which an answer of this server replaces
    made = House(
        Settings(staff.address, "http://here"), staff.database, Threads(), Readings(staff.database, PLACE)
    )
    yield made
    made.threads.end()


def size(house: House, staff: Team, who: str = "reader") -> Outcome:
    with catalog.answer_several().using(house.readings.of(staff.person(who))):
        return market_size.outcome(MARKET)


def test_who_reads_the_same_workspaces_shares_a_catalog_which_says_where_it_is(
    house: House, staff: Team
) -> None:
    reader, editor, stranger = (
        house.readings.of(staff.person(who)) for who in ("reader", "editor", "stranger")
    )
    assert reader is editor and reader is not stranger
    assert reader.catalog.place == PLACE


def test_many_who_ask_at_once_after_a_change_open_the_catalog_once(
    house: House, staff: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.readings.of(staff.person("reader"))
    with staff.database.writing() as connection:
        own = writing.workspace(connection, WORKSPACE)
        writing.enter(connection, writing.Author(staff.email("owner"), own), dated("2027-01-01"))
    opened: list[Catalog] = []

    def slowly(*asked: Any) -> Catalog:
        made = database_catalog(*asked)
        time.sleep(0.2)  # so that all have asked before it is open
        opened.append(made)
        return made

    monkeypatch.setattr(readings, "database_catalog", slowly)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(house.readings.of, [staff.person("reader")] * 8))

    assert [one.catalog for one in found] == opened * 8


def test_what_was_refused_while_the_database_was_away_is_asked_again(
    house: House, staff: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Database) -> NoReturn:
        raise Unavailable("The database is away.")

    reading = house.readings.of(staff.person("reader"))
    with catalog.answer_several().using(reading), monkeypatch.context() as fault:
        fault.setattr(Database, "reading", away)
        assert market_size.outcome(MARKET).reason == "The database is away."

    assert isinstance(size(house, staff).value, float)
    assert house.readings.of(staff.person("reader")).catalog is reading.catalog


def test_those_who_ask_for_thousands_of_cells_do_not_keep_others_waiting(house: House, staff: Team) -> None:
    done = threading.Event()
    member = Member(Asking(house, staff.person("reader"), "1"))

    async def read_meanwhile() -> str:
        cells = [asyncio.ensure_future(member.answer(done.wait, 60)) for _ in range(8)]
        try:
            return await asyncio.wait_for(house.threads.read(lambda: "read"), 30)
        finally:
            done.set()
            await asyncio.gather(*cells)

    assert asyncio.run(read_meanwhile()) == "read"

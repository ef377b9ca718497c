"""As of a day: editions published by then, and of their facts the corrections made by then."""

import datetime

import msgspec
import pytest

from markets import Selection
from markets.catalogs.database import Database, database_catalog, database_version, reading, writing
from markets.catalogs.indexed import IndexedCatalog
from markets.catalogs.statements import Statement
from markets.errors import NoFigure, UnknownName
from markets.facts import Report
from tests.markets.catalogs.clock import Clock
from tests.markets.catalogs.conftest import author_in
from tests.markets.made import made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def size(value: str, year: int = 2023, at: str = "s2023") -> Statement:
    return Statement(kind="size", at=at, year=year, value=value)


class History:
    """Two editions of one publisher and one of another; corrections of both editions of the first.

    Published 2024-06-01 (1.0, later 1.5) and 2025-06-01 (2.0, later 2.5); the other in 2024 (9.0).
    All entered on 2026-01-01; corrected on 2026-02-01 and 2026-03-01; a fact added on 2026-04-01, and
    withdrawn on 2026-05-01; another heading on 2026-06-01.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.author = author_in(database)
        clock.turn("2026-01-01")
        self.old = self.enter(made([(2023, "1.0")], published=2024))
        self.new = self.enter(made([(2023, "2.0")], published=2025))
        self.other = self.enter(made([(2023, "9.0")], published=2024, publisher="Q"))
        clock.turn("2026-02-01")
        self.correct(self.old, 1, 1, size("1.5"))
        clock.turn("2026-03-01 23:59:59.999999")
        self.correct(self.new, 1, 1, size("2.5"))
        clock.turn("2026-04-01")
        with database.writing() as connection:
            writing.add(connection, self.author, self.new, size("3.0", 2030, "a"))
        clock.turn("2026-05-01")
        self.correct(self.new, 2, 1, None)
        clock.turn("2026-06-01")
        better = made([(2023, "2.5")], published=2025)
        self.enter(
            msgspec.structs.replace(
                better, market=msgspec.structs.replace(better.market, currency="EUR", aliases=("Mmm",))
            )
        )

    def enter(self, report: Report) -> int:
        with self.database.writing() as connection:
            return writing.enter(connection, self.author, report).edition

    def correct(self, edition: int, fact: int, seen: int, row: Statement | None) -> None:
        with self.database.writing() as connection:
            writing.correct(connection, self.author, edition, fact, seen, row)

    def catalog(self, as_of: str = "") -> IndexedCatalog:
        return database_catalog(self.database, day(as_of) if as_of else None)


@pytest.fixture
def history(database: Database, clock: Clock) -> History:
    return History(database, clock)


def test_a_vintage_and_a_revision_count_from_their_days(history: History) -> None:
    for as_of, value in (
        ("2024-06-01", 1.0),
        ("2025-05-31", 1.0),
        ("2025-06-01", 2.0),
        ("2026-02-28", 2.0),
        ("2026-03-01", 2.5),
        ("2026-12-31", 2.5),
    ):
        selected = Selection("P", day(as_of))
        assert history.catalog().market("M", selected).size().value == value, as_of
        assert history.catalog(as_of).market("M", Selection("P")).size().value == value, as_of
    assert history.catalog().market("M").size().value == 2.5


def test_the_earlier_of_two_days_decides(history: History) -> None:
    catalog = history.catalog("2026-02-28")
    assert catalog.market("M", Selection("P", day("2099-01-01"))).size().value == 2.0
    assert catalog.market("M", Selection("P", day("2024-12-31"))).size().value == 1.0


def test_every_edition_is_as_it_was_on_the_day(history: History) -> None:
    def sizes(as_of: str = "", selection: str = "") -> list[tuple[int, float]]:
        chosen = Selection("P", day(selection)) if selection else Selection("P")
        found = history.catalog(as_of).editions("M", chosen)
        return [(one.source.date.year, one.size().value) for one in found]

    assert sizes() == sizes("2026-03-01") == sizes(selection="2026-03-01") == [(2025, 2.5), (2024, 1.5)]
    assert sizes("2026-02-01") == sizes(selection="2026-02-01") == [(2025, 2.0), (2024, 1.5)]
    assert sizes("2026-01-31") == sizes(selection="2026-01-31") == [(2025, 2.0), (2024, 1.0)]
    assert sizes("2024-12-31") == sizes(selection="2024-12-31") == [(2024, 1.0)]


def test_medians_are_of_the_day(history: History) -> None:
    catalog = history.catalog()
    assert catalog.market("M", Selection.parse("median as of 2026-01-31")).size(2023).value == 5.5
    assert catalog.market("M", Selection.parse("median as of 2024-12-31")).size(2023).value == 5.0
    assert history.catalog("2024-12-31").market("M", Selection.parse("median")).size(2023).value == 5.0


def test_a_fact_counts_from_its_day_until_it_is_withdrawn(history: History) -> None:
    for as_of, is_there in (
        ("2026-03-31", False),
        ("2026-04-01", True),
        ("2026-04-30", True),
        ("2026-05-01", False),
    ):
        market = history.catalog().market("M", Selection("P", day(as_of)))
        if is_there:
            assert market.size(2030).value == 3.0
        else:
            with pytest.raises(NoFigure):
                market.size(2030)


def test_a_corrected_heading_counts_from_its_day_in_names_and_units(history: History) -> None:
    before, after = history.catalog("2026-05-31"), history.catalog("2026-06-01")
    assert (before.market("M").unit.currency, after.market("M").unit.currency) == ("USD", "EUR")
    assert (before.search()[0].unit.currency, after.search()[0].unit.currency) == ("USD", "EUR")
    assert after.market("mmm").size().value == history.catalog().market("MMM").size().value == 2.5
    with pytest.raises(UnknownName):
        before.market("mmm")
    old = history.catalog().market("M", Selection("P", day("2026-05-31")))
    assert old.unit.currency == "USD"


def test_the_version_changes_with_each_change_and_with_the_day(database: Database, clock: Clock) -> None:
    versions = [database_version(database)]
    assert database_catalog(database).version == versions[0]
    author = author_in(database)
    for value in ("1.0", "1.1"):
        with database.writing() as connection:
            writing.enter(connection, author, made([(2023, value)]))
        versions.append(database_version(database))
        assert database_catalog(database).version == database_version(database) == versions[-1]
    versions.append(database_version(database, day("2026-01-01")))
    assert database_catalog(database, day("2026-01-01")).version == versions[-1]
    assert len(set(versions)) == 4


def test_times_never_run_back_even_if_the_clock_does(database: Database, clock: Clock) -> None:
    author = author_in(database)
    edition = 0
    for at, value in (("2026-03-01", "1"), ("2026-02-01", "2"), ("2020-01-01", "3"), ("2026-03-02", "4")):
        clock.turn(at)
        with database.writing() as connection:
            edition = writing.enter(connection, author, made([(2023, value)])).edition
    with database.reading() as connection:
        record = reading.record(connection, edition)
    days = [str(change.at.date()) for change in record.changes]
    assert days == ["2026-03-01", "2026-03-01", "2026-03-01", "2026-03-02"]
    assert record.report(day("2026-03-01")).sizes[0].value.printed == "3"
    assert record.report(day("2025-01-01")).sizes[0].value.printed == "1"


def test_a_day_ends_at_midnight_of_utc(database: Database, clock: Clock) -> None:
    author = author_in(database)
    for at, value in (("2026-03-01", "1"), ("2026-03-02 23:59:59.999999", "2"), ("2026-03-03 00:00:00", "3")):
        clock.turn(at)
        with database.writing() as connection:
            writing.enter(connection, author, made([(2023, value)]))
    for as_of, value in (("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-03", 3)):
        assert database_catalog(database, day(as_of)).market("M").size().value == value

"""Editions found by their markets' names, in both databases."""

import pytest
from msgspec.structs import replace

from markets.catalogs.database import Database, writing
from markets.catalogs.database.searching import MarketNames
from markets.facts import Report, Subject
from tests.addin.server.team import dated
from tests.markets.catalogs.conftest import author_in

NAMES = ("Tea", "Green Tea", "Teapots", "100% Juice", "X_Ray", "Café Crème")


def _named(name: str, *aliases: str, day: str = "2026-01-01") -> Report:
    report = dated(day)
    tables = {field: getattr(report, field) for field in report.__struct_fields__ if field != "market"}
    subject: Subject = replace(report.market, name=name, aliases=aliases)
    return Report(market=subject, **tables)


@pytest.fixture
def filled(database: Database) -> Database:
    author = author_in(database)
    with database.writing() as connection:
        for name in NAMES:
            writing.enter(connection, author, _named(name))
        writing.enter(connection, author, _named("Computed Tomography", 'CT "scans"', "Röntgen"))
    return database


def _found(database: Database, text: str, limit: int = 50, inside: str = "team") -> list[str]:
    with database.reading() as connection:
        own = [writing.workspace(connection, inside)]
        return [hit.market for hit in MarketNames().search(connection, own, text, limit)]


def test_the_name_itself_comes_first_then_what_begins_with_it(filled: Database) -> None:
    assert _found(filled, "tea") == ["Tea", "Teapots", "Green Tea"]
    assert _found(filled, " TEA ", limit=1) == ["Tea"]


def test_blank_text_finds_every_edition_by_name(filled: Database) -> None:
    assert len(_found(filled, "")) == len(NAMES) + 1
    assert len(_found(filled, " ", limit=3)) == 3


@pytest.mark.parametrize(("text", "name"), [("100%", "100% Juice"), ("x_r", "X_Ray"), ("café", "Café Crème")])
def test_signs_are_text(filled: Database, text: str, name: str) -> None:
    assert _found(filled, text)[:1] == [name]


def test_percent_is_no_wildcard(filled: Database) -> None:
    assert _found(filled, "%") == ["100% Juice"]


@pytest.mark.parametrize("text", ["CT", 'ct "sc', "röntgen"])
def test_an_alias_finds_its_market(filled: Database, text: str) -> None:
    assert "Computed Tomography" in _found(filled, text)


def test_a_name_that_is_misspelled_is_found(filled: Database) -> None:
    assert _found(filled, "Computed Tomografy") == ["Computed Tomography"]
    assert _found(filled, "zzzzzzzz") == []


def test_other_workspaces_are_not_searched(filled: Database) -> None:
    with filled.writing() as connection:
        writing.workspace(connection, "others", make=True)
    assert _found(filled, "tea", inside="others") == []
    assert _found(filled, "Computed Tomografy", inside="others") == []


def test_names_follow_what_is_entered_and_corrected(filled: Database) -> None:
    names = MarketNames()

    def found(text: str) -> list[str]:
        with filled.reading() as connection:
            own = [writing.workspace(connection, "team")]
            return [hit.market for hit in names.search(connection, own, text, 50)]

    assert found("matcha") == []
    author = author_in(filled)
    with filled.writing() as connection:
        writing.enter(connection, author, _named("Matcha"))
        writing.enter(connection, author, _named("Tea", "Matcha"))
    assert found("matcha") == ["Matcha", "Tea"]
    with filled.writing() as connection:
        writing.enter(connection, author, _named("Tea"))
    assert found("matcha") == ["Matcha"]
    assert found("tea") == ["Tea", "Teapots", "Green Tea"]

"""A server as a ledger: what a person enters and corrects there is in their own copy at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from markets.catalogs.copies import tokens
from markets.catalogs.copies.catalog import copy_catalog
from markets.catalogs.copies.ledger import ServerLedger
from markets.catalogs.copies.serving import copy_of
from markets.catalogs.files import ReportFile
from markets.catalogs.ledgers import AlreadyEntered, Ledger
from markets.catalogs.statements import Statement
from markets.errors import CatalogError, Conflict, NotAllowed, NotFound
from markets.facts import Subject
from tests.markets.catalogs.team import BEN, Team
from tests.markets.made import made

MARK = "5" * 64
COFFEE = Subject("coffee", "USD", "million")


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    team = Team(tmp_path_factory.mktemp("team"))
    with team.running():
        yield team


@pytest.fixture
def ledger(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Ann's ledger."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setenv(tokens.VARIABLE, team.token())
    return ServerLedger(team.server.url)


def size_row(value: str) -> Statement:
    return Statement(kind="size", at="s", year=2024, value=value)


def test_what_a_person_may_read_and_change_is_listed(ledger: Ledger) -> None:
    assert {one.name: one.role for one in ledger.workspaces()} == {"team": "editor", "secret": "editor"}


def test_a_report_is_entered_once_and_revised_on_request(ledger: Ledger, team: Team) -> None:
    report = made([(2024, "3"), (2025, "4")], name="Tea")
    assert not ledger.marked("team", MARK)
    done = ledger.enter("team", ReportFile(report, "tea.toml", "A comment.", MARK), "import")
    assert (done.new, done.is_first) == (2, True)
    assert ledger.marked("team", MARK)
    assert copy_catalog(copy_of(team.server.url).copy).market("Tea").size(2025).value == 4
    other = ReportFile(made([(2024, "3"), (2025, "4.5")], name="Tea"))
    with pytest.raises(AlreadyEntered, match="Tea"):
        ledger.enter("team", other)
    [revised, refused] = ledger.enter_all(
        "team", [other, ReportFile(made([(2024, "3", "Nowhere")], name="Bad"))], "better"
    )
    assert not isinstance(revised, CatalogError) and (revised.new, revised.revised) == (0, 1)
    assert isinstance(refused, CatalogError)
    assert copy_catalog(copy_of(team.server.url).copy).market("Tea").size(2025).value == 4.5
    [kept] = ledger.editions(Subject("tea", "USD", "million"))
    assert [change.why for change in kept.changes] == ["import", "better"]
    assert {one.id for one in ledger.every_edition("team")} >= {kept.id}


def test_a_correction_is_kept_and_a_second_one_is_a_conflict_with_both_values(ledger: Ledger) -> None:
    [coffee] = ledger.editions(COFFEE)
    fact = coffee.at()[0]
    number = ledger.correct(coffee.id, fact.fact, fact.number, size_row("8.7"), "misprint")
    with pytest.raises(Conflict) as refused:
        ledger.correct(coffee.id, fact.fact, fact.number, size_row("8.8"), "misread")
    assert (refused.value.theirs, refused.value.seen) == (size_row("8.7"), number)
    assert "8.7" in str(refused.value) and "8.8" in str(refused.value)
    added = ledger.add(coffee.id, Statement(kind="player", at="p", name="A Roaster"), "was missing")
    [now] = ledger.editions(COFFEE)
    assert {one.fact: one.statement and one.statement.name for one in now.at()}[added] == "A Roaster"
    assert ledger.correct(coffee.id, added, 1, None, "not in the report")


def test_a_withdrawn_edition_is_gone_from_the_copy_until_it_is_entered_again(
    ledger: Ledger, team: Team
) -> None:
    [coffee] = ledger.editions(COFFEE)
    file = ReportFile(coffee.report())
    ledger.withdraw(coffee.id, "another market")
    copy = copy_of(team.server.url).copy
    with pytest.raises(NotFound):
        copy_catalog(copy).market("Coffee")
    with pytest.raises(NotFound):
        ledger.withdraw(coffee.id, "again")
    assert not ledger.enter(coffee.workspace, file).is_first
    assert copy_catalog(copy).market("Coffee").size().value


def test_who_may_not_change_it_is_told_so(
    ledger: Ledger, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tokens.VARIABLE, team.token(BEN))
    stranger = ServerLedger(team.server.url)
    assert stranger.workspaces() == ()
    with pytest.raises(NotFound):
        stranger.enter("team", ReportFile(made([(2024, "3")], name="Milk")))
    assert stranger.editions(COFFEE) == []
    monkeypatch.setenv(tokens.VARIABLE, "no-token")
    with pytest.raises(NotAllowed):
        ServerLedger(team.server.url).workspaces()

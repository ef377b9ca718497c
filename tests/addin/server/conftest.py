"""Servers with a team's database, of each kind, and the table of routes by role in the output of tests."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.addin.server.routes import Table
from tests.addin.server.team import Team, team
from tests.server import Server

KINDS = ("sqlite", "postgresql")
_NUMBERS = count(1)
_TABLE = pytest.StashKey[Table]()


@pytest.fixture(scope="module", params=KINDS)
def shared_team(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A team that the tests of a module share."""
    if request.param == "sqlite":
        address = str(tmp_path_factory.mktemp("server") / "catalog.db")
    else:
        address = request.getfixturevalue("postgres").database(f"server_{next(_NUMBERS)}")
    made = team(address)
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def server(shared_team: Team) -> Iterator[Server]:
    """A server of the team, without a provider to sign in with."""
    with Server(shared_team.address) as running:
        yield running


@pytest.fixture(scope="session")
def table(pytestconfig: pytest.Config) -> Table:
    """What was tried, route by role."""
    return pytestconfig.stash.setdefault(_TABLE, Table())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print which answer each role has got from each route."""
    if tried := config.stash.get(_TABLE, None):
        terminalreporter.section("routes by role")
        for line in tried.lines():
            terminalreporter.write_line(line)

"""A team's server, and pages with the add-in whose requests to it are counted."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final, TypeAlias

import pytest
from playwright.sync_api import Page, Request

from markets.catalogs.database.bundled import load_bundled
from tests.addin.server.team import Team
from tests.addin.server.team import team as a_team
from tests.browser import Browser
from tests.server import Server
from tests.web.cells import LiveCells, opened

CALLS: Final = "/api/excel/calls"
M: Final = "Medical Imaging Outsourcing"
_IS_SIGNED_OUT: Final = "async () => (await import('/excel/scripts/session.js')).isSignedOut()"


class Counted(LiveCells):
    """A page whose requests for values are kept."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.requests: list[Request] = []
        page.on("request", self._keep)

    def _keep(self, request: Request) -> None:
        if request.url.endswith(CALLS):
            self.requests.append(request)

    @property
    def groups(self) -> list[list[dict[str, Any]]]:
        """The groups of each request."""
        return [request.post_data_json["groups"] for request in self.requests]

    @property
    def asked(self) -> int:
        """How many calls were sent."""
        return sum(group["count"] for groups in self.groups for group in groups)

    def wait_until_signed_out(self) -> None:
        """Wait until the page knows that nobody is signed in any more."""
        self.page.wait_for_function(_IS_SIGNED_OUT)


Opened: TypeAlias = Callable[..., AbstractContextManager[Counted]]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A team whose members have tokens, and the bundled reports."""
    made = a_team(str(tmp_path_factory.mktemp("calling") / "catalog.db"))
    load_bundled(made.database, "the tests")
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def server(team: Team) -> Iterator[Server]:
    with Server(team.address) as running:
        yield running


@pytest.fixture(scope="module")
def token(team: Team) -> str:
    return team.tokens["reader"]


@pytest.fixture(scope="module")
def opened_cells(browser: Browser, server: Server) -> Opened:
    """Opens a page with the add-in, signed in with a token ("" if not)."""

    @contextlib.contextmanager
    def open_page(token: str, with_clock: bool = False) -> Iterator[Counted]:
        with browser.page(base_url=server.url) as page:
            if with_clock:
                page.clock.install()
            yield Counted(opened(page, token))

    return open_page


@pytest.fixture(scope="module")
def signed_in(opened_cells: Opened, token: str) -> Iterator[Counted]:
    with opened_cells(token) as page:
        yield page


@pytest.fixture
def live(signed_in: Counted) -> Counted:
    """A page with the add-in, signed in, which has sent nothing yet."""
    signed_in.requests.clear()
    return signed_in

"""The pane in a real Chromium, from a real server. Excel around it is a small stand-in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, expect

from markets.catalogs.database import writing
from markets.catalogs.folders import BUNDLED
from markets.reports import read_report
from tests.addin.server.team import WORKSPACE, Team, team
from tests.addin.web.pane.excel import open_workbook
from tests.browser import Browser
from tests.conftest import SEED
from tests.server import Server
from tests.web.books import Book
from tests.web.made_books import book, sheet

Opened = Callable[..., AbstractContextManager[Page]]

MICROSOFT = "https://appsforoffice.microsoft.com/"
NARROW = {"viewport": {"width": 320, "height": 640}}
BLANK = book(sheet("Sheet1"), sheet("Ann's model"))
WIDE = {"viewport": {"width": 450, "height": 800}}


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A team whose catalog has the bundled report too."""
    made = team(str(tmp_path_factory.mktemp("pane") / "catalog.db"))
    report = read_report(BUNDLED / "medical-imaging-outsourcing.toml")
    with made.database.writing() as connection:
        author = writing.Author(made.email("owner"), writing.workspace(connection, WORKSPACE))
        writing.enter(connection, author, report)
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def server(staff: Team) -> Iterator[Server]:
    with Server(staff.address) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, server: Server, staff: Team) -> Opened:
    """Opens the pane for somebody of the team, "" for somebody who has not signed in."""

    @contextmanager
    def open_pane(who: str = "reader", book: Book = BLANK, **options: Any) -> Iterator[Page]:
        kept = [{"name": "marketbook-token", "value": staff.tokens[who]}] if who else []
        storage: Any = {"cookies": [], "origins": [{"origin": server.url, "localStorage": kept}]}
        with (
            browser.page(base_url=server.url, storage_state=storage, **options) as page,
            without_complaints(page),
        ):
            open_workbook(page, book)
            page.goto("/excel/pane.html")
            yield page

    return open_pane


@pytest.fixture
def pane(opened: Opened) -> Iterator[Page]:
    """The pane of somebody who may read the team's markets."""
    with opened(**NARROW) as page:
        page.get_by_role("option").first.wait_for()
        yield page


@contextmanager
def without_complaints(page: Page) -> Iterator[None]:
    """No script that is not ours may run, and the policy of the page may refuse nothing of ours.

    (Microsoft's script for Excel on the web parses a token as XML. The stand-in has none, and Chromium
    writes the error into a document with a style of its own, which the policy refuses.)
    """
    told: list[str] = []

    def read(line: ConsoleMessage) -> None:
        if "Content Security" in line.text and MICROSOFT not in line.location["url"]:
            told.append(line.text)

    def refuse(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("console", read)
    yield
    assert not told, told


def choose(page: Page, market: str) -> None:
    """Choose a market from the list, and wait for its card."""
    page.get_by_label("Search markets").fill(market)
    page.get_by_role("option", name=market).first.click()
    page.get_by_role("heading", name=market, exact=True).wait_for()


def begin_refresh(page: Page) -> None:
    """Click Refresh; the server never answers."""
    page.route("**/api/excel/refresh", lambda route: None)
    choose(page, SEED)
    page.locator("#workbook-tab").click()
    page.locator("#refresh-button").click()
    expect(page.locator("#work-text")).to_have_text("Asking Marketbook …")

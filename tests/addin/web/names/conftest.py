"""The add-in's scripts about formulas, in a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from addin.web.functions import names_script
from markets.catalogs.database.bundled import load_bundled
from tests.addin.server.team import Team
from tests.addin.server.team import team as a_team
from tests.browser import Browser
from tests.server import Server
from tests.web.books import Book
from tests.web.excel import BLANK_PAGE, REQUIREMENTS, Excel, blank_page, excel
from udfs.registry import FUNCTIONS

STATIC = Path(__file__).parents[4] / "addin/web/static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
ADDRESS = "https://marketbook.test/excel"

_PAGES = {"blank.html": "<!doctype html><title>Blank</title>", "excel.html": BLANK_PAGE}

Script = Callable[[str, list[str]], Any]
"""Calls a function of names/formulas.js for each of many formulas."""


def files(route: Route) -> None:
    """Answer a request with a file of the add-in's."""
    path = urlsplit(route.request.url).path.removeprefix("/excel/")
    if path in _PAGES:
        route.fulfill(body=_PAGES[path], content_type="text/html")
    elif path == "names.js":
        route.fulfill(body=names_script(FUNCTIONS), content_type="text/javascript")
    else:
        route.fulfill(body=(STATIC / path).read_bytes(), content_type=TYPES[Path(path).suffix])


class Opened:
    """A workbook that is open in the stand-in of Excel, and the add-in's scripts."""

    def __init__(self, host: Excel) -> None:
        self.host = host

    def call(self, module: str, function: str, *given: Any) -> Any:
        """Call a function of one of the scripts in names/, and return its result.

        Raises AssertionError with the sentence with which it rejects.
        """
        result = self.host.page.evaluate(
            """async ([path, name, given]) => {
                const script = await import(path);
                const failed = (error) => ({ failed: error.message });
                return script[name](...given).then((done) => ({ done }), failed);
            }""",
            [f"/excel/scripts/names/{module}", function, list(given)],
        )
        assert "failed" not in result, result["failed"]
        return result["done"]

    def knows(self, *names: str) -> None:
        """From now on, a formula that is entered is #NAME? unless all its functions are among these."""
        self.host.page.evaluate(
            """(names) => {
                standIn.workbook._valueOf = (formula) => {
                    const called = formula.replace(/"[^"]*"/g, "").match(/[\\w.]+(?=\\()/g) ?? [];
                    return called.every((name) => names.includes(name)) ? 1 : { error: "#NAME?" };
                };
            }""",
            list(names),
        )

    def cell(self, sheet: str, place: str) -> Book:
        """A cell as it is now."""
        (found,) = [each for each in self.host.book["sheets"] if each["name"] == sheet]
        cell: Book = found["cells"].get(place, {"value": ""})
        return cell


OpenedAtServer = Callable[[Book], AbstractContextManager[Opened]]


@contextmanager
def opened(browser: Browser, book: Book, **requirements: str) -> Iterator[Opened]:
    """Open a workbook in the stand-in of Excel, which has the API sets of Excel on the web or others."""
    with browser.page() as page:
        host = excel(page, book, {**REQUIREMENTS, **requirements})
        page.route(f"{ADDRESS}/**", files)
        page.goto(f"{ADDRESS}/excel.html")
        page.evaluate("Office.onReady().then(() => {})")
        yield Opened(host)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = a_team(str(tmp_path_factory.mktemp("names") / "catalog.db"))
    load_bundled(made.database, "the tests")
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def opened_at_server(browser: Browser, team: Team) -> Iterator[OpenedAtServer]:
    """Opens a workbook beside a real server, signed in."""
    with Server(team.address) as server:
        kept = [{"name": "marketbook-token", "value": team.tokens["reader"]}]
        storage = {"cookies": [], "origins": [{"origin": server.url, "localStorage": kept}]}

        @contextmanager
        def open_book(book: Book) -> Iterator[Opened]:
            with (
                browser.page(base_url=server.url, storage_state=storage) as page,
                blank_page(page, book) as host,
            ):
                yield Opened(host)

        yield open_book


@pytest.fixture(scope="module")
def bare_page(browser: Browser) -> Iterator[Page]:
    """A page that can load the add-in's scripts, without an Excel around it."""
    with browser.page() as page:
        page.route(f"{ADDRESS}/**", files)
        page.goto(f"{ADDRESS}/blank.html")
        yield page


@pytest.fixture(scope="module")
def formulas_js(bare_page: Page) -> Script:
    def each(function: str, formulas: list[str]) -> Any:
        return bare_page.evaluate(
            """async ([name, formulas]) => {
                const script = await import("/excel/scripts/names/formulas.js");
                return formulas.map((formula) => script[name](formula));
            }""",
            [function, formulas],
        )

    return each

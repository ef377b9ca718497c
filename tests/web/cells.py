"""Cells of Excel in a real Chromium: Microsoft's office.js calls the add-in's real scripts.

What a server gives for the scripts' requests is the server's matter: a real one.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from playwright.sync_api import Page, Route

from tests.browser import Browser
from tests.web import modules
from tests.web.arguments import passed
from udfs.values import CellError

Call: TypeAlias = tuple[str, Sequence[Any]]
"""A function and its arguments, each a value or rows of values (see `tests.web.arguments`)."""


class Refused(NamedTuple):
    """An error value of a cell, and the sentence on its error card ("" if it has none)."""

    error: CellError
    message: str


Shown: TypeAlias = list[list[Any]] | Refused
"""What a cell shows: rows, in which an error is a dictionary, or an error alone."""

_OFFICE: Final = "https://appsforoffice.microsoft.com/lib/1/hosted/"
_PAGE: Final = f"""<!doctype html><title>Cells</title>
<script src="/standin/runtime.js"></script>
<script src="{_OFFICE}office.js"></script>
<script>standIn.begin();</script>
<script src="scripts/waiting.js"></script>
<script type="module" src="scripts/functions.js"></script>
"""
_PATH: Final = "/excel/cells.html"
_INSIDE_EXCEL: Final = "_host_Info=Excel$Win32$16.01$en-US"
_STANDIN: Final = Path(__file__).parent / "standin"
_BEGIN: Final = "async () => { await import('/excel/scripts/functions.js'); await Office.onReady(); }"
_CALCULATE: Final = "calls => standIn.calculate(calls)"
_START: Final = (
    "calls => { window.shown = null; standIn.calculate(calls).then((cells) => { window.shown = cells; }); }"
)
_PATIENCE: Final = 120_000.0


class LiveCells:
    """A page with the add-in, for use in a `with` statement of `cells`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def calculate(self, calls: Sequence[Call]) -> list[Shown]:
        """Calculate cells, all at once, and return what each shows."""
        return [_shown(cell) for cell in self.page.evaluate(_CALCULATE, _asked(calls))]

    def start(self, calls: Sequence[Call]) -> None:
        """Begin to calculate cells."""
        self.page.evaluate(_START, _asked(calls))

    def shown(self) -> list[Shown] | None:
        """Return what the cells of `start` show; None while some are still calculated."""
        found = self.page.evaluate("window.shown")
        return None if found is None else [_shown(cell) for cell in found]

    def show(self, function: str, *arguments: Any) -> Shown:
        """Calculate one cell."""
        (shown,) = self.calculate([(function, arguments)])
        return shown

    @property
    def calculations(self) -> int:
        """How often the add-in had the whole workbook calculated."""
        count: int = self.page.evaluate("standIn.calculations")
        return count


@contextlib.contextmanager
def cells(browser: Browser, server: str, token: str, **options: Any) -> Iterator[LiveCells]:
    """Open a page with the add-in of a server, signed in with a token ("" if not)."""
    with browser.page(base_url=server, **options) as page:
        page.set_default_timeout(_PATIENCE)
        yield LiveCells(opened(page, token))


def opened(page: Page, token: str, key: str = "") -> Page:
    """Let a page have the add-in's scripts, signed in with a token ("" if not). A key is in its address."""
    serve_office(page)
    page.route("**/standin/*.js", _of_standin)
    page.route(f"**{_PATH}*", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
    if token:
        page.goto("/excel/help.html")
        page.evaluate("token => localStorage.setItem('marketbook-token', token)", token)
    page.goto(f"{_PATH}?{_INSIDE_EXCEL}{f'&key={key}' if key else ''}")
    page.evaluate(_BEGIN)
    return page


def serve_office(page: Page) -> None:
    """Let a page have Microsoft's scripts from npm, as if from Microsoft's address."""
    page.route(f"{_OFFICE}**", _of_office)


def _asked(calls: Sequence[Call]) -> list[Any]:
    return [[function, [passed(argument) for argument in given]] for function, given in calls]


def _shown(cell: dict[str, Any]) -> Shown:
    if "error" in cell:
        return Refused(CellError(cell["error"]), cell["message"])
    rows: list[list[Any]] = cell["value"]
    return rows


def _of_office(route: Route) -> None:
    name = route.request.url.removeprefix(_OFFICE).partition("?")[0]
    route.fulfill(path=modules() / "@microsoft/office-js/dist" / name)


def _of_standin(route: Route) -> None:
    route.fulfill(path=_STANDIN / route.request.url.rpartition("/")[2])

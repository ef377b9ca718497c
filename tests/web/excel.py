"""A workbook that is open in Excel, for the add-in's scripts in a real Chromium.

Microsoft's own office.js runs in the page, from npm: only what is around it, Excel itself, is a stand-in
(tests/web/standin/excel), which answers office.js' requests from a workbook as JSON.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Route

from tests.web import modules
from tests.web.books import Book, book_of

_OFFICE: Final = "https://appsforoffice.microsoft.com"
_HOSTED: Final = f"{_OFFICE}/lib/1/hosted/"
_STANDIN: Final = Path(__file__).parent / "standin" / "excel"
_OTHERS: Final = re.compile(r"https://(?!appsforoffice\.microsoft\.com/|localhost:|127\.)")
_FOR_WEB: Final = "excel-web-16.00.js"
_HEADERS: Final = {"Access-Control-Allow-Origin": "*"}
BLANK_PAGE: Final = f'<!doctype html><title>Excel</title><script src="{_HOSTED}office.js"></script>'
"""A page with nothing but office.js."""
_BEGIN: Final = """settings => {
  globalThis.standInSettings = settings;
  sessionStorage.setItem("hostInfoValue", "Excel$Web$16.01$en-US$$$$8");
}"""

REQUIREMENTS: Final[Mapping[str, float]] = {
    "ExcelApi": 1.18,
    "SharedRuntime": 1.2,
    "CustomFunctionsRuntime": 1.5,
    "DialogApi": 1.2,
    "RibbonApi": 1.2,
    "CustomXmlParts": 1.1,
    "DelayForCellEdit": 1.1,
}
"""The sets of API members that Excel on the web has today."""


class Excel:
    """Excel around a page, after `excel`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def book(self) -> Book:
        """The workbook as it is now."""
        book: Book = self.page.evaluate("standIn.settings.book")
        return book

    def open(self, book: Book) -> None:
        """Open another workbook in the same page."""
        self.page.evaluate("book => standIn.open(book)", book)

    def set(self, **settings: Any) -> None:
        """Change what Excel does: `editing`, `failsIn`, `insertsCharts` (see standin/excel/host.js)."""
        self.page.evaluate("settings => { Object.assign(standIn.settings, settings); }", settings)

    @property
    def requests(self) -> int:
        """How many requests Excel has got: one for each `context.sync()`."""
        count: int = self.page.evaluate("standIn.requests")
        return count

    @property
    def largest_request(self) -> int:
        """How many characters the largest request had."""
        size: int = self.page.evaluate("standIn.largest")
        return size

    def run(self, script: str, *given: Any) -> Any:
        """Run a function `async (context, ...given) => ...` in `Excel.run`, and return its result."""
        return self.page.evaluate(
            f"given => Excel.run(context => ({script})(context, ...given)).then(found => found ?? null)",
            list(given),
        )


def excel(page: Page, book: Book, requirements: Mapping[str, float] = REQUIREMENTS) -> Excel:
    """Let pages that are opened in `page` from now on be in Excel, with a workbook that is open.

    Microsoft's address has Microsoft's scripts from npm; nothing else is reached outside of this machine.
    """
    settings = {"book": book, "requirements": requirements}
    page.add_init_script(f"({_BEGIN})({json.dumps(settings)})")
    page.expose_function("standInReadsFile", lambda file: book_of(base64.b64decode(file)))
    page.route(_OTHERS, lambda route: route.abort())
    page.route(f"{_HOSTED}**", _of_microsoft)
    page.route(f"{_OFFICE}/standin/**", _of_standin)
    return Excel(page)


@contextmanager
def blank_page(page: Page, book: Book, **options: Any) -> Iterator[Excel]:
    """Open a page of the add-in's server that has nothing but office.js, with the server's own headers."""
    opened = excel(page, book, **options)

    def empty(route: Route) -> None:
        served = route.fetch(url=route.request.url.replace("standin.html", "help.html"))
        route.fulfill(response=served, body=BLANK_PAGE)

    page.route("**/excel/standin.html", empty)
    page.goto("/excel/standin.html")
    page.evaluate("Office.onReady().then(() => {})")
    yield opened


def _of_microsoft(route: Route) -> None:
    name = route.request.url.removeprefix(_HOSTED).partition("?")[0]
    path = modules() / "@microsoft" / "office-js" / "dist" / name
    if not path.is_file():
        route.fulfill(status=404)
        return
    scripts = [_STANDIN / "before.js", path, _STANDIN / "after.js"] if name == _FOR_WEB else [path]
    body = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    route.fulfill(body=body, content_type="text/javascript", headers=_HEADERS)


def _of_standin(route: Route) -> None:
    path = _STANDIN / route.request.url.rpartition("/")[2]
    route.fulfill(path=path, content_type="text/javascript", headers=_HEADERS)

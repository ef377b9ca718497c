"""The task pane of xlwings Server in a real Chromium: Microsoft's office.js calls xlwings' own script.

The page, office.js and the script come from the running xlwings Server. What they ask Excel at their start is
answered here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Route

from tests.addin.web.xlwings_server.running import XlwingsServer
from tests.browser import Browser
from tests.web.cells import LiveCells

_EXCEL: Final = Path(__file__).parents[3] / "web/standin/runtime.js"
_INSIDE_EXCEL: Final = "_host_Info=Excel$Win32$16.01$en-US"
_PATIENCE: Final = 600_000.0
_BEGIN: Final = """
standIn.begin();
{
  const ready = Office.onReady();
  Office.onReady = async (then) => {
    const told = await ready;
    Excel.RequestContext = class {
      application = { cultureInfo: { name: "en-US", load() {},
        datetimeFormat: { shortDatePattern: "m/d/yyyy", load() {} } } };
      workbook = { name: "book.xlsx", load() {} };
      async sync() {}
    };
    await then?.(told);
    return told;
  };
}
"""


@contextmanager
def live_cells(browser: Browser, server: XlwingsServer) -> Iterator[LiveCells]:
    """Open the task pane, whose script calculates cells."""
    with browser.page(base_url=server.url) as page:
        page.set_default_timeout(_PATIENCE)
        page.add_init_script(path=_EXCEL)
        page.route("**/office.js", _of_office)
        page.goto(f"/taskpane.html?{_INSIDE_EXCEL}")
        page.evaluate("Office.onReady()")
        yield LiveCells(page)


def _of_office(route: Route) -> None:
    sent = route.fetch()
    route.fulfill(response=sent, body=sent.text() + _BEGIN)

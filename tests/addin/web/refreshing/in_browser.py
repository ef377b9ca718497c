"""A workbook that is open in Excel on the web, and is refreshed there by the real scripts."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import APIResponse, Route

from tests.addin.web.refreshing.comparing import differences
from tests.browser import Browser
from tests.excel_server import ExcelServer
from tests.web.books import Book, book_of
from tests.web.excel import BLANK_PAGE, Excel, excel
from tests.web.made_books import book, sheet
from workbook.refresh import Refreshed, refresh_file

_PATIENCE: Final = 60_000.0
_REFRESH: Final = """async ({ market, cancelAt, editingAt, leaveAt, changing, failing }) => {
  const { refresh } = await import("/excel/scripts/refreshing/refresh.js");
  let changes = 0;
  let failings = 0;
  const said = [];
  const controller = new AbortController();
  const isAt = (text, phase) => phase !== null && text.startsWith(phase);
  let leave = () => {};
  const left = new Promise((resolve) => { leave = resolve; });
  const onProgress = (text, done, total) => {
    said.push([text, done, total]);
    if (isAt(text, cancelAt)) {
      controller.abort();
    }
    if (isAt(text, editingAt)) {
      standIn.settings.editing = true;
      setTimeout(() => { standIn.settings.editing = false; }, 300);
    }
    if (changing !== null && isAt(text, "Asking") && changes < changing.times) {
      changes++;
      const sheet = standIn.settings.book.sheets.find(({ name }) => name === changing.sheet);
      if (changing.merged) {
        sheet.merged.push(changing.merged);
      } else {
        sheet.cells[changing.cell] = { value: `typed ${changes}` };
      }
    }
    if (failing !== null && isAt(text, failing.at)) {
      const fail = () => { standIn.settings.failsIn ||= failing.request; };
      fail();
      failings = failing.again ? setInterval(fail, 5) : 0;
    }
    if (isAt(text, leaveAt)) {
      standIn.takesNoMore();
      leave({ done: null, said, failure: "", kind: "" });
    }
  };
  const refreshed = refresh({ market, onProgress, signal: controller.signal }).then(
    (done) => ({ done, said, failure: "", kind: "" }),
    (error) => ({ done: null, said, failure: error.message, kind: error.name }),
  );
  return Promise.race([refreshed, left]).finally(() => clearInterval(failings));
}"""


_TWICE: Final = """async (areTwoPanes) => {
  const address = "/excel/scripts/refreshing/refresh.js";
  const panes = await Promise.all([import(address), import(areTwoPanes ? `${address}?other` : address)]);
  return Promise.all(panes.map(({ refresh }) => refresh().then(() => "", ({ message }) => message)));
}"""


@dataclass(frozen=True)
class Outcome:
    """What a refresh has done, or why it has not; `kind` is the name of the error."""

    done: dict[str, Any] | None
    said: list[list[Any]]
    failure: str = ""
    kind: str = ""


class Open(Excel):
    """Excel with a workbook, in a page that can refresh it."""

    def refresh(
        self,
        market: str = "",
        *,
        cancel_at: str | None = None,
        editing_at: str | None = None,
        changing: Mapping[str, Any] | None = None,
        failing: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Refresh the workbook.

        `cancel_at` and `editing_at` are the begins of what is said when somebody cancels, and when
        somebody types in a cell for a moment. With `changing`, somebody else fills a `cell` of a `sheet`,
        or merges cells there, some `times` while the server is asked.
        With `failing`, the `request` of that number fails from what is said `at` some point on, or more
        and more of them if it fails `again`.
        """
        given: dict[str, Any] = {"cancelAt": cancel_at, "editingAt": editing_at, "leaveAt": None}
        given |= {"changing": changing, "failing": failing}
        return Outcome(**self.page.evaluate(_REFRESH, {"market": market, **given}))

    def refresh_twice_at_once(self, *, in_two_panes: bool) -> list[str]:
        """Begin two refreshes at once, and return what each was refused for ("" if it was not)."""
        failures: list[str] = self.page.evaluate(_TWICE, in_two_panes)
        return failures

    def leave_at(self, phase: str) -> None:
        """Begin a refresh, and close the page in that phase. It is opened again."""
        given = {"cancelAt": None, "editingAt": None, "leaveAt": phase, "changing": None, "failing": None}
        self.page.evaluate(_REFRESH, {"market": "", **given})
        left = self.book
        self.page.reload()
        self.page.evaluate("Office.onReady().then(() => {})")
        self.open(left)

    def wait_minutes(self, minutes: int) -> None:
        """Let time pass on the clock of the page."""
        self.page.evaluate(
            "minutes => { const now = Date.now; Date.now = () => now() + minutes * 60000; }", minutes
        )

    def ask_once(self) -> None:
        """From now on, ask the server the same question only once, and give its answer again."""
        answers: dict[str | None, APIResponse] = {}

        def answer(route: Route) -> None:
            asked = route.request.post_data
            if asked not in answers:
                answers[asked] = route.fetch(timeout=_PATIENCE)
            route.fulfill(response=answers[asked])

        self.page.route("**/api/excel/refresh", answer)


@contextmanager
def excel_on_the_web(browser: Browser, server: ExcelServer, **options: Any) -> Iterator[Open]:
    """Open a page of the add-in's server that has nothing but office.js and the server's own policy."""
    with browser.page(base_url=server.url, ignore_https_errors=True) as page:
        page.set_default_timeout(_PATIENCE)
        excel(page, book(sheet("Sheet1")), **options)
        headers = page.request.get("/excel/help.html").headers
        policy = {"Content-Security-Policy": headers["content-security-policy"]}
        page.route(
            "**/excel/blank.html*",
            lambda route: route.fulfill(body=BLANK_PAGE, content_type="text/html", headers=policy),
        )
        page.goto(f"/excel/blank.html?key={server.key}")
        page.evaluate("Office.onReady().then(() => {})")
        yield Open(page)


def refreshed_as_file(path: Path, market: str = "") -> tuple[Book, Refreshed]:
    """Refresh a copy of a file, and return what it is then."""
    copy = path.with_name(f"refreshed-{path.name}")
    shutil.copy(path, copy)
    done = refresh_file(copy, market, user_sheets=False)
    return book_of(copy), done


def assert_same_as_file(opened: Open, path: Path, market: str = "") -> Outcome:
    """Refresh a workbook in Excel, and see that it is what a refresh of its file makes of it."""
    before = book_of(path)
    opened.open(before)
    outcome = opened.refresh(market)
    assert not outcome.failure, outcome.failure
    theirs, _ = refreshed_as_file(path, market)
    found = differences(opened.book, theirs, are_charts_new=bool(market))
    assert not found, "\n".join(found)
    return outcome

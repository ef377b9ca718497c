"""A workbook that is open in Excel on the web, and is refreshed there by the real scripts."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.addin.web.refreshing.comparing import differences
from tests.browser import Browser
from tests.excel_server import ExcelServer
from tests.web.books import Book, book_of
from tests.web.excel import BLANK_PAGE, Excel, excel
from tests.web.made_books import book, sheet
from workbook.refresh import Refreshed, refresh_file

_PATIENCE: Final = 60_000.0
_REFRESH: Final = """async ([market, cancelAt]) => {
  const { refresh } = await import("/excel/scripts/refreshing/refresh.js");
  const said = [];
  const controller = new AbortController();
  const onProgress = (text, done, total) => {
    said.push([text, done, total]);
    if (cancelAt !== null && text.startsWith(cancelAt)) {
      controller.abort();
    }
  };
  try {
    const done = await refresh({ market, onProgress, signal: controller.signal });
    return { done, said, failure: "", kind: "" };
  } catch (error) {
    return { done: null, said, failure: error.message, kind: error.name };
  }
}"""


@dataclass(frozen=True)
class Outcome:
    """What a refresh has done, or why it has not; `kind` is the name of the error."""

    done: dict[str, Any] | None
    said: list[list[Any]]
    failure: str = ""
    kind: str = ""
    steps: list[str] = field(default_factory=list)


class Open(Excel):
    """Excel with a workbook, in a page that can refresh it."""

    def refresh(self, market: str = "", *, cancel_at: str | None = None) -> Outcome:
        """Refresh the workbook; `cancel_at` is the begin of what is said when somebody cancels."""
        return Outcome(**self.page.evaluate(_REFRESH, [market, cancel_at]))


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
    assert not (found := differences(opened.book, theirs)), "\n".join(found)
    return outcome

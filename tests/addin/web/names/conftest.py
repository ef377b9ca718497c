"""The add-in's scripts about formulas, in a real Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from addin.web.functions import names_script
from tests.browser import Browser
from udfs.registry import FUNCTIONS

STATIC = Path(__file__).parents[4] / "addin/web/static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
ADDRESS = "https://marketbook.test/excel"

Script = Callable[[str, list[str]], Any]
"""Calls a function of names/formulas.js for each of many formulas."""


def files(route: Route) -> None:
    """Answer a request with a file of the add-in's."""
    path = urlsplit(route.request.url).path.removeprefix("/excel/")
    if path == "blank.html":
        route.fulfill(body="<!doctype html><title>Blank</title>", content_type="text/html")
    elif path == "names.js":
        route.fulfill(body=names_script(FUNCTIONS), content_type="text/javascript")
    else:
        route.fulfill(body=(STATIC / path).read_bytes(), content_type=TYPES[Path(path).suffix])


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

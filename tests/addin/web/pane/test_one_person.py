"""The pane of the one-person server, which has a key and no accounts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.addin.web.pane.conftest import NARROW, without_complaints
from tests.addin.web.pane.excel import open_workbook
from tests.browser import Browser
from tests.conftest import SEED
from tests.excel_server import ExcelServer
from tests.web.made_books import book, sheet


@pytest.fixture(scope="module")
def own_server() -> Iterator[ExcelServer]:
    with ExcelServer() as running:
        yield running


def test_the_key_in_the_address_opens_the_catalog_and_leaves_the_address(
    browser: Browser, own_server: ExcelServer
) -> None:
    with browser.page(ignore_https_errors=True, **NARROW) as page, without_complaints(page):
        open_workbook(page, book(sheet("Sheet1")))
        page.goto(own_server.pane)
        expect(page.get_by_role("option", name=SEED)).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_contain_text("this computer")
        expect(page.get_by_text("Sign out")).to_be_hidden()
        assert own_server.key not in page.url


def test_an_old_key_is_one_sentence_that_helps(browser: Browser, own_server: ExcelServer) -> None:
    with browser.page(ignore_https_errors=True, **NARROW) as page, without_complaints(page):
        open_workbook(page, book(sheet("Sheet1")))
        page.goto(f"{own_server.url}/excel/pane.html?key=old")
        expect(page.get_by_role("alert")).to_contain_text("marketbook excel sideload")
        expect(page.get_by_role("heading", name="Sign in")).to_be_hidden()

"""What goes wrong is one sentence in the message area, and what is shown stays."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accessibility import complaints
from tests.addin.web.pane.conftest import MICROSOFT, NARROW, Opened, choose
from tests.browser import Browser
from tests.conftest import SECOND, SEED
from tests.server import Server
from tests.web import modules
from tests.web.made_books import book, sheet

DOWN = "Marketbook's server cannot be reached."
PATIENCE = 20_000.0  # it is asked four times before that is said


def test_a_server_that_is_down_is_said_and_comes_back(pane: Page, server: Server) -> None:
    choose(pane, SEED)
    server.stop()
    try:
        pane.get_by_label("Search markets").fill("espresso")
        expect(pane.get_by_role("alert")).to_contain_text(DOWN, timeout=PATIENCE)
        expect(pane.get_by_role("heading", name=SEED)).to_be_visible()
        pane.get_by_label("Year", exact=True).fill("2028")
        expect(pane.locator("code")).to_contain_text("2028")
        expect(pane.get_by_role("group", name="Values that will appear")).to_have_count(0, timeout=PATIENCE)
    finally:
        server.start()
    pane.get_by_label("Search markets").fill("espress")
    expect(pane.get_by_role("option", name=SECOND)).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (500, '{"message": "Traceback", "request": "7f"}', "Marketbook's server failed. Its log says why."),
        (404, '{"message": "No market is called \\"x\\".", "request": "7f"}', 'No market is called "x".'),
        (403, "<h1>Forbidden</h1>", "Marketbook's server refused the request."),
    ],
)
def test_a_refusal_is_one_sentence(pane: Page, status: int, body: str, sentence: str) -> None:
    pane.route("**/api/excel/market?*", lambda route: route.fulfill(status=status, body=body))
    pane.get_by_role("option", name=SEED).click()
    expect(pane.get_by_role("alert")).to_contain_text(sentence)
    expect(pane.get_by_role("alert").locator("fluent-message-bar")).to_have_count(1)
    assert "Traceback" not in pane.get_by_role("alert").inner_text()


def _search(page: Page, attempt: int) -> None:
    page.get_by_label("Search markets").fill("imaging"[: 5 + attempt])


def _open(page: Page, attempt: int) -> None:
    page.get_by_label("Search markets").click()
    page.get_by_role("option", name=SEED).first.click()


def _preview(page: Page, attempt: int) -> None:
    page.get_by_label("Year", exact=True).fill(str(2028 + attempt))


def _sources(page: Page, attempt: int) -> None:
    page.get_by_role("tab", name="Workbook").click()
    page.get_by_role("tab", name="Sources").click()


@pytest.mark.parametrize(
    ("path", "does"),
    [("markets", _search), ("market", _open), ("calls", _preview), ("calls", _sources)],
)
def test_a_failure_is_not_shown_any_more_once_the_same_works(
    opened: Opened, path: str, does: Callable[[Page, int], None]
) -> None:
    formula = {"A1": {"value": 8.6, "formula": f'=MARKETBOOK.MARKET_SIZE("{SEED}")'}}
    with opened(book=book(sheet("Sheet1", formula)), **NARROW) as page:
        choose(page, SEED)
        page.get_by_role("group", name="Values that will appear").wait_for()
        address = re.compile(rf"/api/excel/{path}(\?|$)")
        page.route(address, lambda route: route.fulfill(status=500, body=""))
        does(page, 0)
        expect(page.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
        page.unroute(address)
        does(page, 1)
        expect(page.get_by_role("alert")).to_be_empty()


def test_another_market_takes_the_failure_of_the_formers_preview_away(pane: Page) -> None:
    choose(pane, SEED)
    pane.route("**/api/excel/calls", lambda route: route.fulfill(status=500, body=""))
    _preview(pane, 0)
    expect(pane.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    pane.unroute("**/api/excel/calls")
    choose(pane, SECOND)
    expect(pane.get_by_role("alert")).to_be_empty()


def test_what_works_leaves_other_messages(pane: Page) -> None:
    """The card could not be shown: that a search finds something does not change it."""
    pane.route("**/api/excel/market?*", lambda route: route.fulfill(status=500, body=""))
    pane.get_by_role("option", name=SEED).click()
    expect(pane.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    pane.get_by_label("Search markets").fill("imaging")
    expect(pane.get_by_role("option")).to_have_count(1)
    expect(pane.get_by_role("alert")).to_contain_text("Marketbook's server failed.")


def test_a_message_can_be_closed(pane: Page) -> None:
    pane.route("**/api/excel/market?*", lambda route: route.fulfill(status=500, body=""))
    pane.get_by_role("option", name=SEED).click()
    pane.get_by_role("alert").get_by_label("Close the message").click()
    expect(pane.get_by_role("alert")).to_be_empty()


def test_a_slow_server_is_said_while_it_lasts(pane: Page) -> None:
    held: list[Route] = []
    pane.route("**/api/excel/market?*", lambda route: held.append(route))
    pane.get_by_role("option", name=SEED).click()
    expect(pane.locator("header [role=status]")).to_contain_text("takes long to answer")
    held[0].continue_()
    expect(pane.get_by_role("heading", name=SEED)).to_be_visible()
    expect(pane.locator("header [role=status]")).to_be_empty()


def test_a_slow_card_does_not_replace_a_later_one(pane: Page) -> None:
    first = re.compile("api/excel/market.name=Espresso")
    pane.route(first, lambda route: None)
    with pane.expect_event("requestfailed", lambda one: bool(first.search(one.url))):
        with pane.expect_request(first):
            pane.get_by_role("option", name=SECOND).click()
        pane.get_by_label("Search markets").press("ArrowDown")
        choose(pane, SEED)


def test_outside_of_excel_the_page_says_what_it_is(browser: Browser, server: Server) -> None:
    with browser.page(base_url=server.url) as page:
        page.route(f"{MICROSOFT}**", _of_microsoft)
        page.goto("/excel/pane.html")
        expect(page.get_by_role("main")).to_contain_text("This page is a part of Excel. Open it there")
        assert page.get_by_role("main").get_by_role("link").get_attribute("href") == "help.html"
        for part in ("Sign in", "Search markets", "Refresh"):
            expect(page.get_by_text(part).first).to_be_hidden()
        assert not complaints(page)


def _of_microsoft(route: Route) -> None:
    name = urlsplit(route.request.url).path.removeprefix("/lib/1/hosted/")
    route.fulfill(path=modules() / "@microsoft/office-js/dist" / name)


def test_without_microsofts_script_the_page_says_so(browser: Browser, server: Server) -> None:
    with browser.page(base_url=server.url) as first:
        page = (
            first.context.new_page()
        )  # scripts that need Microsoft's fail in it, and say so in the browser's log
        page.route(f"{MICROSOFT}**", lambda route: route.abort())
        page.goto("/excel/pane.html")
        expect(page.get_by_role("main")).to_contain_text(
            "Microsoft's script for add-ins could not be loaded."
        )

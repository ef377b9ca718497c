"""The sources of the selected cell's formula."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.addin.web.pane.conftest import NARROW, Opened
from tests.addin.web.pane.excel import press, select
from tests.conftest import SEED
from tests.web.made_books import book, sheet
from udfs.registry import call

CELLS = {
    "A1": {"value": SEED},
    "A2": {"value": 2028},
    "B1": {"value": 2.0, "formula": "=MARKETBOOK.MARKET_SIZE(A1,A2)/MARKETBOOK.MARKET_SIZE(A1)"},
    "B2": {"value": {"error": "#N/A"}, "formula": '=MARKETBOOK.MARKET_SIZE(A1,A2,"CT")'},
    "B3": {"value": 4, "formula": "=2+2"},
}


VISIBILITY = """document.addEventListener("readystatechange", () => {
    void Office.onReady().then(() => {
        Office.addin.onVisibilityModeChanged = async listener => {
            globalThis.visibility = visibilityMode => listener({ visibilityMode });
        };
    });
}, { once: true });
"""
"""Closes and opens the pane in Excel's stead."""


@pytest.fixture
def sources(opened: Opened) -> Iterator[Page]:
    """The part Sources of the pane; the cell with two calls is selected."""
    with opened(book=book(sheet("Sheet1", CELLS), selection="B1"), **NARROW) as page:
        page.get_by_role("option").first.wait_for()
        press(page, "sources")
        yield page


def test_each_call_is_shown_with_its_status_and_source(sources: Page) -> None:
    expect(sources.locator("#sources-cell")).to_have_text("Sheet1!B1: 2 calls")
    first, second = sources.locator("#sources-list li").all()
    expect(first.locator("code")).to_have_text("MARKET_SIZE(A1,A2)")
    expect(first.locator("fluent-badge")).to_have_text("interpolated")
    expect(first).to_contain_text(str(call("MARKET_SOURCE", SEED, 2028)))
    expect(second.locator("fluent-badge")).to_have_text("reported")
    expect(second).to_contain_text(str(call("MARKET_SOURCE", SEED)))


def test_another_cell_is_shown_when_it_is_selected(sources: Page) -> None:
    expect(sources.locator("#sources-list li")).to_have_count(2)
    select(sources, "B2")
    expect(sources.locator("#sources-list li")).to_have_count(1)
    expect(sources.locator("#sources-list")).to_contain_text(
        "No share or size of Computed Tomography is stated for 2028, only for 2023."
    )
    expect(sources.locator("#sources-list fluent-badge")).to_have_count(0)
    select(sources, "B3")
    expect(sources.locator("#sources-cell")).to_have_text("Sheet1!B3 does not call Marketbook's functions.")
    expect(sources.locator("#sources-list li")).to_have_count(0)


def test_nothing_is_asked_while_another_part_is_shown(sources: Page) -> None:
    expect(sources.locator("#sources-list li")).to_have_count(2)
    sources.locator("#markets-tab").click()
    asked: list[str] = []
    sources.on("request", lambda one: asked.append(one.url))
    select(sources, "B2")
    sources.wait_for_timeout(400)
    assert asked == []
    sources.locator("#sources-tab").click()
    expect(sources.locator("#sources-cell")).to_have_text("Sheet1!B2: 1 call")


def test_nothing_is_asked_while_the_pane_is_closed(sources: Page) -> None:
    """The page stays loaded behind it."""
    sources.add_init_script(VISIBILITY)
    sources.reload()
    sources.locator("#sources-tab").click()
    expect(sources.locator("#sources-cell")).to_have_text("Sheet1!B1: 2 calls")
    sources.evaluate("visibility('Hidden')")
    asked: list[str] = []
    sources.on("request", lambda one: asked.append(one.url))
    select(sources, "B2")
    sources.wait_for_timeout(400)
    assert asked == []
    sources.evaluate("visibility('Taskpane')")
    expect(sources.locator("#sources-cell")).to_have_text("Sheet1!B2: 1 call")


def test_what_is_shown_stays_if_the_server_refuses(sources: Page) -> None:
    expect(sources.locator("#sources-list li")).to_have_count(2)
    sources.route("**/api/excel/calls", lambda route: route.fulfill(status=500, body=""))
    sources.get_by_text("Show the sources again").click()
    expect(sources.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    expect(sources.locator("#sources-list li")).to_have_count(2)


def test_the_ribbons_button_shows_the_pane(sources: Page) -> None:
    expect(sources.locator("#sources")).to_be_visible()
    assert sources.evaluate("around.shows") == 1

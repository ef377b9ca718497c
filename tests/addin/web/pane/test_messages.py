"""The message area: who reads or answers a message goes on where they were."""

import pytest
from playwright.sync_api import Page, expect

from tests.addin.server.team import Team
from tests.addin.web.pane.conftest import NARROW, Opened, begin_refresh, choose
from tests.addin.web.pane.excel import enter, entry, press
from tests.conftest import SEED


@pytest.fixture
def asked(pane: Page) -> Page:
    """A question whether a cell may be overwritten."""
    choose(pane, SEED)
    enter(pane, "A1", "mine")
    pane.locator("#insert").focus()
    pane.locator("#insert").press("Enter")
    expect(pane.get_by_text("Replace", exact=True)).to_be_focused()
    return pane


def _fails(page: Page) -> None:
    page.route("**/api/excel/markets?*", lambda route: route.fulfill(status=500, body=""))


def test_escape_means_no(asked: Page) -> None:
    asked.keyboard.press("Escape")
    expect(asked.get_by_text("are not empty")).to_have_count(0)
    expect(asked.locator("#insert")).to_be_focused()
    asked.wait_for_timeout(300)
    assert entry(asked, "A1")[0] == "mine"


def test_a_question_does_not_move_the_page_and_hides_nothing_that_gets_the_focus(asked: Page) -> None:
    before = asked.evaluate("scrollY")
    asked.keyboard.press("Tab")
    asked.keyboard.press("Shift+Tab")
    assert asked.evaluate("scrollY") == before
    asked.locator("#insert-year").focus()
    asked.evaluate("scrollBy(0, document.getElementById('insert-segment').getBoundingClientRect().top)")
    asked.keyboard.press("Shift+Tab")
    expect(asked.locator("#insert-segment")).to_be_focused()
    top, below = asked.evaluate(_EDGES)
    assert top >= below


_EDGES = """() => [
    document.activeElement.getBoundingClientRect().top,
    document.querySelector("fluent-message-bar").getBoundingClientRect().bottom,
]"""


def test_a_message_does_not_take_the_focus_from_who_types(asked: Page) -> None:
    _fails(asked)
    field = asked.get_by_label("Search markets")
    field.click()
    field.press_sequentially("x")
    expect(asked.get_by_role("alert")).to_contain_text("Marketbook's server failed.")
    expect(field).to_be_focused()


def test_a_message_that_is_closed_leaves_the_focus_where_it_was(pane: Page) -> None:
    _fails(pane)
    field = pane.get_by_label("Search markets")
    field.fill("x")
    pane.get_by_label("Close the message").focus()
    pane.keyboard.press("Enter")
    expect(pane.get_by_role("alert")).to_be_empty()
    expect(field).to_be_focused()


def test_what_had_the_focus_may_be_gone(asked: Page) -> None:
    asked.evaluate("document.getElementById('card').replaceChildren()")
    asked.keyboard.press("Escape")
    expect(asked.locator("#markets-tab")).to_be_focused()


def test_a_question_of_the_ribbon_leaves_the_focus_on_the_part(pane: Page) -> None:
    press(pane, "convert")
    expect(pane.get_by_text("Convert", exact=True)).to_be_focused()
    pane.keyboard.press("Escape")
    expect(pane.locator("#workbook-tab")).to_be_focused()


def test_who_signs_out_and_in_by_keyboard_goes_on_there(opened: Opened, staff: Team) -> None:
    with opened(**NARROW) as page:
        page.get_by_role("option").first.wait_for()
        page.locator("#sign-out").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sign-in-button")).to_be_focused()
        page.get_by_text("Use a token instead").click()
        page.get_by_label("Personal token").fill(staff.tokens["reader"])
        page.keyboard.press("Enter")
        expect(page.locator("#markets-tab")).to_be_focused()


def test_who_cancels_a_refresh_by_keyboard_can_begin_again(pane: Page) -> None:
    begin_refresh(pane)
    pane.locator("#work-cancel").focus()
    pane.keyboard.press("Enter")
    expect(pane.locator("#refresh-button")).to_be_focused()

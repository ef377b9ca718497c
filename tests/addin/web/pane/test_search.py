"""Markets are found while somebody types."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import SECOND, SEED


@pytest.fixture
def asked(pane: Page) -> list[str]:
    """The searches that the pane sends from now on."""
    sent: list[str] = []
    pane.on("request", lambda one: sent.append(one.url) if "/api/excel/markets" in one.url else None)
    return sent


def test_every_market_is_listed_at_first(pane: Page) -> None:
    expect(pane.get_by_role("option")).to_have_text(
        [f"{SECOND}Europe · EUR million", f"{SEED}Global · USD billion"]
    )
    expect(pane.locator("#found-count")).to_have_text("2 markets")


def test_fast_typing_asks_once(pane: Page, asked: list[str]) -> None:
    pane.get_by_label("Search markets").press_sequentially("imaging")
    expect(pane.get_by_role("option")).to_have_count(1)
    assert [url.partition("?")[2] for url in asked] == ["search=imaging&limit=51"]


def test_a_new_search_ends_the_former_one(pane: Page) -> None:
    held: list[Route] = []  # and not answered
    pane.route("**/api/excel/markets?search=esp*", lambda route: held.append(route))
    field = pane.get_by_label("Search markets")
    with pane.expect_event("requestfailed", lambda one: "search=esp" in one.url):
        with pane.expect_request("**/api/excel/markets?search=esp*"):
            field.fill("esp")
        field.fill("imaging")
    expect(pane.get_by_role("option")).to_have_count(1)
    assert len(held) == 1


def test_a_name_that_nothing_has_is_said_and_not_an_error(pane: Page) -> None:
    pane.get_by_label("Search markets").fill("nothing like it")
    expect(pane.locator("#found-count")).to_have_text("No market is called like this.")
    expect(pane.get_by_label("Search markets")).to_have_attribute("aria-expanded", "false")
    expect(pane.get_by_role("alert")).to_be_empty()


def test_arrows_go_through_the_list_and_round_while_the_focus_stays(pane: Page) -> None:
    field = pane.get_by_label("Search markets")
    field.focus()
    active = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        field.press(key)
        expect(field).to_be_focused()
        (selected,) = pane.get_by_role("option", selected=True).all()
        assert field.get_attribute("aria-activedescendant") == selected.get_attribute("id")
        active.append(selected.inner_text().partition("\n")[0])
    assert active == [SECOND, SEED, SECOND, SEED]


def test_enter_chooses_and_escape_closes(pane: Page) -> None:
    field = pane.get_by_label("Search markets")
    field.press("Escape")
    expect(pane.get_by_role("listbox")).to_be_hidden()
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(pane.get_by_role("heading", name=SEED)).to_be_focused()
    expect(pane.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_waits_for_what_was_typed(pane: Page) -> None:
    """The list that is still shown begins with another market."""
    field = pane.get_by_label("Search markets")
    field.fill("imaging")
    field.press("Enter")
    expect(pane.get_by_role("heading", name=SEED)).to_be_focused()
    field.fill("nothing like it")
    field.press("Enter")
    expect(pane.locator("#found-count")).to_have_text("No market is called like this.")
    expect(pane.get_by_role("heading", name=SEED)).to_be_visible()


def test_a_click_into_the_field_shows_the_list_again(pane: Page) -> None:
    pane.get_by_role("option", name=SEED).click()
    expect(pane.get_by_role("listbox")).to_be_hidden()
    pane.get_by_label("Search markets").click()
    expect(pane.get_by_role("listbox").get_by_role("option")).to_have_count(2)


def test_an_empty_catalog_is_said(pane: Page) -> None:
    pane.route("**/api/excel/markets?*", lambda route: route.fulfill(json=[]))
    pane.get_by_label("Search markets").fill(" ")
    expect(pane.locator("#found-count")).to_have_text("Your catalog has no markets yet.")


def test_a_search_that_is_on_its_way_does_not_open_the_list_again(pane: Page) -> None:
    pane.get_by_label("Search markets").fill("imaging")
    pane.get_by_role("option").first.click()  # of the list before
    pane.wait_for_timeout(500)
    expect(pane.get_by_role("listbox")).to_be_hidden()

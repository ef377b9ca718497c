"""What the pane says to who signs out while the server cannot be reached."""

from playwright.sync_api import Page, expect

from tests.server import Server


def test_the_pane_says_that_the_token_is_still_in_force(pane: Page, server: Server) -> None:
    failed = {"status": 500, "json": {}}
    pane.route("**/api/excel/sign-out", lambda route: route.fulfill(**failed))
    pane.get_by_text("Sign out").click()
    expect(pane.get_by_role("alert")).to_contain_text(f"revoke it at {server.url}/tokens.")
    expect(pane.get_by_role("heading", name="Sign in")).to_be_visible()

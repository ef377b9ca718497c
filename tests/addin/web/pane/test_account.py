"""Who is signed in, and how somebody signs in and out in the pane."""

from playwright.sync_api import Page, expect

from tests.addin.server.team import Team
from tests.addin.web.pane.conftest import NARROW, Opened
from tests.conftest import SEED
from tests.server import Server


def _sign_in_section(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("#account")).to_be_hidden()


def _use_token(page: Page, token: str) -> None:
    page.get_by_text("Use a token instead").click()
    page.get_by_label("Personal token").fill(token)
    page.get_by_text("Use the token", exact=True).click()


def test_the_pane_says_who_is_signed_in_and_where_answers_are_from(pane: Page, server: Server) -> None:
    account = pane.get_by_role("contentinfo")
    expect(account).to_contain_text(f"Reader Server {server.url.removeprefix('http://')}")
    expect(pane.get_by_role("heading", name="Sign in")).to_be_hidden()


def test_who_is_signed_out_can_use_a_token(opened: Opened, staff: Team) -> None:
    with opened("", **NARROW) as page:
        _sign_in_section(page)
        expect(page.get_by_role("alert")).to_be_empty()
        _use_token(page, f"  {staff.tokens['reader']} ")
        expect(page.get_by_role("option", name=SEED)).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_contain_text("Reader")
        assert page.get_by_label("Personal token").input_value() == ""
        page.reload()
        expect(page.get_by_role("option", name=SEED)).to_be_visible()


def test_a_token_that_opens_nothing_signs_nobody_in(opened: Opened, staff: Team) -> None:
    with opened("", **NARROW) as page:
        for who in ("wrong", "expired", "revoked"):
            _sign_in_section(page)
            page.locator("details").evaluate("details => { details.open = true; }")
            page.get_by_label("Personal token").fill(staff.tokens[who])
            with page.expect_response("**/api/excel/me") as answer:
                page.get_by_text("Use the token", exact=True).click()
            assert answer.value.status == 401
            expect(page.get_by_role("alert")).to_contain_text("This token opens nothing here.")


def test_signing_out_forgets_the_token_and_keeps_what_is_shown(pane: Page) -> None:
    pane.get_by_text("Sign out").click()
    _sign_in_section(pane)
    expect(pane.get_by_role("option", name=SEED)).to_be_visible()
    assert pane.evaluate("localStorage.getItem('marketbook-token')") is None
    sent: list[str] = []
    pane.on("request", lambda one: sent.append(one.url))
    pane.get_by_label("Search markets").fill("espresso")
    expect(pane.get_by_role("alert")).to_contain_text("You are signed out of Marketbook.")
    assert sent == []


def test_a_window_that_cannot_be_opened_is_one_sentence(opened: Opened) -> None:
    """Microsoft's script opens windows of servers with TLS only, which this one has not."""
    with opened("", **NARROW) as page:
        _sign_in_section(page)
        page.locator("#sign-in-button").click()
        expect(page.get_by_role("alert")).to_contain_text("The sign-in window could not be opened.")
        _sign_in_section(page)


def test_signing_in_in_one_pane_signs_in_the_other(opened: Opened, staff: Team) -> None:
    with opened("", **NARROW) as page:
        _sign_in_section(page)
        other = page.context.new_page()
        other.route("https://appsforoffice.microsoft.com/**", lambda route: route.abort())
        other.goto("/excel/help.html")
        other.evaluate("token => localStorage.setItem('marketbook-token', token)", staff.tokens["reader"])
        expect(page.get_by_role("option", name=SEED)).to_be_visible()

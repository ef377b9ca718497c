"""Signing in from Excel: a real Chromium, a certified provider, and Microsoft's office.js in the window."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from markets.catalogs.database import keys
from tests.accessibility import complaints
from tests.addin.server.pages.asking import COOKIE, asking, form
from tests.addin.server.team import WORKSPACE, Team, submitted
from tests.browser import Browser
from tests.server import Server
from tests.web import modules

OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/"
PATH = "/excel/sign-in"
HOST = "Excel$Web$16.01$en-US$a-correlation-id$isDialog$$16"
"""What Excel on the web says to the office.js of a window that an add-in has opened."""

CONTEXT = {
    "_id": "1",
    "_appName": 16,
    "_appVersion": "16.0",
    "_appUILocale": "en-US",
    "_dataLocale": "en-US",
    "_docUrl": "book.xlsx",
    "_clientMode": 0,
    "_settings": {},
    "_reason": 1,
    "_osfControlType": 1,
}
NAME = json.dumps({"hostInfo": HOST, "appContext": CONTEXT})
"""The name that the office.js of the pane gives to the window, for the office.js in there."""

PANE = """<!doctype html><title>Pane</title><script>
  window.received = [];
  window.addEventListener("message", (event) => received.push([event.data, event.origin]));
</script>"""
"""A pane, and how the office.js in it listens to its window."""

OPEN = "([address, name]) => { window.open(address, name, 'width=400,height=600'); }"
SENT, NOT_OPENED = "Excel has access now.", "Excel has not opened this window"
FOREIGN = "http://evil.example.com"

OpenedIn = Callable[..., AbstractContextManager[tuple[Page, Page]]]


@pytest.fixture
def window(browser: Browser, signing_server: Server, staff: Team) -> OpenedIn:
    """Opens a pane and its window for somebody with a session, "" for somebody who has none."""

    @contextmanager
    def opened(
        who: str = "", pane: str = "", name: str = NAME, **options: Any
    ) -> Iterator[tuple[Page, Page]]:
        with browser.page(base_url=signing_server.url, **options) as page:
            _serve_office(page.context)
            if who:
                cookie = {"name": COOKIE, "value": staff.sessions[who], "url": signing_server.url}
                page.context.add_cookies([cookie])  # type: ignore[list-item]
            page.route("**/pane", lambda route: route.fulfill(body=PANE, content_type="text/html"))
            page.goto(f"{pane}/pane")
            with page.context.expect_page() as found:
                page.evaluate(OPEN, [f"{signing_server.url}{PATH}?_host_Info={HOST}", name])
            yield page, found.value

    return opened


def _serve_office(context: BrowserContext) -> None:
    """Microsoft's scripts come from npm, and nothing else from outside."""
    home = modules() / "@microsoft/office-js/dist"

    def answer(route: Route) -> None:
        path = home / route.request.url.partition("?")[0].removeprefix(OFFICE)
        if path.is_file():
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.abort()

    context.route("https://**", lambda route: route.abort())
    context.route(f"{OFFICE}**", answer)


def _sign_in(page: Page, who: str) -> None:
    """Sign in at the provider, and come back."""
    page.get_by_label("Name").fill(who.title())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"**{PATH}*")


def _give(page: Page) -> None:
    page.get_by_role("button", name="Give access").click()


def _received(pane: Page, origin: str) -> str:
    """The token that the pane has got, from that origin and as its only message."""
    pane.wait_for_function("received.length > 0")
    ((message, sender),) = pane.evaluate("received")
    assert sender == origin
    told = json.loads(message)
    assert told.keys() == {"token"}
    token: str = told["token"]
    return token


def _tokens(staff: Team, who: str) -> list[keys.Token]:
    with staff.database.reading() as connection:
        return keys.tokens_of(connection, staff.person(who))


def _ours(staff: Team, who: str) -> list[keys.Token]:
    return [one for one in _tokens(staff, who) if one.name == "Excel"]


def _token(window: OpenedIn, server: Server, who: str) -> str:
    with window(who) as (pane, page):
        _give(page)
        return _received(pane, server.url)


def test_somebody_signs_in_at_the_provider_and_the_pane_gets_a_token(
    window: OpenedIn, signing_server: Server, staff: Team
) -> None:
    with window() as (pane, page):
        _sign_in(page, "reader")
        expect(page.get_by_role("heading", name="Give Excel access as reader@example.com?")).to_be_visible()
        assert _ours(staff, "reader") == []
        _give(page)
        token = _received(pane, signing_server.url)
        expect(page.get_by_role("status")).to_contain_text(SENT)
        assert token not in page.content() and token not in page.url
    with signing_server.client(token) as client:
        me = client.get("/api/excel/me")
    assert me.status_code == 200, me.text
    assert token not in signing_server.log
    (made,) = _ours(staff, "reader")
    assert (made.expires_at - made.created_at).days in (29, 30)
    assert [entry.action for entry in staff.audit() if entry.who == "reader@example.com"][-1] == "make token"


def test_the_token_reads_what_who_gave_it_may_and_changes_nothing(
    window: OpenedIn, signing_server: Server
) -> None:
    with signing_server.client(_token(window, signing_server, "editor")) as client:
        assert client.get("/api/me").json()["email"] == "editor@example.com"
        listed = client.get("/api/excel/markets").json()
        changing = client.post(f"/api/workspaces/{WORKSPACE}/reports", json=submitted())
    assert changing.status_code == 403
    assert "Espresso Machines (Europe)" in [one["name"] for one in listed]


def test_a_token_makes_no_other(window: OpenedIn, signing_server: Server, staff: Team) -> None:
    token = _token(window, signing_server, "editor")
    before = len(_tokens(staff, "editor"))
    with signing_server.client(token) as client:
        for path in (PATH, "/tokens"):
            assert client.post(path, data=form(staff, "editor", name="x", days="9")).status_code == 401
        assert client.post("/api/tokens", json={"name": "x", "days": 9}).status_code in (404, 405)
        assert client.get(PATH).status_code == 303
    assert len(_tokens(staff, "editor")) == before


def test_a_token_that_its_owner_revokes_opens_nothing(
    window: OpenedIn, signing_server: Server, staff: Team
) -> None:
    token = _token(window, signing_server, "owner")
    with signing_server.client(token) as client, asking(signing_server, staff, "owner") as browser:
        assert client.get("/api/excel/me").status_code == 200
        tokens = browser.get("/tokens").text
        assert ">Excel</th>" in tokens and "only read, in Excel" in tokens and token not in tokens
        (made,) = _ours(staff, "owner")
        assert browser.post(f"/tokens/{made.id}/revoke", data=form(staff, "owner")).status_code == 303
        assert client.get("/api/excel/me").status_code == 401


def test_a_pane_of_another_site_gets_nothing(window: OpenedIn, signing_server: Server) -> None:
    with window("owner", pane=FOREIGN) as (pane, page):
        _give(page)
        expect(page.get_by_role("status")).to_contain_text(SENT)
        page.evaluate("opener.postMessage('the end', '*')")
        pane.wait_for_function("received.length > 0")
        assert pane.evaluate("[origin, ...received]") == [FOREIGN, ["the end", signing_server.url]]


@pytest.mark.parametrize("is_there", [True, False], ids=["with office.js", "without office.js"])
def test_outside_of_excel_nothing_is_sent_and_no_token_is_left(
    browser: Browser, signing_server: Server, staff: Team, is_there: bool
) -> None:
    before = _ours(staff, "owner")
    with browser.page(base_url=signing_server.url) as page:
        if is_there:
            _serve_office(page.context)
        else:
            page.route("https://**", lambda route: route.abort())
        cookie = {"name": COOKIE, "value": staff.sessions["owner"], "url": signing_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(PATH)
        _give(page)
        expect(page.get_by_role("status")).to_contain_text(NOT_OPENED)
    assert _ours(staff, "owner") == before


def test_an_excel_that_does_not_answer_is_waited_for_some_seconds(window: OpenedIn) -> None:
    with window("owner", name=json.dumps({"hostInfo": HOST, "appContext": {}})) as (pane, page):
        page.clock.install()
        _give(page)
        expect(page.get_by_role("status")).to_contain_text("One moment")
        page.clock.fast_forward(20_000)
        expect(page.get_by_role("status")).to_contain_text(NOT_OPENED)
        assert pane.evaluate("received") == []


def test_a_session_that_ends_meanwhile_is_begun_again_in_the_same_window(
    window: OpenedIn, signing_server: Server, staff: Team
) -> None:
    before = len(_ours(staff, "editor"))
    with window() as (pane, page):
        _sign_in(page, "editor")
        page.context.clear_cookies(name=COOKIE)
        _give(page)
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        assert len(_ours(staff, "editor")) == before
        page.get_by_role("link", name="Sign in again").click()
        page.wait_for_url(f"**{PATH}*")  # the provider knows its user still
        _give(page)
        token = _received(pane, signing_server.url)
    with signing_server.client(token) as client:
        assert client.get("/api/me").json()["email"] == "editor@example.com"


def test_only_a_form_of_this_page_makes_a_token(signing_server: Server, staff: Team) -> None:
    before = len(_ours(staff, "owner"))
    fields = form(staff, "owner")
    with asking(signing_server, staff, "owner") as browser:
        refused = [
            browser.post(PATH),
            browser.post(PATH, data={"csrf": "guessed"}),
            browser.post(PATH, data=form(staff, "editor")),
            browser.post(PATH, data=fields, headers={"Origin": FOREIGN}),
        ]
        browser.get(PATH)
    with asking(signing_server, staff, "expired") as browser:
        refused.append(browser.post(PATH, data=form(staff, "expired")))
    assert [answer.status_code for answer in refused] == [403, 403, 403, 403, 401]
    assert len(_ours(staff, "owner")) == before


def test_no_frame_cache_or_other_script_gets_at_the_token(signing_server: Server, staff: Team) -> None:
    with asking(signing_server, staff, "owner") as browser:
        for answer in (browser.get(PATH), browser.post(PATH, data=form(staff, "owner"))):
            policy = dict(
                part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
            )
            assert policy["frame-ancestors"] == policy["default-src"] == "'none'"
            assert policy["script-src"] == "'self' https://appsforoffice.microsoft.com"
            assert policy["form-action"] == "'self'"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert not re.search(r"<script(?![^>]* src=)|<[^>]* on\w+=|<style", answer.text)


def test_the_window_stays_excels_on_its_way(signing_server: Server, staff: Team) -> None:
    """A page with a policy about its opener would be parted from it, for good."""
    with signing_server.client() as nobody, asking(signing_server, staff, "owner") as owner:
        way: list[httpx.Response] = [
            nobody.get(PATH),
            nobody.get(f"/sign-in?next={PATH}"),
            nobody.post(PATH),
            owner.get(PATH),
            owner.post(PATH, data={"csrf": "guessed"}),
        ]
        assert [answer.status_code for answer in way] == [303, 303, 401, 200, 403]
        assert all("Cross-Origin-Opener-Policy" not in answer.headers for answer in way)
        assert owner.get("/markets").headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_where_nobody_can_sign_in_the_page_says_what_to_do_instead(browser: Browser, staff: Team) -> None:
    with Server(staff.address) as server, browser.page(base_url=server.url) as page:
        answer = page.goto(PATH)
        assert answer is not None and answer.status == 503
        main = page.get_by_role("main")
        expect(main).to_contain_text("This server has no OpenID provider yet.")
        expect(main).to_contain_text("marketbook server token make")
        expect(main).to_contain_text("Use a token instead")
        assert complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_window_is_for_everyone(window: OpenedIn, scheme: str) -> None:
    narrow = {"viewport": {"width": 320, "height": 480}, "color_scheme": scheme}
    with window("owner", **narrow) as (_, page):
        page.get_by_role("button", name="Give access").focus()
        found = complaints(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(SENT)
        found += complaints(page)
    assert not found, "\n".join(found)

"""Who is signed out is told so in one sentence, costs no requests, and is signed in by one window."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from markets.catalogs.database import keys
from tests.addin.server.team import Team
from tests.addin.web.calling.conftest import CALLS, Counted, M, Opened
from tests.browser import Browser
from tests.excel_server import ExcelServer
from tests.server import Server
from tests.web.cells import Call, Refused, Shown, opened
from udfs.values import CellError

SIGNED_OUT = "You are signed out of Marketbook. Open the Marketbook pane and sign in."
OLD_KEY = "The add-in's key is missing or old. Run 'marketbook excel sideload', and open Excel again."
TEAMS = "http://markets.example.com"
SIZE: Call = ("MARKET_SIZE", [M, *[None] * 6])
WINDOW = """() => {
  window.windows = [];
  const succeeded = Office.AsyncResultStatus.Succeeded;
  const displayDialogAsync = (address, options, opened) => {
    const handlers = {};
    const dialog = { address, handlers, isOpen: true };
    windows.push(dialog);
    const addEventHandler = (kind, handler) => { handlers[kind] = handler; };
    const close = () => { dialog.isOpen = false; };
    opened({ status: succeeded, value: { addEventHandler, close } });
  };
  Object.assign(Office.context, { ui: { displayDialogAsync } });
}"""
SIGN_IN = """async () => {
  const { signIn } = await import("/excel/scripts/session.js");
  window.signedIn = signIn().then(() => "", (error) => error.message);
}"""
SEND = "(event) => windows[0].handlers[Office.EventType.DialogMessageReceived](event)"
CLOSE = "(error) => windows[0].handlers[Office.EventType.DialogEventReceived]({ error })"
CLOSED, NOT_FOUND = 12006, 12002
SESSION = "async (code) => { const session = await import('/excel/scripts/session.js'); return eval(code); }"
TWO_REQUESTS = """async () => {
  const calls = Array.from({ length: 20_001 }, (_, n) => ["CAGR_PROJECT", [[[1]], [[1]], [[n]]]]);
  const shown = await standIn.calculate(calls);
  return [...new Set(shown.map(({ message }) => message))];
}"""
CHANGES = """async () => {
  const { onChange } = await import("/excel/scripts/session.js");
  window.changes = [];
  onChange((isSignedOut) => changes.push(isSignedOut));
}"""


@pytest.fixture
def signed_out(opened_cells: Opened) -> Iterator[Counted]:
    """A page with the add-in, in which nobody is signed in."""
    with opened_cells("") as page:
        yield page


@pytest.fixture
def with_window(signed_out: Counted) -> Counted:
    """The same, where Excel opens windows that the test answers for."""
    signed_out.page.evaluate(WINDOW)
    signed_out.page.evaluate(SIGN_IN)
    return signed_out


def session(live: Counted, code: str) -> Any:
    return live.page.evaluate(SESSION, code)


def refused(count: int, message: str = SIGNED_OUT) -> list[Shown]:
    return [Refused(CellError.NA, message)] * count


def years(count: int) -> list[Call]:
    return [("MARKET_SIZE", [M, 1900 + year, *[None] * 5]) for year in range(count)]


def test_who_never_signed_in_sends_nothing(signed_out: Counted) -> None:
    assert signed_out.calculate(years(300)) == refused(300)
    assert signed_out.requests == [] and session(signed_out, "session.isSignedOut()")


@pytest.mark.parametrize("kind", ["wrong", "revoked", "expired"])
def test_a_token_that_is_not_in_force_is_sent_once(opened_cells: Opened, team: Team, kind: str) -> None:
    with opened_cells(team.tokens[kind]) as live:
        live.page.evaluate(CHANGES)
        assert live.calculate(years(200)) == refused(200)
        assert live.calculate(years(100)) == refused(100)
        assert len(live.requests) == 1
        assert live.page.evaluate("changes") == [True]


def test_two_requests_that_are_refused_at_once_are_one_sign_out(opened_cells: Opened, team: Team) -> None:
    with opened_cells(team.tokens["wrong"]) as live:
        live.page.evaluate(CHANGES)
        assert live.page.evaluate(TWO_REQUESTS) == [SIGNED_OUT]
        assert len(live.requests) == 2
        assert live.page.evaluate("changes") == [True]


def test_a_refusal_of_the_former_token_does_not_sign_out(
    opened_cells: Opened, team: Team, token: str
) -> None:
    held: list[Route] = []
    with opened_cells(team.tokens["wrong"]) as live:
        live.page.route(f"**{CALLS}", lambda route: held.append(route) if not held else route.continue_())
        live.start([SIZE])
        while not held:
            live.page.wait_for_timeout(10)
        session(live, f"session.useToken('{token}')")
        live.page.evaluate(CHANGES)
        held[0].continue_()
        while (shown := live.shown()) is None:
            live.page.wait_for_timeout(10)
        assert shown == [[[8.6]]] and live.page.evaluate("changes") == []


def test_a_token_that_is_revoked_meanwhile_signs_out(opened_cells: Opened, team: Team) -> None:
    reader = team.person("reader")
    with team.database.writing() as connection:
        ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
        token, secret = keys.make_token(connection, reader, "for a while", ends)
    with opened_cells(secret) as live:
        assert live.calculate([SIZE]) == [[[8.6]]]
        with team.database.writing() as connection:
            keys.revoke(connection, reader, token.id)
        assert live.calculate(years(10)) == refused(10)
        assert live.calculate(years(10)) == refused(10)
        assert len(live.requests) == 2


def test_after_the_sign_in_all_cells_are_calculated_again(with_window: Counted, token: str) -> None:
    live = with_window
    assert live.calculate([SIZE]) == refused(1)
    live.page.evaluate(CHANGES)
    (address,) = live.page.evaluate("windows.map(({ address }) => address)")
    assert address.endswith("/excel/sign-in")
    live.page.evaluate(SEND, {"message": json.dumps({"token": token}), "origin": origin(live)})
    assert live.page.evaluate("signedIn") == ""
    assert live.page.evaluate("changes") == [False]
    assert not live.page.evaluate("windows[0].isOpen")
    live.page.wait_for_function("standIn.calculations === 1")
    assert live.calculate([SIZE]) == [[[8.6]]]


def test_a_signed_in_page_keeps_the_token_for_the_next(with_window: Counted, token: str) -> None:
    live = with_window
    live.page.evaluate(SEND, {"message": json.dumps({"token": token}), "origin": origin(live)})
    assert live.page.evaluate("signedIn") == ""
    assert Counted(opened(live.page, "")).calculate([SIZE]) == [[[8.6]]]
    session(live, "session.forget()")
    assert live.calculate([SIZE]) == refused(1)
    assert Counted(opened(live.page, "")).calculate([SIZE]) == refused(1)


def origin(live: Counted) -> str:
    found: str = live.page.evaluate("location.origin")
    return found


@pytest.mark.parametrize("message", ['{"token": ""}', '{"token": 1}', "null", "no JSON", '{"other": "mbk"}'])
def test_a_message_without_a_token_is_no_sign_in(with_window: Counted, message: str) -> None:
    live = with_window
    live.page.evaluate(SEND, {"message": message, "origin": origin(live)})
    live.page.evaluate(CLOSE, CLOSED)
    assert live.page.evaluate("signedIn") == "The sign-in was closed before it was finished."
    assert session(live, "session.isSignedOut()")


def test_a_token_is_used_without_what_came_along_when_it_was_copied(signed_out: Counted, token: str) -> None:
    session(signed_out, f"session.useToken(`\u200b“{token}”\n`)")
    assert signed_out.calculate([SIZE]) == [[[8.6]]]


def test_a_message_of_another_site_is_no_sign_in(with_window: Counted, token: str) -> None:
    live = with_window
    for site in ("https://example.com", "null", origin(live) + ".example.com"):
        live.page.evaluate(SEND, {"message": json.dumps({"token": token}), "origin": site})
    live.page.evaluate(CLOSE, CLOSED)
    assert live.page.evaluate("signedIn") == "The sign-in was closed before it was finished."


def test_an_excel_that_does_not_say_whose_a_message_is_can_sign_in(with_window: Counted, token: str) -> None:
    live = with_window
    live.page.evaluate(SEND, {"message": json.dumps({"token": token})})
    assert live.page.evaluate("signedIn") == ""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (12011, "The sign-in window could not be opened. Allow pop-ups for this page."),
        (12007, "A window of the add-in is open already. Finish the sign-in there, or close it."),
    ],
)
def test_a_window_that_cannot_be_opened_is_told(signed_out: Counted, code: int, told: str) -> None:
    signed_out.page.evaluate(
        """(code) => Object.assign(Office.context, {
          ui: { displayDialogAsync: (_, options, opened) => opened({ status: "failed", error: { code } }) },
        })""",
        code,
    )
    signed_out.page.evaluate(SIGN_IN)
    assert signed_out.page.evaluate("signedIn") == told


def test_a_window_that_shows_no_page_is_told_and_closed(with_window: Counted) -> None:
    with_window.page.evaluate(CLOSE, NOT_FOUND)
    assert with_window.page.evaluate("signedIn") == (
        "The sign-in page could not be loaded. Check the connection, then try again."
    )
    assert not with_window.page.evaluate("windows[0].isOpen")


def test_two_panes_are_signed_in_and_out_together(signed_out: Counted, token: str) -> None:
    other = Counted(opened(signed_out.page.context.new_page(), ""))
    assert other.calculate([SIZE]) == signed_out.calculate([SIZE]) == refused(1)
    session(signed_out, f"session.useToken('{token}')")
    other.page.wait_for_function("standIn.calculations === 1")
    assert other.calculate([SIZE]) == signed_out.calculate([SIZE]) == [[[8.6]]]
    session(other, "session.forget()")
    signed_out.wait_until_signed_out()
    assert other.calculate([SIZE]) == signed_out.calculate([SIZE]) == refused(1)


def test_two_panes_at_once_do_not_mix_up_their_cells(opened_cells: Opened, token: str) -> None:
    with opened_cells(token) as one:
        other = Counted(opened(one.page.context.new_page(), ""))
        calls = [[("CAGR_PROJECT", [base, 0, n]) for n in range(2000)] for base in (1, 2)]
        one.start(calls[0])
        other.start(calls[1])
        for live, base in ((one, 1), (other, 2)):
            while (shown := live.shown()) is None:
                live.page.wait_for_timeout(10)
            assert shown == [[[base]]] * 2000


def test_a_key_is_taken_off_the_address(browser: Browser, server: Server, token: str) -> None:
    with browser.page(base_url=server.url) as page:
        live = Counted(opened(page, "", key=token))
        assert "key" not in page.url and token not in page.url
        assert live.calculate([SIZE]) == [[[8.6]]]
        assert live.calculations == 0


def test_a_key_in_a_link_to_the_teams_server_signs_nobody_in(
    browser: Browser, server: Server, token: str
) -> None:
    """Who sends such a link would show figures of their own to others."""

    def elsewhere(route: Route) -> None:
        path = route.request.url.removeprefix(TEAMS)
        route.fulfill(response=route.fetch(url=server.url + path))

    with browser.page(base_url=TEAMS) as page:
        page.route(f"{TEAMS}/**", elsewhere)
        live = Counted(opened(page, "", key=token))
        assert live.calculate([SIZE]) == refused(1)
        assert "key" not in page.url and token not in page.url
        assert page.evaluate("localStorage.length") == 0 and live.requests == []


def test_what_another_page_keeps_does_not_take_the_key_away(
    browser: Browser, server: Server, token: str
) -> None:
    with browser.page(base_url=server.url) as page:
        live = Counted(opened(page, "", key=token))
        other = Counted(opened(page.context.new_page(), "", key="old"))
        assert other.calculate([SIZE])[0] != [[8.6]]
        other.page.wait_for_timeout(100)
        assert live.calculate([SIZE]) == [[[8.6]]]


def test_a_token_that_opens_nothing_does_not_turn_cells_into_errors(signed_out: Counted, team: Team) -> None:
    signed_out.page.evaluate(CHANGES)
    session(signed_out, "session.useToken('mbk_mistyped')")
    signed_out.page.wait_for_function("changes.length === 2")
    assert signed_out.page.evaluate("changes") == [False, True]
    assert signed_out.calculations == 0
    session(signed_out, f"session.useToken('{team.tokens['reader']}')")
    signed_out.page.wait_for_function("standIn.calculations === 1")


def test_on_this_computer_the_key_says_who_asks(browser: Browser) -> None:
    with ExcelServer() as server:
        with browser.page(base_url=server.url, ignore_https_errors=True) as page:
            live = Counted(opened(page, "", key=server.key))
            assert live.calculate([SIZE]) == [[[8.6]]]
        with browser.page(base_url=server.url, ignore_https_errors=True) as page:
            live = Counted(opened(page, "", key="old"))
            assert live.calculate(years(20)) == refused(20, OLD_KEY)
            assert live.calculate(years(20)) == refused(20, OLD_KEY)
            assert len(live.requests) == 1
            page.evaluate(SIGN_IN)
            assert page.evaluate("signedIn") == OLD_KEY

"""Who signs out is signed out at once, and the token that Excel got at the sign-in ends on the server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from tests.addin.server.team import Team, excels_token
from tests.addin.web.calling.conftest import Counted, M, Opened
from tests.server import Server
from tests.web.cells import Call, Refused, opened
from udfs.values import CellError

PATH = "**/api/excel/sign-out"
SIZE: Call = ("MARKET_SIZE", [M, *[None] * 6])
SIGNED_OUT = Refused(CellError.NA, "You are signed out of Marketbook. Open the Marketbook pane and sign in.")
SIGN_OUT = """async () => {
  const { signOut } = await import("/excel/scripts/signing-out.js");
  window.told = null;
  signOut().then(() => "", (error) => error.message).then((told) => { window.told = told; });
}"""
IS_TOLD = "window.told !== null"


@pytest.fixture
def excels(team: Team) -> str:
    """A token that Excel has got."""
    with team.database.writing() as connection:
        return excels_token(connection, team.person("reader"))


@pytest.fixture
def live(opened_cells: Opened, excels: str) -> Iterator[Counted]:
    """A page that is signed in by the window."""
    with opened_cells(excels) as page:
        assert page.calculate([SIZE]) == [[[8.6]]]
        yield page


@pytest.fixture
def hurried(opened_cells: Opened, excels: str) -> Iterator[Counted]:
    """The same, with a clock that the test moves."""
    with opened_cells(excels, with_clock=True) as page:
        yield page


def sign_out(live: Counted) -> str:
    """What somebody who signs out is told."""
    live.page.evaluate(SIGN_OUT)
    live.page.wait_for_function(IS_TOLD)
    told: str = live.page.evaluate("told")
    return told


def in_the_end(live: Counted) -> str:
    """What is told, as the clock of the page says after many attempts."""
    while (told := live.page.evaluate("told")) is None:
        live.page.clock.run_for(1000)
        live.page.wait_for_timeout(20)
    return str(told)


def still_in_force(server: Server) -> str:
    return (
        "Marketbook's server could not be told that you signed out, so the token is still in force. "
        f"To end it, revoke it at {server.url}/tokens."
    )


def opens(server: Server, token: str) -> bool:
    """Whether a token is in force."""
    with server.client(token) as client:
        return client.get("/api/excel/me").status_code == 200


def test_the_token_ends_here_and_on_the_server(live: Counted, server: Server, excels: str) -> None:
    assert sign_out(live) == ""
    assert not opens(server, excels)
    assert live.calculate([SIZE]) == [SIGNED_OUT]
    assert live.page.evaluate("localStorage.length") == 0


def test_a_personal_token_that_somebody_used_stays_in_force(
    opened_cells: Opened, server: Server, token: str
) -> None:
    with opened_cells(token) as live:
        assert sign_out(live) == ""
        assert live.calculate([SIZE]) == [SIGNED_OUT]
    assert opens(server, token)


def test_the_other_pane_is_signed_out_too(live: Counted, server: Server) -> None:
    other = Counted(opened(live.page.context.new_page(), ""))
    assert other.calculate([SIZE]) == [[[8.6]]]
    assert sign_out(live) == ""
    other.wait_until_signed_out()
    other.requests.clear()
    assert other.calculate([SIZE]) == [SIGNED_OUT]
    assert other.requests == []


def test_nobody_waits_for_the_server(live: Counted, server: Server, excels: str, token: str) -> None:
    """Somebody else can sign in meanwhile; the former token ends all the same."""
    held: list[Route] = []
    live.page.route(PATH, lambda route: held.append(route))
    live.page.evaluate(SIGN_OUT)
    assert live.calculate([SIZE]) == [SIGNED_OUT]
    assert live.page.evaluate("localStorage.length") == 0
    live.page.evaluate("async (token) => (await import('/excel/scripts/session.js')).useToken(token)", token)
    while not held:
        live.page.wait_for_timeout(10)
    held[0].continue_()
    live.page.wait_for_function(IS_TOLD)
    assert live.page.evaluate("told") == ""
    assert not opens(server, excels)
    assert live.calculate([SIZE]) == [[[8.6]]]


def test_a_server_that_cannot_be_told_leaves_the_token_in_force_and_that_is_said(
    hurried: Counted, server: Server, excels: str
) -> None:
    hurried.page.route(PATH, lambda route: route.abort())
    hurried.page.evaluate(SIGN_OUT)
    assert in_the_end(hurried) == still_in_force(server)
    assert opens(server, excels)
    assert hurried.page.evaluate("localStorage.length") == 0


def test_a_server_that_fails_leaves_it_in_force_too(live: Counted, server: Server) -> None:
    live.page.route(PATH, lambda route: route.fulfill(status=500, json={"request": "a1"}))
    assert sign_out(live) == still_in_force(server)


def test_a_token_that_has_ended_already_is_no_failure(live: Counted, server: Server, excels: str) -> None:
    with server.client(excels) as client:
        assert client.post("/api/excel/sign-out").json() == {"is_revoked": True}
    assert sign_out(live) == ""

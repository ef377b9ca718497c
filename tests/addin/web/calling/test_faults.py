"""A server that is down, slow, restarted, or answers in part: no cell is lost, or gets another's value."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.addin.server.team import Team
from tests.addin.web.calling.conftest import CALLS, Counted, M, Opened
from tests.browser import Browser
from tests.server import Server
from tests.web.cells import Call, Refused, Shown, opened
from udfs.values import CellError

UNREACHABLE = "Marketbook's server cannot be reached. Check the connection, then calculate again."
SLOW = "Marketbook's server takes too long to answer. Calculate again later."
INCOMPLETE = "Marketbook's server gave only a part of the answer. Calculate again."
YEARS = range(2023, 2034)
SIZES: list[Call] = [("MARKET_SIZE", [M, year, *[None] * 5]) for year in YEARS]
SHOWN = [[[pytest.approx(8.6 * (13.1 / 8.6) ** ((year - 2023) / 10))]] for year in YEARS]
RETRIES = 3

Fault = Callable[[Route], None]


@pytest.fixture
def hurried(opened_cells: Opened, token: str) -> Iterator[Counted]:
    """A page with the add-in, whose clock the test moves."""
    with opened_cells(token, with_clock=True) as page:
        yield page


@pytest.fixture
def own_server(team: Team) -> Iterator[Server]:
    """A server to stop and to start."""
    with Server(team.address) as running:
        yield running


def answered_by(page: Page, *faults: Fault) -> None:
    """Let the first requests for values be answered by these in turn, and the server answer all others."""
    left = list(faults)
    page.route(f"**{CALLS}", lambda route: left.pop(0)(route) if left else route.continue_())


def always(page: Page, fault: Fault) -> None:
    """Let all requests for values be answered by this."""
    page.route(f"**{CALLS}", fault)


def changed(change: Callable[[Any], object]) -> Fault:
    """Return what answers as the server does, but for a change."""

    def answer(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        change(body)
        route.fulfill(response=response, body=json.dumps(body))

    return answer


def cut_off(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.body()[:-20])


def refused(message: str) -> list[Shown]:
    return [Refused(CellError.NA, message)] * len(SIZES)


def in_the_end(live: Counted, seconds: float = 0.2) -> list[Shown]:
    """Move the clock until every cell shows something, so many seconds at once."""
    while (shown := live.shown()) is None:
        live.page.clock.run_for(int(seconds * 1000))
        live.page.wait_for_timeout(20)  # for the server, which has another clock
    return shown


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(cut_off, id="cut off"),
        pytest.param(changed(lambda body: body["groups"][0]["values"].pop(0)), id="one value less"),
        pytest.param(changed(lambda body: body["groups"][0]["values"].insert(0, 1.0)), id="one value more"),
        pytest.param(changed(lambda body: body["groups"].clear()), id="no group"),
        pytest.param(changed(lambda body: body["groups"].append({"values": []})), id="one group more"),
        pytest.param(changed(lambda body: body.clear()), id="nothing"),
        pytest.param(
            lambda route: route.fulfill(body="<html>Sign in to the hotel's network</html>"), id="no JSON"
        ),
        pytest.param(lambda route: route.abort(), id="no connection"),
        pytest.param(
            lambda route: route.fulfill(status=502, body="<html>Bad gateway</html>"), id="no server"
        ),
        pytest.param(lambda route: route.fulfill(status=503), id="not now"),
        pytest.param(lambda route: route.fulfill(status=429), id="too many"),
    ],
)
def test_what_may_pass_is_asked_once_more(live: Counted, fault: Fault) -> None:
    answered_by(live.page, fault)
    assert live.calculate(SIZES) == SHOWN
    assert len(live.requests) == 2
    live.page.unroute(f"**{CALLS}")


def test_a_redirect_is_not_followed_with_the_token(hurried: Counted) -> None:
    followed: list[str] = []
    hurried.page.on("request", lambda request: followed.append(request.url))
    elsewhere = "/excel/help.html"
    always(hurried.page, lambda route: route.fulfill(status=307, headers={"Location": elsewhere}))
    hurried.start(SIZES)
    assert in_the_end(hurried) == refused(UNREACHABLE)
    assert len(hurried.requests) == 1 + RETRIES
    assert not any(url.endswith(elsewhere) for url in followed)


def test_a_request_has_the_token_and_no_cookie(live: Counted, token: str) -> None:
    live.page.evaluate("document.cookie = 'session=secret; path=/'")
    live.calculate(SIZES)
    headers = live.requests[0].all_headers()
    assert headers["authorization"] == f"Bearer {token}"
    assert "cookie" not in headers


def test_a_server_says_how_long_it_wants_to_be_left_alone(live: Counted) -> None:
    answered_by(live.page, lambda route: route.fulfill(status=503, headers={"Retry-After": "2"}))
    started = time.monotonic()
    assert live.calculate(SIZES) == SHOWN
    assert time.monotonic() - started > 2
    live.page.unroute(f"**{CALLS}")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param("Fri, 01 Jan 2100 00:00:10 GMT", 10, id="a time"),
        pytest.param("3600", 30, id="too many seconds"),
    ],
)
def test_a_server_is_left_alone_until_then_but_for_half_a_minute_at_most(
    hurried: Counted, said: str, seconds: int
) -> None:
    clock = hurried.page.clock
    clock.pause_at("2100-01-01")
    answered_by(hurried.page, lambda route: route.fulfill(status=503, headers={"Retry-After": said}))
    hurried.start(SIZES)
    with hurried.page.expect_response(f"**{CALLS}"):
        clock.run_for(100)
    passed = 0
    while len(hurried.requests) == 1 and passed < 2 * seconds:
        hurried.page.wait_for_timeout(100)  # for the scripts, which another clock drives
        clock.run_for(1000)
        passed += 1
    assert seconds - 1 <= passed < 2 * seconds
    assert in_the_end(hurried) == SHOWN


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        pytest.param(cut_off, INCOMPLETE, id="cut off"),
        pytest.param(lambda route: route.abort(), UNREACHABLE, id="no connection"),
        pytest.param(
            lambda route: route.fulfill(status=503, json={"message": "The database is away."}),
            "The database is away.",
            id="not now",
        ),
    ],
)
def test_after_three_more_attempts_each_cell_has_the_sentence(
    hurried: Counted, fault: Fault, message: str
) -> None:
    always(hurried.page, fault)
    hurried.start(SIZES)
    assert in_the_end(hurried) == refused(message)
    assert len(hurried.requests) == 1 + RETRIES


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (500, {"request": "a1"}, "Marketbook's server failed. Its log says why. (Request a1)"),
        (500, {}, "Marketbook's server failed. Its log says why."),
        (403, {"message": "Not for you."}, "Not for you."),
        (404, {}, "Marketbook's server refused the request."),
    ],
)
def test_what_would_fail_again_is_not_repeated(
    live: Counted, status: int, body: dict[str, str], message: str
) -> None:
    answered_by(live.page, lambda route: route.fulfill(status=status, json=body))
    assert live.calculate(SIZES) == refused(message)
    assert len(live.requests) == 1
    live.page.unroute(f"**{CALLS}")


def test_a_server_that_does_not_answer_is_not_waited_for_forever(hurried: Counted) -> None:
    always(hurried.page, lambda _: None)
    hurried.start(SIZES)
    assert in_the_end(hurried, seconds=10) == refused(SLOW)
    assert len(hurried.requests) == 1


def test_a_slow_server_is_waited_for(live: Counted) -> None:
    def slowly(route: Route) -> None:
        time.sleep(3)
        route.continue_()

    answered_by(live.page, slowly)
    assert live.calculate(SIZES) == SHOWN
    assert len(live.requests) == 1
    live.page.unroute(f"**{CALLS}")


THREE_REQUESTS = """() => {
  const args = (n) => [[[1]], [[1]], [[n]]];
  window.shown = null;
  standIn.calculate(Array.from({ length: 60_000 }, (_, n) => ["CAGR_PROJECT", args(n)])).then((cells) => {
    const different = new Set(cells.map((cell) => JSON.stringify(cell)));
    window.shown = [...different].map((cell) => JSON.parse(cell));
  });
}"""


def test_a_server_that_is_down_costs_few_requests(browser: Browser, own_server: Server, token: str) -> None:
    """The request that waits behind the two at work is not even sent."""
    with browser.page(base_url=own_server.url) as page:
        page.clock.install()
        live = Counted(opened(page, token))
        own_server.kill()
        live.page.evaluate(THREE_REQUESTS)
        assert in_the_end(live) == [Refused(CellError.NA, UNREACHABLE)]
        assert len(live.requests) == 2 * (1 + RETRIES)
        own_server.start()
        live.start(SIZES)
        assert in_the_end(live) == SHOWN


SEGMENTS = {"CT": 0.653, "Hospitals": 0.634, "North America": 0.436}
SEGMENT_SIZES = """(segments) => {
  const args = (segment, year, day) => [
    [["Medical Imaging Outsourcing"]], [[year]], [[segment]],
    null, [["hold"]], null, [[`latest as of ${day}`]],
  ];
  const days = Array.from({ length: 150 }, (_, n) => new Date(1.8e12 + n * 864e5).toISOString().slice(0, 10));
  const calls = days.flatMap((day) => segments.flatMap((segment) =>
    Array.from({ length: 11 }, (_, n) => ["MARKET_SIZE", args(segment, 2023 + n, day)])));
  window.shown = null;
  standIn.calculate(calls).then((cells) => {
    window.shown = cells.map(({ value, error }) => ({ value: [[error ?? value[0][0]]] }));
  });
}"""


def test_a_server_that_is_killed_in_the_middle_of_a_batch_answers_after_its_restart(
    browser: Browser, own_server: Server, token: str
) -> None:
    with browser.page(base_url=own_server.url) as page:
        page.clock.install()
        live = Counted(opened(page, token))
        page.clock.pause_at("2100-01-01")  # however long a restart takes here, for the page it is a moment
        page.evaluate(SEGMENT_SIZES, list(SEGMENTS))
        page.clock.run_for(100)
        while not live.requests:
            page.wait_for_timeout(5)
        page.wait_for_timeout(200)
        own_server.kill()
        own_server.start()
        page.clock.resume()
        while (shown := live.shown()) is None:
            page.wait_for_timeout(50)
        ours = [cell[0][0] for cell in shown]
        assert ours[:33:11] == [pytest.approx(8.6 * share) for share in SEGMENTS.values()]
        assert ours == ours[:33] * 150
        assert len(live.requests) > 1, "the batch was answered before the server could be killed"


def test_an_answer_that_would_be_too_long_is_asked_for_in_parts(live: Counted) -> None:
    answered_by(live.page, *[lambda route: route.fulfill(status=413, json={"message": "Too much."})] * 2)
    assert live.calculate(SIZES) == SHOWN
    assert live.asked == 2 * len(SIZES) + len(SIZES) // 2
    live.page.unroute(f"**{CALLS}")


def test_a_call_that_cannot_be_read_does_not_keep_the_next_waiting(live: Counted) -> None:
    shown = live.page.evaluate(
        """async () => {
          const { call } = await import("/excel/scripts/batching.js");
          try {
            call("CAGR_PROJECT", [[null, null], [[0]], [[1]]]);
          } catch {
            return (await call("CAGR_PROJECT", [[[7]], [[0]], [[1]]]))[0][0];
          }
        }"""
    )
    assert shown == 7


def test_a_function_that_the_server_does_not_know_does_not_take_others_with_it(live: Counted) -> None:
    shown = live.page.evaluate(
        """async () => {
          const { call } = await import("/excel/scripts/batching.js");
          const names = ["MARKET_SIZE", "MARKET_OLD", "MARKET_STATUS", "KEY_PLAYERS"];
          const calls = names.map((name) => call(name, ["Medical Imaging Outsourcing"]));
          const all = await Promise.allSettled(calls);
          return all.map(({ value, reason }) => value?.[0][0] ?? `${reason.code} ${reason.message}`);
        }"""
    )
    assert shown == [
        8.6,
        '#N/A No function is called "MARKET_OLD". The add-in may be too old.',
        "reported",
        "Flatworld Solutions Pvt Ltd",
    ]


WITH_RANGES = """async (names) => {
  const { call } = await import("/excel/scripts/batching.js");
  const calls = names.map((name, n) => call(name, [[["Medical Imaging Outsourcing"]], [[2023, n]]]));
  const all = await Promise.allSettled(calls);
  return all.map(({ value, reason }) => value?.[0][0] ?? reason.message);
}"""


def test_one_function_that_the_server_does_not_know_costs_a_request(live: Counted) -> None:
    """However many different ranges its cells refer to."""
    names = ["MARKET_OLD", "MARKET_SIZE"] * 40
    shown = live.page.evaluate(WITH_RANGES, names)
    assert shown == ['No function is called "MARKET_OLD". The add-in may be too old.', 8.6] * 40
    assert len(live.requests) == 3


def test_a_gateway_that_refuses_everything_is_asked_once(live: Counted) -> None:
    always(live.page, lambda route: route.fulfill(status=403, json={"message": "Not from this network."}))
    assert (
        live.page.evaluate(WITH_RANGES, ["MARKET_SIZE", "MARKET_STATUS"] * 40)
        == ["Not from this network."] * 80
    )
    live.page.unroute(f"**{CALLS}")
    assert len(live.requests) == 1


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        pytest.param(lambda route: None, 1, id="while the server answers"),
        pytest.param(lambda route: route.abort(), 1, id="in a pause between two attempts"),
    ],
)
def test_a_request_can_be_cancelled_at_any_time(live: Counted, fault: Fault, sent: int) -> None:
    always(live.page, fault)
    kind = live.page.evaluate(
        """async () => {
          const { request } = await import("/excel/scripts/server.js");
          const controller = new AbortController();
          setTimeout(() => controller.abort(), 300);
          const options = { method: "POST", body: { groups: [] }, signal: controller.signal };
          return await request("/api/excel/calls", options).catch((error) => error.name);
        }"""
    )
    live.page.unroute(f"**{CALLS}")
    assert kind == "AbortError" and len(live.requests) == sent

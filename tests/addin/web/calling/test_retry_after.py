"""A server that says how long it wants to be left alone is left alone so long, within reason."""

import pytest

from tests.addin.web.calling.conftest import CALLS, Opened
from tests.addin.web.calling.test_faults import SHOWN, SIZES, answered_by, in_the_end


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param("Fri, 01 Jan 2100 00:00:10 GMT", 10, id="a time"),
        pytest.param("3600", 30, id="too many seconds"),
    ],
)
def test_it_is_asked_again_then_and_after_half_a_minute_at_the_latest(
    opened_cells: Opened, token: str, said: str, seconds: int
) -> None:
    with opened_cells(token, with_clock=True) as live:
        clock = live.page.clock
        clock.pause_at("2100-01-01")
        answered_by(live.page, lambda route: route.fulfill(status=503, headers={"Retry-After": said}))
        live.start(SIZES)
        with live.page.expect_response(f"**{CALLS}"):
            clock.run_for(100)
        live.page.wait_for_timeout(200)  # the answer is read
        clock.run_for((seconds - 1) * 1000)
        live.page.wait_for_timeout(200)
        assert len(live.requests) == 1
        clock.run_for(2000)
        live.page.wait_for_timeout(200)
        assert len(live.requests) == 2
        assert in_the_end(live) == SHOWN

"""Cells that recalculate at once through xlwings Server, whose script sends a request a cell.

Microsoft's office.js calls that script in a real Chromium. `web.py` measures as many cells through our own
add-in.
"""

import math
from typing import Final

from tests.addin.web.xlwings_server.panes import live_cells
from tests.addin.web.xlwings_server.running import XlwingsServer
from tests.browser import Browser
from tests.web.arguments import passed
from tests.web.cells import LiveCells

CELLS: Final = 10_000
_SAMPLE: Final = 1_000
_LONGEST: Final = 60.0
_MARKET: Final = "Medical Imaging Outsourcing"
_TIMED: Final = """async (calls) => {
  const start = performance.now();
  const shown = await standIn.calculate(calls);
  const milliseconds = performance.now() - start;
  const numbers = shown.flatMap(({ value }) => value ?? []).flat().filter(Number.isFinite);
  return [milliseconds / 1000, numbers.length];
}"""


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio to one call of as many numbers, no limit, and the figures in words.

    Where all cells would take more than a minute, fewer are measured, and the words say how many.
    """
    with XlwingsServer() as server, Browser() as browser, live_cells(browser, server) as live:
        whole = min(_array(live) for _ in range(3))
        _seconds(live, 100)
        count, seconds = _SAMPLE, _seconds(live, _SAMPLE)
        if seconds * CELLS / _SAMPLE <= _LONGEST:
            count, seconds = CELLS, _seconds(live, CELLS)
    rate = count / seconds
    said = f"{seconds:.1f} s for {count:,} cells, {rate:.0f} a second"
    if count < CELLS:
        said += f"; {CELLS:,} would take {CELLS / rate:.0f} s"
    label = f"xlwings Server: {CELLS:,} cells / one array of them"
    return [(label, CELLS / rate / whole, math.inf, f"{said}; {whole * 1000:.0f} ms for the array")]


def _seconds(live: LiveCells, count: int) -> float:
    return _timed(live, [["MARKET_SIZE", [[[_MARKET]], [[2023 + at % 11]]]] for at in range(count)], count)


def _array(live: LiveCells) -> float:
    years = [[2023.0 + at % 11] for at in range(CELLS)]
    return _timed(live, [["MARKET_SIZE", [[[_MARKET]], passed(years)]]], CELLS)


def _timed(live: LiveCells, calls: list[list[object]], count: int) -> float:
    seconds, numbers = live.page.evaluate(_TIMED, calls)
    if numbers != count:
        raise AssertionError(f"{numbers:,} of {count:,} cells have a number.")
    return float(seconds)

"""Cells that recalculate at once through xlwings Server, whose script sends a request a cell.

Microsoft's office.js calls that script in a real Chromium. The questions are those of `web.py`, which
measures our own add-in.
"""

import math
from typing import Final

from tests.addin.web.xlwings_server.panes import live_cells
from tests.addin.web.xlwings_server.running import XlwingsServer
from tests.bench.web import CELLS, sizes
from tests.browser import Browser
from tests.web.cells import LiveCells

_SAMPLE: Final = 1_000
_LONGEST: Final = 60.0
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
    asked = sizes()
    return _timed(live, [[asked.function, given] for given in asked.calls[:count]], count)


def _array(live: LiveCells) -> float:
    asked = sizes()
    return _timed(live, [[asked.function, asked.table]], CELLS)


def _timed(live: LiveCells, calls: list[list[object]], count: int) -> float:
    seconds, numbers = live.page.evaluate(_TIMED, calls)
    if numbers != count:
        raise AssertionError(f"{numbers:,} of {count:,} cells have a number.")
    return float(seconds)

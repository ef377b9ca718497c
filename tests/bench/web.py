"""10,000 cells of the add-in for Office.js, in a real Chromium with a real server, against one array of them.

Each cell asks another question. The scripts are the add-in's; the calls are made as Excel's runtime of custom
functions makes them. What Microsoft's runtime itself takes is told beside.
"""

import itertools
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.server.administration import Administration
from markets.catalogs.database import Database
from markets.catalogs.database.bundled import load_bundled
from markets.catalogs.database.schema import upgrade
from tests.browser import Browser
from tests.server import Server
from tests.web.cells import LiveCells, cells

CELLS = 10_000
ROUNDS = 5
SECONDS, RATIO = 1.0, 1.5

_GIVE = "(given) => { window.given = given; }"
_MEASURE = """async () => {
  const [name, calls, table] = given;
  const { call } = await import("/excel/scripts/batching.js");
  const timed = async (work) => {
    const start = performance.now();
    const found = await work();
    return [found, (performance.now() - start) / 1000];
  };
  const [single, cells] = await timed(() => Promise.all(calls.map((args) => call(name, args))));
  const [together, array] = await timed(() => call(name, table));
  const [, promises] = await timed(() => {
    const waiting = [];
    const all = calls.map(() => new Promise((resolve) => waiting.push(resolve)));
    waiting.forEach((resolve, at) => resolve([[at]]));
    return Promise.all(all);
  });
  const [, excel] = await timed(() => standIn.calculate(calls.map((args) => [name, args])));
  const isSame = single.every(([[value]], at) => typeof value === "number" && value === together[at][0]);
  return { cells, array, promises, excel, isSame };
}"""


@dataclass(frozen=True)
class Questions:
    """Different questions to one function, by their arguments."""

    function: str
    asked: Sequence[tuple[Any, ...]]

    @property
    def calls(self) -> list[list[Any]]:
        """The arguments of each cell, as Excel passes them."""
        return [[None if each is None else [[each]] for each in given] for given in self.asked]

    @property
    def table(self) -> list[Any]:
        """The arguments of one call for all: columns, and one cell for what is the same everywhere."""
        return [_column(column) for column in zip(*self.asked, strict=True)]


def sizes() -> Questions:
    """Sizes of three segments in eleven years, as of many days."""
    days = [f"latest as of {year}-{month:02}-{day:02}" for year in (2026, 2027) for month, day in _DAYS]
    asked = itertools.product(days, ("CT", "Hospitals", "North America"), range(2023, 2034))
    market = "Medical Imaging Outsourcing"
    cells = [(market, year, segment, None, "hold", None, day) for day, segment, year in asked]
    return Questions("MARKET_SIZE", cells[:CELLS])


def projections() -> Questions:
    """Values after many periods: arithmetic, so that nearly all of the time is the way there and back."""
    return Questions("CAGR_PROJECT", [(8.6, 0.043, at / 1000) for at in range(CELLS)])


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and figures in words, for each set of questions."""
    with open_page() as live:
        return [row for questions in (sizes(), projections()) for row in _rows(questions, live)]


@contextmanager
def open_page() -> Iterator[LiveCells]:
    """Open a page with the add-in of a team's server, which has the bundled reports."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'catalog.db'}"
        database = Database(address)
        upgrade(database)
        load_bundled(database, "the bench")
        database.close()
        administration = Administration(address, "the bench")
        administration.create_workspace("team", "ann@example.com")
        token = administration.make_token("ann@example.com", "bench", 1)
        with Server(address) as server, Browser() as browser, cells(browser, server.url, token) as live:
            yield live


def _rows(questions: Questions, live: LiveCells) -> list[tuple[str, float, float, str]]:
    live.page.evaluate(_GIVE, [questions.function, questions.calls, questions.table])
    rounds = [live.page.evaluate(_MEASURE) for _ in range(1 + ROUNDS)]
    if not all(one["isSame"] for one in rounds):
        raise AssertionError(f"The cells of {questions.function} are not the numbers of its array.")
    first = rounds[0]["cells"]
    ours, array, promises, excel = (
        statistics.median(one[key] for one in rounds[1:]) for key in ("cells", "array", "promises", "excel")
    )
    label = f"Office.js: {CELLS:,} cells of {questions.function}"
    others = f"never asked before {first * 1e3:.0f} ms; to Excel and back {excel * 1e3:.0f} ms"
    return [
        (f"{label} / 1 s", ours / SECONDS, 1.0, f"{ours * 1e3:.0f} ms; {others}"),
        (
            f"{label} / one array and {CELLS:,} promises",
            ours / (array + promises),
            RATIO,
            f"{ours * 1e3:.0f} ms against {array * 1e3:.0f} ms and {promises * 1e3:.1f} ms",
        ),
    ]


def _column(column: tuple[Any, ...]) -> Any:
    if column[0] is None:
        return None
    return [[column[0]]] if len(set(column)) == 1 else [[each] for each in column]


_DAYS = list(itertools.product(range(1, 13), range(1, 29)))


if __name__ == "__main__":
    for label, ratio, limit, detail in measure():
        print(f"{'OVER ' if ratio > limit else ''}{label}: {ratio:.2f} (limit {limit:g}): {detail}")

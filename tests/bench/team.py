"""A million facts in 20,000 reports: in SQLite, in PostgreSQL, and in the local copy of a server."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from addin.server.administration import Administration
from markets.catalogs.database import Database
from markets.catalogs.database.schema import upgrade
from markets.catalogs.database.writing import Author, enter_many, workspace
from markets.catalogs.files import ReportFile
from markets.catalogs.wire import Accepted
from tests.bench.reports import reports, write_reports
from tests.load.load import LIMIT, load, percentile
from tests.postgresql import Postgres
from tests.server import Server

COUNT, FACTS = 20_000, 1_000_000
_WORKSPACE, _OWNER = "team", "owner@example.com"
_ROUNDS = 3
_CLIENTS, _SECONDS = 50, 60.0
_FIRST, _MEMORY, _MARKET, _SAME = 1.0, 200.0, 5e-3, 1.5
_ASK = """
import json, re, sys, time, timeit
from pathlib import Path
started, names = json.loads(sys.stdin.read())
from markets.catalogs.places import place
from udfs import market_size

def memory():
    # the most that this process has held; what getrusage gives begins with its parent's
    return int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

before, start = memory(), time.perf_counter()
assert isinstance(market_size(names[0]), float)
first, whole = time.perf_counter() - start, time.time() - started
again = min(timeit.repeat(lambda: market_size(names[0]), number=20_000, repeat=5)) / 20_000
each = []
for name in names[1:]:
    start = time.perf_counter()
    assert isinstance(market_size(name), float), name
    each.append(time.perf_counter() - start)
each.sort()
place().refresh()  # what an update of a copy needs is in memory too
markets = {"each": each[len(each) // 2], "worst": each[-1]}
print(json.dumps({"first": first, "whole": whole, "again": again, "memory": memory() - before, **markets}))
"""


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and figures in words: loading, and for each of the three, asking."""
    with tempfile.TemporaryDirectory() as made, Postgres() as postgres:
        folder = Path(made)
        names = write_reports(folder / "reports", 1)
        ours = _asked(names * 2, MARKETBOOK_CATALOG=str(folder / "reports"))
        databases = {
            "an SQLite database": f"sqlite:///{folder / 'team.db'}",
            "PostgreSQL": postgres.database("team"),
        }
        rows = []
        asked = list(dict.fromkeys(report.market.name for report in reports(COUNT)))
        asked = [*names, *asked[1 :: len(asked) // 100]]
        for where, address in databases.items():
            rows.append(_loaded(where, address))
            rows += _rows(where, _asked(asked, MARKETBOOK_CATALOG=address), ours)
            rows.append(_served_to_many(where, address))
        with _served(address, folder) as environment:
            rows.append(_copied(environment))
            rows += _rows("the copy of a server", _asked(asked, **environment), ours)
    return rows


def entered(address: str, made: Iterable[ReportFile]) -> int:
    """Enter reports into an empty database; return how many facts they have."""
    database = Database(address)
    upgrade(database)
    try:
        with database.writing() as connection:
            author = Author(_OWNER, workspace(connection, _WORKSPACE, make=True))
        facts = 0
        for one in enter_many(database, author, made):
            assert isinstance(one, Accepted), one
            facts += one.new
        return facts
    finally:
        database.close()


def _loaded(where: str, address: str) -> tuple[str, float, float, str]:
    made = [ReportFile(report) for report in reports(COUNT)]
    start = time.perf_counter()
    facts = entered(address, made)
    seconds = time.perf_counter() - start
    assert facts >= FACTS, facts
    detail = (
        f"{seconds:.0f} s for {facts:,} facts in {COUNT:,} reports, {COUNT / seconds:.0f} reports a second"
    )
    return f"loading {where} / 1 minute", seconds / 60, 5.0, detail


@contextmanager
def _served(address: str, folder: Path) -> Iterator[dict[str, str]]:
    """A server over a database; yield the environment of a person who uses it."""
    administration = Administration(address, "the bench")
    administration.set_member(_WORKSPACE, _OWNER, "owner")
    token = administration.make_token(_OWNER, "bench", 1)
    with Server(address) as server:
        yield {
            "MARKETBOOK_CATALOG": server.url,
            "MARKETBOOK_TOKEN": token,
            "XDG_DATA_HOME": str(folder / "data"),
        }


def _copied(environment: dict[str, str]) -> tuple[str, float, float, str]:
    from markets.catalogs.copies.serving import copy_of
    from markets.catalogs.copies.updating import update_from_server

    with patch.dict(os.environ, environment):
        copy = copy_of(environment["MARKETBOOK_CATALOG"]).copy
        start = time.perf_counter()
        update_from_server(copy)
        first, megabytes = time.perf_counter() - start, copy.path.stat().st_size / 1e6
        start = time.perf_counter()
        update_from_server(copy)
        later = time.perf_counter() - start
    detail = f"{first:.0f} s, a file of {megabytes:.0f} MB; where nothing is new {later * 1e3:.0f} ms"
    return "fetching the copy of a server for the first time / 1 minute", first / 60, 5.0, detail


def _served_to_many(where: str, address: str) -> tuple[str, float, float, str]:
    """A minute of many clients. Any error, and any row that disagrees afterwards, is over the limit."""
    done = load(address, _CLIENTS, _SECONDS)
    assert not done.errors, done.errors[0]
    assert not done.disagreements, done.disagreements[0]
    middle = percentile([one.seconds for one in done.answered], 50)
    return (
        f"99 of 100 requests of {_CLIENTS} clients to a server with {where} / {LIMIT * 1e3:.0f} ms",
        done.p99 / LIMIT,
        1.0,
        f"{done.p99 * 1e3:.0f} ms, half of them {middle * 1e3:.0f} ms, {done.a_second:.0f} requests a second "
        f"(without pauses {done.most:.0f}); no error; {done.counts}; server {max(done.memory):.0f} MB",
    )


def _rows(where: str, asked: dict[str, Any], folder: dict[str, Any]) -> list[tuple[str, float, float, str]]:
    limit = _MARKET if "copy" in where else float("inf")
    market = f"{asked['each'] * 1e3:.1f} ms, the slowest of 100 {asked['worst'] * 1e3:.1f} ms"
    return [
        (
            f"first answer from {where} / 1 s",
            asked["first"] / _FIRST,
            1.0,
            f"{asked['first']:.2f} s; {asked['whole']:.2f} s from the start of Python",
        ),
        (
            f"memory for {where} / {_MEMORY:.0f} MB",
            asked["memory"] / _MEMORY,
            1.0,
            f"{asked['memory']:.0f} MB",
        ),
        (
            f"a market asked for the first time from {where} / 5 ms",
            asked["each"] / _MARKET,
            limit / _MARKET,
            market,
        ),
        (
            f"a scalar call asked before, {where} / a folder",
            asked["again"] / folder["again"],
            _SAME,
            f"{asked['again'] * 1e9:.0f} ns against {folder['again'] * 1e9:.0f} ns",
        ),
    ]


def _asked(names: list[str], **environment: str) -> dict[str, float]:
    """Ask in fresh processes, which find the files in the system's cache; return the medians."""
    rounds = [_asked_once(names, environment) for _ in range(_ROUNDS)]
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def _asked_once(names: list[str], environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        input=json.dumps([time.time(), names]),
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert not done.returncode, done.stderr
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    for label, ratio, limit, detail in measure():
        print(f"{'OVER ' if ratio > limit else ''}{label}: {ratio:.2f} (limit {limit:g}): {detail}")

"""`python -m tests.load`: many clients at a real server; exit code 1 after an error, or if it is too slow."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from markets.catalogs.files import ReportFile
from tests.bench.reports import reports
from tests.bench.team import entered
from tests.load.load import LIMIT, THINK, Load, load, percentile
from tests.postgresql import Postgres

_SHOWN = 10


def main() -> int:
    """Load a server, and print how it did."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=THINK, help="mean pause of a client in seconds")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--reports", type=int, default=2_000, help="reports in the database at first")
    given = parser.parse_args()
    with _database(given.database) as address:
        entered(address, (ReportFile(report) for report in reports(given.reports)))
        done = load(address, given.clients, given.seconds, given.think)
    show(done, f"{given.clients} clients, {given.database}, {given.reports:,} reports")
    return int(is_bad(done))


def is_bad(done: Load) -> bool:
    """Whether something failed, was too slow, or disagrees."""
    return bool(done.errors or done.disagreements or done.p99 > LIMIT)


def show(done: Load, title: str) -> None:
    """Print what each route took, and what went wrong."""
    table = Table("route", "requests", "p50", "p95", "p99", "max", "errors", box=box.SIMPLE_HEAD, title=title)
    every = [one.seconds for one in done.answered]
    errors = sum(bool(one.error) for one in done.answered)
    for route, seconds, failed in (*done.by_route(), ("all", every, errors)):
        taken = [*(percentile(seconds, percent) for percent in (50, 95, 99)), max(seconds, default=0.0)]
        table.add_row(route, f"{len(seconds):,}", *(f"{each * 1e3:.0f} ms" for each in taken), str(failed))
    console = Console(width=120)
    console.print(table)
    console.print(
        f"{done.a_second:.0f} requests a second; without pauses {done.most:.0f}. "
        f"The server held {max(done.memory, default=0):.0f} MB at most. {done.counts}."
    )
    for one in done.errors[:_SHOWN]:
        console.print(f"ERROR {one.route}: {one.error}", markup=False)
    for each in done.disagreements[:_SHOWN]:
        console.print(f"DISAGREEMENT {each}", markup=False)


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'load.db'}"
    else:
        with Postgres() as postgres:
            yield postgres.database("load")


if __name__ == "__main__":
    sys.exit(main())

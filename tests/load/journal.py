"""What clients have sent to change a catalog, and whether the server acknowledged it."""

import random
from collections.abc import Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from markets.catalogs.statements import Statement, statements
from markets.catalogs.wire import Submitted
from tests.bench.reports import reports


class Sent(Struct):
    """A request by its id: a report, or the correction of a fact. It is `acknowledged` by its answer.

    `changes_something`: the answer says so. A report that was sent before changes nothing.
    """

    request: str
    report: Submitted | None = None
    fact: int = 0
    statement: Statement | None = None
    edition: int = 0
    is_acknowledged: bool = False
    changes_something: bool = False


def new_reports(owner: str, seed: int) -> Iterator[Submitted]:
    """Yield reports of about 50 facts as a client sends them, of markets that nobody else has."""
    for number, report in enumerate(reports(1_000_000, seed)):
        market = replace(report.market, name=f"{report.market.name} of {owner}")
        yield Submitted(
            source=report.source,
            market=market,
            statements=tuple(statements(report)),
            file=f"{number:06d}.toml",
            mark=f"{hash_of(owner, number):064x}",
        )


def hash_of(owner: str, number: int) -> int:
    """Return what stands for the text from which a report was imported."""
    return random.Random(f"{owner} {number}").getrandbits(256)


def revised(report: Submitted, chance: random.Random) -> Submitted:
    """Return a report read again: one figure is another, and a player is gone or new."""
    rows = list(report.statements)
    at = chance.choice([at for at, row in enumerate(rows) if row.kind in ("size", "share", "cagr")])
    rows[at] = corrected(rows[at], chance)
    players = [at for at, row in enumerate(rows) if row.kind == "player"]
    if chance.random() < 0.5:
        del rows[players[-1]]
    else:
        name = f"Newcomer {chance.randrange(10**9)}"
        rows.insert(players[-1] + 1, replace(rows[players[-1]], name=name))
    return msgspec.structs.replace(report, statements=tuple(rows))


def corrected(row: Statement, chance: random.Random) -> Statement:
    """Return a fact with another figure."""
    return replace(row, value=f"{chance.uniform(1, 30):.3f}")

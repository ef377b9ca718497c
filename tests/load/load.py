"""A load on a real server: what each route took, and whether the database agrees with what was told."""

import itertools
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from markets.catalogs.wire import Role
from tests.load import agreement, clients, house
from tests.load.journal import Sent
from tests.load.person import Answered, Task
from tests.server import Server

LIMIT = 0.25
"""Seconds within which 99 of 100 requests must be answered."""

THINK = 1.0
"""The mean pause of a client. Programs ask every five minutes and people more rarely than every second."""

_CLOSED_SECONDS = 10.0
_ROLES: tuple[Role, ...] = ("editor", "reader", "reader")
_SAMPLE_SECONDS = 0.5


@dataclass
class Load:
    """What happened: answers with pauses, then without any, memory of the server, and disagreements."""

    seconds: float
    answered: list[Answered]
    closed: list[Answered]
    disagreements: list[str]
    counts: str
    memory: list[float] = field(default_factory=list)

    @property
    def errors(self) -> list[Answered]:
        """The requests that failed."""
        return [one for one in (*self.answered, *self.closed) if one.error]

    @property
    def p99(self) -> float:
        """The seconds within which 99 of 100 requests were answered."""
        return percentile([one.seconds for one in self.answered], 99)

    @property
    def a_second(self) -> float:
        """The requests a second, with pauses."""
        return len(self.answered) / self.seconds

    @property
    def most(self) -> float:
        """The requests a second of clients that do not pause."""
        return len(self.closed) / _CLOSED_SECONDS

    def by_route(self) -> Iterator[tuple[str, list[float], int]]:
        """Yield each route with its seconds and the number of its errors."""
        found: dict[str, list[Answered]] = defaultdict(list)
        for one in self.answered:
            found[one.route].append(one)
        for route, answers in sorted(found.items()):
            yield route, [one.seconds for one in answers], sum(bool(one.error) for one in answers)


def load(address: str, count: int, seconds: float, think: float = THINK) -> Load:
    """Let so many clients use a server of that database; it has the reports that are in it already."""
    roles = list(itertools.islice(itertools.cycle(_ROLES), count))
    tokens = house.invited(address, roles)
    journal: list[Sent] = []
    with Server(address) as server, _sampled(server.pid) as memory:
        told = [
            clients.run(_tasks(server.url, address, roles, tokens, kind, lasts, pause))
            for kind, lasts, pause in (("open", seconds, think), ("closed", _CLOSED_SECONDS, 0.0))
        ]
        for one in told:
            journal += one.journal
    found = agreement.disagreements(address, journal)
    return Load(seconds, told[0].answered, told[1].answered, found, agreement.counts(address), memory)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many percent do not exceed.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 50), percentile([7.0], 99)
    (2.0, 7.0)
    """
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)] if ordered else 0.0


def _tasks(
    url: str,
    address: str,
    roles: Sequence[Role],
    tokens: Sequence[str],
    kind: str,
    seconds: float,
    think: float,
) -> list[Task]:
    cursor, editions = house.newest(address), house.editions(address)
    return [
        Task(url, token, f"{kind} {number}", role == "editor", seconds, think, cursor, editions)
        for number, (role, token) in enumerate(zip(roles, tokens, strict=True))
    ]


@contextmanager
def _sampled(pid: int) -> Iterator[list[float]]:
    """Sample the memory of a process in MB."""
    samples: list[float] = []
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(_SAMPLE_SECONDS):
            samples.append(_memory(pid))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

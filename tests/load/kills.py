"""Kills of a server and of PostgreSQL during imports: each import is whole or absent, and none is lost."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

import httpx
import msgspec

from markets.catalogs.wire import Accepted, Submitted
from tests.load import agreement, house
from tests.load.house import WORKSPACE
from tests.load.journal import Sent, new_reports, revised
from tests.postgresql import Postgres
from tests.server import Server

_CLIENTS = 4
_LONGEST_PAUSE = 0.4
_RETRY_SECONDS = 0.05
_READY_SECONDS = 30.0
_END_SECONDS = 30.0
_TARGETS = ("server", "postgresql", "server", "postgresql", "both")


@dataclass
class Kills:
    """What was killed how often, what clients sent meanwhile, and what disagrees afterwards."""

    killed: Counter[str] = field(default_factory=Counter)
    journal: list[Sent] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)

    @property
    def interrupted(self) -> int:
        """The requests that got no answer, or one that the database is away."""
        return sum(not one.is_acknowledged for one in self.journal)

    @property
    def acknowledged(self) -> int:
        """The requests that were answered."""
        return sum(one.is_acknowledged for one in self.journal)


def kill(postgres: Postgres, address: str, times: int, seed: int = 1) -> Kills:
    """Kill a server, PostgreSQL or both so many times, each time while clients import."""
    chance, done = random.Random(seed), Kills()
    tokens = house.invited(address, ["editor"] * _CLIENTS)
    with Server(address) as server:
        importers = [Importer(server, token, f"{seed} {number}") for number, token in enumerate(tokens)]
        for importer in importers:
            importer.start()
        try:
            for number in range(times):
                _await_progress(importers)
                time.sleep(chance.uniform(0, _LONGEST_PAUSE))
                target = _TARGETS[number % len(_TARGETS)]
                _kill_and_start(target, server, postgres)
                done.killed[target] += 1
                _await_ready(server)
            _await_progress(importers)
        finally:
            for importer in importers:
                importer.ends = True
            for importer in importers:
                importer.join(_END_SECONDS)
        for importer in importers:
            done.journal += importer.journal
            done.refused += importer.refused
    done.disagreements = agreement.disagreements(address, done.journal) + _unsettled(done.journal)
    return done


class Importer(threading.Thread):
    """A client that enters reports and reads them again, and repeats what got no answer."""

    def __init__(self, server: Server, token: str, name: str) -> None:
        super().__init__(daemon=True)
        self.journal: list[Sent] = []
        self.refused: list[str] = []
        self.ends = False
        self.done = 0
        self._server = server
        self._token = token
        self._chance = random.Random(name)
        self._new = new_reports(name, self._chance.randrange(10**9))
        self._numbers = (f"{name.replace(' ', '-')}-{number}" for number in count())

    def run(self) -> None:
        """Import until told to end; the last import is seen through."""
        with self._server.client(self._token) as client:
            last: Submitted | None = None
            while not self.ends:
                is_new = last is None or self._chance.random() < 0.7
                report = next(self._new) if is_new or last is None else revised(last, self._chance)
                while not self._is_sent(client, report, is_new):
                    time.sleep(_RETRY_SECONDS)
                last, self.done = report, self.done + 1

    def _is_sent(self, client: httpx.Client, report: Submitted, is_new: bool) -> bool:
        """Send a report once; return whether the answer was not a failure of the moment."""
        sent = Sent(next(self._numbers), report)
        self.journal.append(sent)
        try:
            response = client.post(
                f"{self._server.url}/api/workspaces/{WORKSPACE}/reports",
                params={} if is_new else {"revise": "true"},
                content=msgspec.json.encode(report),
                headers={"X-Request-ID": sent.request, "Content-Type": "application/json"},
            )
        except httpx.ConnectError:
            self.journal.pop()  # it has not left
            return False
        except httpx.TransportError:
            return False
        if response.status_code == 503:
            return False
        if not response.is_success:
            self.refused.append(f"{response.status_code} {response.text[:300]}")
            return True
        accepted = msgspec.json.decode(response.content, type=Accepted)
        sent.edition, sent.is_acknowledged = accepted.edition, True
        sent.changes_something = accepted.is_first or bool(
            accepted.new or accepted.revised or accepted.withdrawn
        )
        return True


def _kill_and_start(target: str, server: Server, postgres: Postgres) -> None:
    """Kill, and start again. The server goes on by itself after PostgreSQL has come back."""
    if target in ("server", "both"):
        server.kill()
    if target in ("postgresql", "both"):
        postgres.kill()
        postgres.start()
    if target in ("server", "both"):
        server.start()


def _await_progress(importers: list[Importer]) -> None:
    """Wait until another import is acknowledged, so that each kill meets clients at work."""
    before, deadline = sum(one.done for one in importers), time.monotonic() + _READY_SECONDS
    while sum(one.done for one in importers) <= before:
        assert time.monotonic() < deadline, "No import was acknowledged any more."
        assert all(one.is_alive() for one in importers), "A client has failed."
        time.sleep(0.01)


def _await_ready(server: Server) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    with server.client() as client:
        while client.get("/ready").status_code != 200:
            assert time.monotonic() < deadline, "The server was not ready again."
            time.sleep(0.02)


def _unsettled(journal: list[Sent]) -> list[str]:
    """Every report was sent again until it was acknowledged."""
    settled = {_key(one) for one in journal if one.is_acknowledged}
    return [f"{one.request} was never acknowledged" for one in journal if _key(one) not in settled]


def _key(one: Sent) -> tuple[str, ...]:
    assert one.report is not None
    return (one.report.market.name, str(one.report.source.date), one.report.source.publisher)

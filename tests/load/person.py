"""A client: a person at a program that asks a server, thinks, and asks again."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from markets.catalogs.records import Record
from markets.catalogs.wire import Accepted, Correction, Submitted
from tests.load.house import WORKSPACE, Cursor
from tests.load.journal import Sent, corrected, new_reports, revised

_WORDS = (
    "Imaging",
    "solar pump",
    "Marine Valve",
    "Cloud Analytics Software",
    "batery",
    "Fiber Devices",
    "organic",
)
_REMEMBERED = 50
_SEARCH_LIMIT = 50


class Answered(Struct, frozen=True):
    """A request by its route, how long it took, and what was wrong with its answer."""

    route: str
    seconds: float
    error: str = ""


class Task(Struct, frozen=True):
    """What a client is to do. `think`: the mean pause in seconds; pauses are as irregular as people are."""

    url: str
    token: str
    name: str
    is_editor: bool
    seconds: float
    think: float
    cursor: Cursor
    editions: int


class _Page(Struct):
    until: int
    stamp: msgspec.Raw
    records: list[msgspec.Raw]


class Person:
    """One client, its copy's place in the updates, the reports that it has entered, and what it was told."""

    def __init__(self, task: Task) -> None:
        self.answered: list[Answered] = []
        self.journal: list[Sent] = []
        self._task = task
        self._chance = random.Random(task.name)
        self._new = new_reports(task.name, self._chance.randrange(10**9))
        self._cursors = deque([(task.cursor.until, _text(task.cursor))], _REMEMBERED)
        self._own: dict[int, Submitted] = {}
        self._http = httpx.AsyncClient(
            base_url=task.url,
            headers={"Authorization": f"Bearer {task.token}"},
            timeout=30,
            trust_env=False,
        )

    async def use(self) -> None:
        """Ask and think until the time is over."""
        doing: dict[Callable[[], Awaitable[None]], int] = {
            self._update: 50,
            self._update_after_a_while: 5,
            self._greet: 5,
            self._search: 15,
            self._read: 12,
            self._look_back: 5,
        }
        if self._task.is_editor:
            doing |= {self._enter: 8, self._revise: 4, self._correct: 8}
        ends = time.monotonic() + self._task.seconds
        async with self._http:
            await self._pause()
            while time.monotonic() < ends:
                (act,) = self._chance.choices(list(doing), list(doing.values()))
                await act()
                await self._pause()

    async def _pause(self) -> None:
        if self._task.think:
            await asyncio.sleep(self._chance.expovariate(1 / self._task.think))

    async def _update(self) -> None:
        """Ask for updates where the last ones ended, as a program does every few minutes."""
        await self._updates(*self._cursors[-1])

    async def _update_after_a_while(self) -> None:
        """Ask for updates after a longer pause."""
        await self._updates(*self._cursors[0])

    async def _updates(self, until: int, stamp: str) -> None:
        asked = {"since": until, "limit": 500, **({"stamp": stamp} if stamp else {})}
        body = await self._ask("updates", "GET", f"/api/workspaces/{WORKSPACE}/updates", asked)
        if body:
            page = msgspec.json.decode(body, type=_Page)
            self._rename("updates, nothing new" if not page.records else "updates with news")
            self._cursors.append((page.until, msgspec.json.decode(page.stamp) or ""))

    async def _greet(self) -> None:
        await self._ask("me", "GET", "/api/me")

    async def _search(self) -> None:
        asked = {"search": self._chance.choice(_WORDS), "limit": _SEARCH_LIMIT}
        await self._ask("search", "GET", "/api/markets", asked)

    async def _read(self) -> None:
        await self._ask("read an edition", "GET", f"/api/editions/{self._any_edition()}")

    async def _look_back(self) -> None:
        await self._ask("history", "GET", f"/api/editions/{self._any_edition()}/history")

    def _any_edition(self) -> int:
        own = list(self._own)
        if own and (not self._task.editions or self._chance.random() < 0.2):
            return self._chance.choice(own)
        return self._chance.randint(1, max(self._task.editions, 1))

    async def _enter(self) -> None:
        await self._submit("import", next(self._new))

    async def _revise(self) -> None:
        if self._own:
            edition = self._chance.choice(list(self._own))
            await self._submit("import again", revised(self._own[edition], self._chance), revise="true")

    async def _submit(self, route: str, report: Submitted, **asked: str) -> None:
        sent = Sent(self._new_id(), report)
        path = f"/api/workspaces/{WORKSPACE}/reports"
        if body := await self._send(route, path, report, sent, asked):
            accepted = msgspec.json.decode(body, type=Accepted)
            sent.edition, sent.is_acknowledged = accepted.edition, True
            sent.changes_something = bool(
                accepted.is_first or accepted.new or accepted.revised or accepted.withdrawn
            )
            self._own[accepted.edition] = report

    async def _correct(self) -> None:
        """Look at an edition, and correct one of its figures: of the client's own, or of anyone's."""
        edition = self._any_edition()
        if not (body := await self._ask("read an edition", "GET", f"/api/editions/{edition}")):
            return
        record = msgspec.json.decode(body, type=Record)
        stated = [
            one for one in record.at() if one.statement and one.statement.kind in ("size", "share", "cagr")
        ]
        one = self._chance.choice(stated)
        assert one.statement is not None
        statement = corrected(one.statement, self._chance)
        sent = Sent(self._new_id(), fact=one.fact, statement=statement, edition=edition)
        path = f"/api/editions/{edition}/facts/{one.fact}/corrections"
        if await self._send("correction", path, Correction(one.number, statement, "as printed"), sent):
            sent.is_acknowledged = sent.changes_something = True
            self._own.pop(edition, None)  # reading the text again would take the correction back

    async def _send(
        self, route: str, path: str, body: Any, sent: Sent, asked: dict[str, str] | None = None
    ) -> bytes | None:
        self.journal.append(sent)
        headers = {"X-Request-ID": sent.request, "Content-Type": "application/json"}
        content = msgspec.json.encode(body)
        return await self._ask(route, "POST", path, asked, content=content, headers=headers)

    async def _ask(
        self, route: str, method: str, path: str, asked: dict[str, Any] | None = None, **more: Any
    ) -> bytes | None:
        """Return the answer's body; None after a failure, which is noted."""
        start = time.perf_counter()
        try:
            response = await self._http.request(method, path, params=asked, **more)
        except httpx.HTTPError as error:
            self.answered.append(Answered(route, time.perf_counter() - start, repr(error)))
            return None
        seconds = time.perf_counter() - start
        if response.is_success:
            self.answered.append(Answered(route, seconds))
            return response.content
        is_conflict = response.status_code == 409 and route == "correction"  # somebody was faster
        if is_conflict:
            self.answered.append(Answered(f"{route}, conflict", seconds))
        else:
            self.answered.append(Answered(route, seconds, f"{response.status_code} {response.text[:200]}"))
        return None

    def _rename(self, route: str) -> None:
        self.answered[-1] = msgspec.structs.replace(self.answered[-1], route=route)

    def _new_id(self) -> str:
        return f"{self._chance.getrandbits(64):016x}"


def _text(cursor: Cursor) -> str:
    return cursor.stamp.isoformat() if cursor.stamp else ""

"""Every route of the server, what each kind of asker should get from it, and the table of what they got."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import msgspec
from litestar.routes import HTTPRoute

from addin.server.app import create_app
from addin.server.asking import CSRF_FIELD, csrf_of
from addin.server.settings import Settings
from markets.catalogs.database import keys, people, writing
from markets.catalogs.database.reading import record
from tests.addin.server.team import EVERYBODY, MARK, WORKSPACE, Team, dated, excels_token, submitted

ASKERS = ("none", "wrong", "revoked", "expired", "stranger", "reader", "editor", "owner")
"""Without a token, with one that opens nothing, and people; the stranger owns another workspace."""

PROGRAMS = (*ASKERS, "excel")
"""Who asks by a token. Excel's is of an owner, and reads only."""

_NUMBERS = count(1)

Expected = Mapping[str, int]


@dataclass(frozen=True)
class Route:
    """A method and a path; `prepare` returns the path and the body of one request, as `httpx` takes it."""

    expected: Expected
    prepare: Callable[[Team, str], tuple[str, dict[str, Any]]]

    def status(self, method: str, path: str, asker: str) -> int:
        """Return which status the answer should have."""
        if asker != "excel":
            return self.expected[asker]
        if not path.startswith("/api/"):
            return self.expected["none"]
        may = method == "GET" or path.startswith("/api/excel/")
        return self.expected["owner"] if may else 403


def every_route() -> list[tuple[str, str]]:
    """Every method and path of the application itself."""
    routes = create_app(Settings("nowhere.db", "http://localhost")).routes
    return sorted(
        (str(method), route.path_format)
        for route in routes.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in ("OPTIONS", "HEAD")
    )


@dataclass
class Table:
    """The answers, route by asker."""

    answers: dict[tuple[str, str], dict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def note(self, method: str, path: str, asker: str, status: int) -> None:
        self.answers[path, method][asker].add(status)

    def lines(self) -> list[str]:
        width = max(len(f"{method} {path}") for path, method in self.answers) + 2
        rows = ["".ljust(width) + "".join(asker.rjust(10) for asker in PROGRAMS)]
        for (path, method), got in sorted(self.answers.items()):
            cells = ["/".join(map(str, sorted(got.get(asker, ())))) or "-" for asker in PROGRAMS]
            rows.append(f"{method} {path}".ljust(width) + "".join(cell.rjust(10) for cell in cells))
        return rows


def _by(nobody: int, stranger: int, reader: int, editor: int, owner: int) -> Expected:
    keys = dict.fromkeys(("none", "wrong", "revoked", "expired"), nobody)
    return {**keys, "stranger": stranger, "reader": reader, "editor": editor, "owner": owner}


def _plain(path: str, **request: Any) -> Callable[[Team, str], tuple[str, dict[str, Any]]]:
    def prepare(team: Team, _: str) -> tuple[str, dict[str, Any]]:
        return path.format(workspace=WORKSPACE, edition=team.edition, mark=MARK), request

    return prepare


def _report(_: Team, asker: str) -> tuple[str, dict[str, Any]]:
    day = f"20{10 + next(_NUMBERS) % 80}-01-01"
    return f"/api/workspaces/{WORKSPACE}/reports", {"json": submitted(dated(day)), "params": {"revise": True}}


def _correction(team: Team, asker: str) -> tuple[str, dict[str, Any]]:
    with team.database.reading() as connection:
        now = record(connection, team.edition).at()[0]
    changed = f"{next(_NUMBERS)}.5"
    body = {"seen": now.number, "statement": {**_plain_statement(now.statement), "value": changed}}
    return f"/api/editions/{team.edition}/facts/{now.fact}/corrections", {"json": body}


def _addition(team: Team, _: str) -> tuple[str, dict[str, Any]]:
    statement = {"kind": "player", "name": f"Newcomer {next(_NUMBERS)}", "at": "line 9"}
    return f"/api/editions/{team.edition}/facts", {"json": {"statement": statement}}


def _withdrawal(team: Team, _: str) -> tuple[str, dict[str, Any]]:
    entered = dated(f"19{10 + next(_NUMBERS) % 80}-01-01")
    with team.database.writing() as connection:
        author = writing.Author(team.email("owner"), writing.workspace(connection, WORKSPACE))
        done = writing.enter(connection, author, entered)
    return f"/api/editions/{done.edition}/withdrawal", {"json": {"why": "another market"}}


def _member(team: Team, _: str) -> tuple[str, dict[str, Any]]:
    email = f"guest{next(_NUMBERS)}@example.com"
    with team.database.writing() as connection:
        guest = people.invited(connection, email)
        people.set_role(connection, writing.workspace(connection, WORKSPACE), guest, "reader")
    return f"/api/workspaces/{WORKSPACE}/members/{email}", {}


def _role(team: Team, asker: str) -> tuple[str, dict[str, Any]]:
    return _member(team, asker)[0], {"json": {"role": "editor"}}


def _token(team: Team, asker: str) -> tuple[str, dict[str, Any]]:
    """A token of the asker's own; of the owner's for who is nobody."""
    who = asker if asker in ("stranger", "reader", "editor", "owner") else "owner"
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    with team.database.writing() as connection:
        made, _ = keys.make_token(connection, team.person(who), "to revoke", ends)
    return f"/api/tokens/{made.id}", {}


def _sign_out_in_excel(team: Team, asker: str) -> tuple[str, dict[str, Any]]:
    """Excel's request: with a token that it has got from who asks."""
    if asker not in EVERYBODY and asker != "excel":
        return "/api/excel/sign-out", {}
    with team.database.writing() as connection:
        token = excels_token(connection, team.person("owner" if asker == "excel" else asker))
    return "/api/excel/sign-out", {"headers": {"Authorization": f"Bearer {token}"}}


def _sign_out(team: Team, asker: str) -> tuple[str, dict[str, Any]]:
    """A browser's request: with a session of its own, or a key that opens nothing."""
    secret = team.sessions.get(asker, "")
    if asker in EVERYBODY:
        with team.database.writing() as connection:
            secret = keys.start_session(connection, team.person(asker), datetime.timedelta(days=1))
    headers = {"Cookie": f"marketbook-session={secret}", "Authorization": ""}
    return "/sign-out", {"headers": headers, "data": {CSRF_FIELD: csrf_of(secret)}}


def _plain_statement(statement: Any) -> dict[str, Any]:
    return dict(msgspec.to_builtins(statement))


_OPEN = _by(200, 200, 200, 200, 200)
_OWN = _by(401, 200, 200, 200, 200)
_READ = _by(401, 404, 200, 200, 200)
_OWNER = _by(401, 404, 403, 403, 200)
_MARKET = "Espresso Machines (Europe)"
_CALLS = {"groups": [{"function": "MARKET_SIZE", "count": 1, "arguments": [[_MARKET], [2024]]}]}
_REFRESH = {"sheets": [], "names": {}, "records": {}, "market": _MARKET}
_TEXT = b"The Tea Market was worth USD 2 billion in 2023. It will reach USD 3 billion by 2030."

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/health"): Route(_OPEN, _plain("/health")),
    ("GET", "/ready"): Route(_OPEN, _plain("/ready")),
    ("GET", "/metrics"): Route(_OPEN, _plain("/metrics")),
    ("GET", "/docs"): Route(_OPEN, _plain("/docs")),
    ("GET", "/docs/openapi.json"): Route(_OPEN, _plain("/docs/openapi.json")),
    ("GET", "/docs/{path}"): Route(_by(404, 404, 404, 404, 404), _plain("/docs/nothing")),
    ("GET", "/sign-in"): Route(_by(503, 503, 503, 503, 503), _plain("/sign-in")),  # without a provider
    ("GET", "/sign-in/callback"): Route(
        _by(403, 403, 403, 403, 403), _plain("/sign-in/callback?code=guessed&state=guessed")
    ),
    ("GET", "/signed-out"): Route(_OPEN, _plain("/signed-out")),
    ("POST", "/sign-out"): Route(_by(401, 303, 303, 303, 303), _sign_out),
    ("GET", "/api/me"): Route(_OWN, _plain("/api/me")),
    ("GET", "/api/markets"): Route(_OWN, _plain("/api/markets", params={"search": "espresso"})),
    ("GET", "/api/tokens"): Route(_OWN, _plain("/api/tokens")),
    ("DELETE", "/api/tokens/{token}"): Route(_by(401, 204, 204, 204, 204), _token),
    ("GET", "/api/editions/{edition}"): Route(_READ, _plain("/api/editions/{edition}")),
    ("GET", "/api/editions/{edition}/history"): Route(_READ, _plain("/api/editions/{edition}/history")),
    ("POST", "/api/editions/{edition}/facts"): Route(_by(401, 404, 403, 201, 201), _addition),
    ("POST", "/api/editions/{edition}/facts/{fact}/corrections"): Route(
        _by(401, 404, 403, 201, 201), _correction
    ),
    ("POST", "/api/editions/{edition}/withdrawal"): Route(_by(401, 404, 403, 201, 201), _withdrawal),
    ("GET", "/api/excel/me"): Route(_OWN, _plain("/api/excel/me")),
    ("POST", "/api/excel/calls"): Route(_OWN, _plain("/api/excel/calls", json=_CALLS)),
    ("GET", "/api/excel/markets"): Route(_OWN, _plain("/api/excel/markets", params={"search": "espresso"})),
    ("GET", "/api/excel/market"): Route(_OWN, _plain("/api/excel/market", params={"name": _MARKET})),
    ("POST", "/api/excel/refresh"): Route(_OWN, _plain("/api/excel/refresh", json=_REFRESH)),
    ("POST", "/api/excel/sign-out"): Route(_OWN, _sign_out_in_excel),
    ("GET", "/api/workspaces/{workspace}/updates"): Route(
        _READ, _plain("/api/workspaces/{workspace}/updates")
    ),
    ("GET", "/api/workspaces/{workspace}/marks/{mark}"): Route(
        _READ, _plain("/api/workspaces/{workspace}/marks/{mark}")
    ),
    ("POST", "/api/workspaces/{workspace}/reports"): Route(_by(401, 404, 403, 201, 201), _report),
    ("POST", "/api/workspaces/{workspace}/drafts"): Route(
        _by(401, 404, 403, 200, 200),
        _plain("/api/workspaces/{workspace}/drafts", content=_TEXT, params={"name": "tea.txt"}),
    ),
    ("GET", "/api/workspaces/{workspace}/members"): Route(
        _OWNER, _plain("/api/workspaces/{workspace}/members")
    ),
    ("PUT", "/api/workspaces/{workspace}/members/{email}"): Route(_OWNER, _role),
    ("DELETE", "/api/workspaces/{workspace}/members/{email}"): Route(_by(401, 404, 403, 403, 204), _member),
    ("GET", "/api/workspaces/{workspace}/audit"): Route(_OWNER, _plain("/api/workspaces/{workspace}/audit")),
}

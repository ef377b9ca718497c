"""Every page with every role and with none; what readers and strangers send is refused and noted."""

import datetime
from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from addin.server.failures import is_for_programs
from markets.catalogs.database import keys, writing
from markets.catalogs.database.reading import record
from tests.addin.server.pages.asking import asking, form
from tests.addin.server.routes import ASKERS, Table, every_route
from tests.addin.server.team import EVERYBODY, WORKSPACE, Team
from tests.server import Server

NOBODY = ("none", "wrong", "revoked", "expired")
SIGN_IN = ("/sign-", "/signed-")
ANYBODYS = ("/static/{name}", "/excel/{path}")
TEXT = "The Tea Market was worth USD 2 billion in 2023. It will reach USD 3 billion by 2030."
_NUMBERS = count(1)


def _by(nobody: int, stranger: int, reader: int, editor: int, owner: int) -> Mapping[str, int]:
    roles = {"stranger": stranger, "reader": reader, "editor": editor, "owner": owner}
    return dict.fromkeys(NOBODY, nobody) | roles


_OWN = _by(303, 200, 200, 200, 200)
_READ = _by(303, 404, 200, 200, 200)
_EDIT = _by(303, 404, 403, 200, 200)
_OWNER = _by(303, 404, 403, 403, 200)
_FACT = "/editions/{edition}/facts/{fact}"
_IN = "/workspaces/{workspace}"

PAGES: dict[tuple[str, str], Mapping[str, int]] = {
    ("GET", "/"): _by(303, 303, 303, 303, 303),
    ("GET", "/markets"): _OWN,
    ("GET", "/changes"): _OWN,
    ("GET", "/workspaces"): _OWN,
    ("GET", "/tokens"): _OWN,
    ("POST", "/tokens"): _by(401, 201, 201, 201, 201),
    ("POST", "/tokens/{token}/revoke"): _by(401, 303, 303, 303, 303),
    ("GET", "/editions/{edition}"): _READ,
    ("GET", _FACT): _READ,
    ("POST", _FACT): _by(401, 404, 403, 303, 303),
    ("GET", f"{_IN}/import"): _EDIT,
    ("POST", f"{_IN}/import"): _by(401, 404, 403, 200, 200),
    ("POST", f"{_IN}/import/draft"): _by(401, 404, 403, 403, 403),  # nobody has a draft that is signed
    ("GET", f"{_IN}/members"): _OWNER,
    ("POST", f"{_IN}/members"): _by(401, 404, 403, 403, 303),
    ("GET", f"{_IN}/audit"): _OWNER,
    ("GET", "/static/{name}"): _by(200, 200, 200, 200, 200),
    ("GET", "/excel"): _by(302, 302, 302, 302, 302),
    ("GET", "/excel/{path}"): _by(200, 200, 200, 200, 200),
    ("GET", "/excel/sign-in"): _by(503, 200, 200, 200, 200),  # without a provider
    ("POST", "/excel/sign-in"): _by(503, 201, 201, 201, 201),
}


def test_what_each_asker_should_get_is_said_of_every_page() -> None:
    pages = [
        (method, path)
        for method, path in every_route()
        if not is_for_programs(path) and not path.startswith(SIGN_IN)
    ]
    assert pages == sorted(PAGES)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize(("method", "path"), sorted(PAGES), ids=lambda part: part)
def test_each_asker_gets_the_pages_of_its_role(
    shared_team: Team, server: Server, table: Table, method: str, path: str, asker: str
) -> None:
    address, fields = _request(shared_team, asker, path)
    with asking(server, shared_team, asker) as client:
        answer = client.request(
            method, address, data=form(shared_team, asker, **fields) if method == "POST" else None
        )
    table.note(method, path, asker, answer.status_code)
    assert answer.status_code == PAGES[method, path][asker], answer.text
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    if answer.status_code in (401, 403, 404) or (answer.status_code == 303 and asker in NOBODY):
        assert noted is not None and noted.is_refused
        assert noted.who == (shared_team.email(asker) if asker in EVERYBODY else "")
    else:
        assert noted is None or not noted.is_refused
    if path not in ANYBODYS:
        assert answer.headers["Cache-Control"] == "no-store"


def _request(team: Team, asker: str, path: str) -> tuple[str, dict[str, Any]]:
    """The address of a page, and the fields of its form."""
    with team.database.reading() as connection:
        now = record(connection, team.edition).at()[0]
    places = {
        "edition": team.edition,
        "fact": now.fact,
        "workspace": WORKSPACE,
        "name": "marketbook.css",
        "path": "functions.json",
    }
    fields: dict[str, Any] = {}
    if path == _FACT:
        assert now.statement is not None
        printed = f"{next(_NUMBERS)}.5"
        fields = {
            "value": printed,
            "year": now.statement.year,
            "at": "page 1",
            "seen": now.number,
            "why": "x",
        }
    elif path.endswith("/import"):
        fields = {"text": TEXT}
    elif path.endswith("/import/draft"):
        fields = {"draft": "forged.e30=", "do": "enter"}
    elif path.endswith("/members"):
        fields = {"email": f"guest{next(_NUMBERS)}@example.com", "role": "reader"}
    elif path == "/tokens":
        fields = {"name": "laptop", "days": "30"}
    elif "{token}" in path:
        places["token"] = _token(team, asker if asker in EVERYBODY else "owner")
    return path.format(**places), fields


def _token(team: Team, who: str) -> int:
    with team.database.writing() as connection:
        ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
        token, _ = keys.make_token(connection, team.person(who), "old", ends)
    return token.id


def test_the_token_of_somebody_else_is_not_there(shared_team: Team, server: Server) -> None:
    token = _token(shared_team, "owner")
    with asking(server, shared_team, "editor") as client:
        answer = client.post(f"/tokens/{token}/revoke", data=form(shared_team, "editor"))
    assert answer.status_code == 404
    with shared_team.database.reading() as connection:
        assert token in [each.id for each in keys.tokens_of(connection, shared_team.person("owner"))]


def test_nobody_changes_what_is_everyones(shared_team: Team, server: Server) -> None:
    fields = form(shared_team, "owner", value="1", year="2020", at="x", seen="1", why="x")
    with asking(server, shared_team, "owner") as client:
        assert "Correct</a>" not in client.get(f"/editions/{shared_team.bundled}").text
        answer = client.post(f"/editions/{shared_team.bundled}/facts/1", data=fields)
        assert answer.status_code == 403 and "come with Marketbook" in answer.text
        assert client.get("/workspaces/bundled/import").status_code == 403
    with shared_team.database.reading() as connection:
        assert writing.workspace(connection, "bundled")
        assert record(connection, shared_team.bundled).at()[0].number == 1

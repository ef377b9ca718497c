"""What Excel's add-in asks of the team's server: each person gets answers from what that person may read."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from markets.catalogs.database import keys, people, writing
from markets.catalogs.database.reading import record
from markets.catalogs.wire import Correction
from tests.addin.server.team import OTHERS, REPORT, Team, dated
from tests.server import Server

MARKET = REPORT.market.name


def size(server: Server, token: str, market: str = MARKET) -> Any:
    """What a cell with MARKET_SIZE of a market gets."""
    batch = {"groups": [{"function": "MARKET_SIZE", "count": 1, "arguments": [[market]]}]}
    with server.client(token) as client:
        answer = client.post("/api/excel/calls", json=batch)
    assert answer.status_code == 200, server.log
    ((value,),) = (group["values"] for group in answer.json()["groups"])
    return value


def test_a_market_of_another_workspace_does_not_exist_for_a_stranger(
    shared_team: Team, server: Server
) -> None:
    secret = _renamed("Secret Gears")
    with shared_team.database.writing() as connection:
        own = writing.workspace(connection, "team")
        writing.enter(connection, writing.Author("owner@example.com", own), secret)

    assert isinstance(size(server, shared_team.tokens["reader"], "Secret Gears"), float)
    refused = size(server, shared_team.tokens["stranger"], "Secret Gears")

    assert refused["error"] == "#N/A"
    assert refused["message"].startswith('No market is called "Secret Gears".')


def test_many_ask_at_once_and_nobody_gets_the_answers_of_another(shared_team: Team, server: Server) -> None:
    with shared_team.database.writing() as connection:
        for name, market in (("team", "Team Gears"), (OTHERS, "Other Gears")):
            workspace = writing.workspace(connection, name)
            writing.enter(connection, writing.Author("owner@example.com", workspace), _renamed(market))

    def ask(number: int) -> tuple[bool, bool]:
        token = shared_team.tokens["reader" if number % 2 else "stranger"]
        own, other = ("Team Gears", "Other Gears")[:: 1 if number % 2 else -1]
        return isinstance(size(server, token, own), float), isinstance(size(server, token, other), dict)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(40))) == {(True, True)}


def test_a_correction_is_in_the_next_answer(shared_team: Team, server: Server) -> None:
    before = size(server, shared_team.tokens["reader"])
    with shared_team.database.reading() as connection:
        now = next(
            one
            for one in record(connection, shared_team.edition).at()
            if one.statement.kind == "size" and one.statement.value == f"{before:g}"
        )
    changed = msgspec.structs.replace(now.statement, value=f"{before * 2:g}")
    correction = Correction(now.number, changed, "a slip")
    with server.client(shared_team.tokens["editor"]) as client:
        answer = client.post(
            f"/api/editions/{shared_team.edition}/facts/{now.fact}/corrections",
            json=msgspec.to_builtins(correction),
        )
    assert answer.status_code < 300, answer.text
    assert size(server, shared_team.tokens["reader"]) == before * 2


def test_who_leaves_a_workspace_gets_no_more_answers_from_it(shared_team: Team, server: Server) -> None:
    with shared_team.database.writing() as connection:
        own = writing.workspace(connection, "team")
        writing.enter(connection, writing.Author("owner@example.com", own), _renamed("Leaving Gears"))
        guest = people.invited(connection, "guest@example.com", "Guest")
        people.set_role(connection, own, guest, "reader")
    token = _token(shared_team, "guest@example.com")
    assert isinstance(size(server, token, "Leaving Gears"), float)

    with shared_team.database.writing() as connection:
        people.remove(connection, own, guest)

    assert size(server, token, "Leaving Gears")["error"] == "#N/A"


def test_cells_that_ask_for_too_much_at_once_are_no_attempt_at_anything(
    shared_team: Team, server: Server
) -> None:
    years = [{"rows": [[2023] * 1000]}]
    batch = {"groups": [{"function": "MARKET_SIZE", "count": 2001, "arguments": [[MARKET], years]}]}
    with server.client(shared_team.tokens["reader"]) as client:
        answer = client.post("/api/excel/calls", json=batch)
    assert answer.status_code == 413
    assert shared_team.entry(answer.headers["X-Request-Id"]) is None


def test_the_pane_knows_who_asks_and_where_the_answers_are_from(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        assert client.get("/api/excel/me").json() == {
            "name": "Reader",
            "place": f"Server {server.url.removeprefix('http://')}",
        }


def test_excel_for_windows_may_keep_an_icon_and_nothing_that_has_data(
    shared_team: Team, server: Server
) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        icon = client.get("/excel/icons/pane-32.png")
        me = client.get("/api/excel/me")
    assert icon.headers["Content-Type"] == "image/png"
    assert not {"cache-control", "pragma", "vary"} & set(icon.headers)
    assert me.headers["Cache-Control"] == "no-store"


def _renamed(market: str) -> Any:
    report = dated("2024-05-01")
    tables = {name: getattr(report, name) for name in report.__struct_fields__ if name != "market"}
    subject = msgspec.structs.replace(report.market, name=market, aliases=())
    return type(report)(**{**tables, "market": subject})


def _token(team: Team, email: str) -> str:
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    with team.database.writing() as connection:
        return keys.make_token(connection, people.person(connection, email), "excel", later)[1]

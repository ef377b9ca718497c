"""Request ids, logs, metrics, readiness, and how the server stops."""

import asyncio
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from addin.server import operations
from addin.server.app import create_app
from addin.server.settings import Settings
from tests.addin.server.pages.asking import asking, form
from tests.addin.server.team import WORKSPACE, Team, dated, submitted, team
from tests.postgresql import Postgres
from tests.server import Server


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Team]:
    made = team(str(tmp_path / "catalog.db"))
    yield made
    made.database.close()


def test_a_request_keeps_the_id_that_it_came_with(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        answer = client.get("/api/me", headers={"X-Request-ID": "proxy-7.a_b"})
        assert answer.headers["X-Request-ID"] == "proxy-7.a_b"
        for bad in ("", "a b", "x" * 65, 'a"}', "<script>"):
            given = client.get("/api/me", headers={"X-Request-ID": bad}).headers["X-Request-ID"]
            assert re.fullmatch("[0-9a-f]{16}", given)
    (line,) = [event for event in server.events if event.get("request") == "proxy-7.a_b"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/me", 200)
    assert line["who"] == shared_team.email("reader")


def test_a_change_is_in_the_audit_log_by_its_request(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["editor"]) as client:
        sent = submitted(dated("2033-01-01"), why="the new edition")
        answer = client.post(
            f"/api/workspaces/{WORKSPACE}/reports", json=sent, headers={"X-Request-ID": "enter-1"}
        )
        assert answer.status_code == 201
    noted = shared_team.entry("enter-1")
    assert noted is not None
    assert (noted.who, noted.action, noted.detail) == (
        shared_team.email("editor"),
        "enter",
        "the new edition",
    )
    assert noted.change is not None and not noted.is_refused


def test_the_log_has_no_secret(shared_team: Team, server: Server) -> None:
    with asking(server, shared_team, "owner") as browser:
        page = browser.post("/tokens", data=form(shared_team, "owner", name="new", days="3")).text
        secrets = re.findall(r"mbk_[\w-]{43}", page)
        assert secrets
    with server.client(shared_team.tokens["owner"]) as client:
        client.post(f"/api/editions/{shared_team.edition}/facts", content=b"{")
    for each in (*secrets, *shared_team.tokens.values(), *shared_team.sessions.values()):
        assert each not in server.log


def test_metrics_are_by_route_not_by_address(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        client.get(f"/api/editions/{shared_team.edition}")
        client.get("/no/such/path")
        client.request("INVENTED", "/no/such/path")
        metrics = client.get("/metrics").text
    route = '{method="GET",route="/api/editions/{edition}",status="200"}'
    assert f"marketbook_requests_total{route}" in metrics
    assert (
        'marketbook_request_seconds_bucket{le="0.25",method="GET",route="/api/editions/{edition}"}' in metrics
    )
    assert "such" not in metrics and "INVENTED" not in metrics
    assert "marketbook_open_requests 1.0" in metrics  # this one


def test_the_documentation_needs_no_other_server(server: Server) -> None:
    with server.client() as client:
        page = client.get("/docs").text
        assert "<script" not in page and not re.search(r"(src|href)=['\"]?(https?:)?//", page)
        assert "POST /api/editions/{edition}/facts/{fact}/corrections" in page
        schema = client.get("/docs/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert {"Record", "Updates", "Submitted", "Correction"} <= {
        name.rpartition("_")[2] for name in schema["components"]["schemas"]
    }


def test_answers_keep_browsers_safe(server: Server) -> None:
    with server.client() as client:
        headers = client.get("/signed-out").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in headers


def test_something_unexpected_is_one_sentence(
    staff: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(operations, "me", broken)
    application = create_app(Settings(staff.address, "http://server"))

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(application.asgi)
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            return await client.get("/api/me", headers={"Authorization": f"Bearer {staff.tokens['owner']}"})

    answer = asyncio.run(asked())
    house = application.routes.state.house
    house.threads.end()
    house.database.close()
    assert answer.status_code == 500
    assert answer.json()["request"] in answer.json()["message"]
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_while_postgresql_is_away_the_server_says_so_and_then_goes_on() -> None:
    with Postgres() as own:
        staff = team(own.database("away"))
        staff.database.close()
        with Server(staff.address) as server, server.client(staff.tokens["editor"]) as client:
            assert client.get("/ready").status_code == 200
            own.stop()
            assert client.get("/health").status_code == 200
            body = {"statement": {"kind": "player", "name": "X", "at": "x"}}
            facts = f"/api/editions/{staff.edition}/facts"
            for method, path in (("GET", "/ready"), ("GET", "/api/me"), ("POST", facts)):
                answer = client.request(method, path, json=body if method == "POST" else None)
                assert answer.status_code == 503, answer.text
                assert answer.headers["Retry-After"]
                assert "does not answer" in answer.json()["message"]
                assert not any(secret in answer.text for secret in _secrets(staff.address))
            assert client.get("/api/me", headers={"Authorization": ""}).status_code == 401
            assert any("not in the audit log" in event["event"] for event in server.events)
            own.start()
            assert client.get("/ready").status_code == 200
            assert client.post(facts, json=body).status_code == 201


def test_a_server_that_stops_ends_what_it_has_begun(staff: Team) -> None:
    answers: list[int] = []
    sent = {"content": b"word " * 400_000, "params": {"name": "long.txt"}}

    with Server(staff.address) as server:

        def ask() -> None:
            with server.client(staff.tokens["editor"]) as client:
                answers.append(client.post(f"/api/workspaces/{WORKSPACE}/drafts", **sent).status_code)  # type: ignore[arg-type]

        asking = threading.Thread(target=ask)
        asking.start()
        _until(
            lambda: (
                b"marketbook_open_requests 2.0" in httpx.get(f"{server.url}/metrics", trust_env=False).content
            )
        )
        server.stop()
        asking.join()
        assert answers in ([200], [422])
        assert "Finished server process" in server.log


def test_a_server_without_a_catalog_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="cannot be opened"), Server(str(tmp_path / "none.db")):
        pass


def _until(happens: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _secrets(address: str) -> list[str]:
    return [address.split(":")[2].split("@")[0]]

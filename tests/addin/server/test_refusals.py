"""Bad input: a request is refused in a sentence with its id, noted if it should be, and changes nothing."""

import datetime
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from markets.catalogs.database import keys
from markets.catalogs.database.tables import changes
from tests.addin.server.team import BUNDLED, MARK, OTHERS, WORKSPACE, Team, dated, submitted
from tests.server import Server

FACTS = "/api/editions/{edition}/facts"
TEXT = b"The market was valued at USD 5 billion in 2024."
HOSTILE = (
    "a\x00b",
    "a\ud800b",
    "\x1b[31mred",
    "\u202eabc",
    "'; DROP TABLE facts; --",
    "=1+1",
    "%_%",
    "💣" * 50,
)


def _changes(team: Team) -> int:
    with team.database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(changes)) or 0


def _post(server: Server, team: Team, path: str, body: Any, who: str = "editor") -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with server.client(team.tokens[who]) as client:
        return client.post(path.format(edition=team.edition), content=content)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"null", 422),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"statement": {"kind": "size"}}', 422),
        (b'{"statement": {"kind": "size", "at": 5}}', 422),
        (b'{"statement": {"kind": "unknown", "at": "x"}}', 422),
        (b'{"statement": {"kind": "size", "at": "x", "surplus": 1}}', 422),
    ],
)
def test_a_body_that_is_not_as_the_route_takes_it(
    shared_team: Team, server: Server, body: bytes, status: int
) -> None:
    before = _changes(shared_team)
    answer = _post(server, shared_team, FACTS, body)
    assert answer.status_code == status, answer.text
    failure = answer.json()
    assert failure["message"].endswith(".") and failure["request"] == answer.headers["X-Request-ID"]
    assert "Traceback" not in answer.text
    assert _changes(shared_team) == before


@pytest.mark.parametrize(
    "statement",
    [
        {"kind": "size", "value": "8.6", "at": "x"},
        {"kind": "size", "value": "a lot", "year": 2023, "at": "x"},
        {"kind": "size", "value": "-5", "year": 2023, "at": "x"},
        {"kind": "size", "value": "9" * 400, "year": 2023, "at": "x"},
        {"kind": "size", "value": "8.6", "year": 10**30, "at": "x"},
        {"kind": "ranking", "segment": "Nobody", "by": "size", "rank": 10**30, "at": "x"},
        {"kind": "share", "value": "140", "segment": "Nobody", "year": 2023, "at": "x"},
        {"kind": "player", "name": "", "at": "x"},
        {"kind": "player", "name": "a\x00b", "at": "x"},
        {"kind": "player", "name": "x" * 5000, "at": "x"},
    ],
)
def test_a_fact_that_fails_the_checks(shared_team: Team, server: Server, statement: dict[str, Any]) -> None:
    before = _changes(shared_team)
    answer = _post(server, shared_team, FACTS, {"statement": statement})
    assert answer.status_code == 422, answer.text
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused and noted.who == shared_team.email("editor")
    assert _changes(shared_team) == before


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_kept_as_it_is_or_refused(shared_team: Team, server: Server, text: str) -> None:
    """In every field that a person can send: none is ever an error of the server's own."""
    statement = {"kind": "player", "name": f"P {text}", "at": f"x {text}", "words": text}
    sent = submitted(dated("2031-01-01"), file=text, comment=text, why=text, mark=text[:10])
    sent["market"] = {**sent["market"], "name": f"M {text}", "aliases": [text]}
    sent["source"] = {**sent["source"], "title": f"T {text}", "author": text}
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", FACTS, {"content": json.dumps({"statement": statement, "why": text})}),
        ("POST", f"/api/workspaces/{WORKSPACE}/reports", {"content": json.dumps(sent)}),
        ("GET", "/api/markets", {"params": {"search": text.encode(errors="surrogatepass")}}),
        (
            "GET",
            f"/api/workspaces/{WORKSPACE}/updates",
            {"params": {"since": text.encode("utf-8", "replace")}},
        ),
        ("POST", f"/api/workspaces/{WORKSPACE}/drafts", {"content": b"x", "params": {"name": _url(text)}}),
        ("GET", f"/api/workspaces/{_url(text)}/audit", {}),
        ("GET", f"/api/workspaces/{WORKSPACE}/marks/{_url(text)}", {}),
        ("PUT", f"/api/workspaces/{WORKSPACE}/members/{_url(text)}", {"json": {"role": "reader"}}),
        ("PUT", f"/api/workspaces/{WORKSPACE}/members/{_url(text)}@x.org", {"json": {"role": "reader"}}),
    ]
    with server.client(shared_team.tokens["owner"]) as client:
        for method, path, request in requests:
            answer = client.request(method, path.format(edition=shared_team.edition), **request)
            assert answer.status_code in (200, 201, 400, 404, 422), (method, path, answer.text)


@pytest.mark.parametrize("number", [-(2**31) - 1, 2**31, 2**63, 10**40])
def test_a_number_beyond_all_columns_is_refused_or_counts_as_none(
    shared_team: Team, server: Server, number: int
) -> None:
    edition, place = f"/api/editions/{shared_team.edition}", f"/api/workspaces/{WORKSPACE}"
    size = {"kind": "size", "value": f"{number}0000000000", "year": 2023, "at": "x"}
    statements = [
        size,
        {**size, "value": "5", "year": number},
        {"kind": "ranking", "rank": number, "at": "x"},
    ]
    bodies = [{"seen": seen, "statement": one} for seen in (1, number) for one in (*statements, None)]
    reports = [{**submitted(dated("2034-01-01")), "statements": [one]} for one in statements]
    requests: list[tuple[str, str, dict[str, Any]]] = [
        *(("POST", f"{edition}/facts/{number}/corrections", {"json": body}) for body in bodies),
        *(("POST", f"{edition}/facts/1/corrections", {"json": body}) for body in bodies if body["seen"] != 1),
        *(("POST", f"{edition}/facts", {"json": {"statement": one}}) for one in statements),
        *(("POST", f"/api/editions/{number}/facts", {"json": {"statement": one}}) for one in statements),
        ("POST", f"/api/editions/{number}/withdrawal", {"json": {}}),
        *(("POST", f"{place}/reports", {"json": one}) for one in reports),
        ("POST", f"{place}/drafts", {"content": TEXT, "params": {"name": "a.txt", "undated": number}}),
        *(("GET", f"{place}/updates", {"params": {name: number}}) for name in ("since", "limit")),
        *(("GET", f"{place}/audit", {"params": {name: number}}) for name in ("before", "limit")),
        ("GET", "/api/markets", {"params": {"limit": number}}),
    ]
    with server.client(shared_team.tokens["owner"]) as client:
        for method, path, request in requests:
            answer = client.request(method, path, **request)
            assert answer.status_code in (200, 404, 409, 422), (method, path, request, answer.text)


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_beyond_all_calendars_begins_anew_or_is_refused(
    shared_team: Team, server: Server, day: str
) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        for since in (0, 1):
            path = f"/api/workspaces/{WORKSPACE}/updates"
            answer = client.get(path, params={"since": since, "stamp": day})
            assert answer.status_code in (200, 422), answer.text


def _url(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("number", [0, -1, 999_999, 2**31, 2**63, 10**40])
def test_guessed_ids_say_nothing(shared_team: Team, server: Server, number: int) -> None:
    with server.client(shared_team.tokens["stranger"]) as client:
        for path in ("/api/editions/{}", "/api/editions/{}/history"):
            guessed, hidden = (client.get(path.format(each)) for each in (number, shared_team.edition))
            assert guessed.status_code == hidden.status_code == 404
            assert _without_ids(guessed) == _without_ids(hidden)
        assert client.delete(f"/api/tokens/{number}").status_code == 404


def test_workspaces_of_others_are_as_those_that_are_not_there(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["owner"]) as client:
        hidden = client.get(f"/api/workspaces/{OTHERS}/members")
        missing = client.get("/api/workspaces/nobodys/members")
        assert _without_ids(hidden).replace(OTHERS, "nobodys") == _without_ids(missing)
    noted = shared_team.entry(hidden.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused
    with server.client(shared_team.tokens["stranger"]) as client:
        listed = client.get(f"/api/workspaces/{OTHERS}/audit").json()
    assert noted.request in [each["request"] for each in listed]  # its owner learns of it


def _without_ids(answer: Any) -> str:
    return re.sub(r"-?\d+", "N", answer.json()["message"])


def test_a_token_of_another_workspace_finds_nothing_of_it(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["stranger"]) as client:
        found = client.get("/api/markets", params={"search": ""}).json()
        assert {each["workspace"] for each in found} == {BUNDLED}
        names = [each["name"] for each in client.get("/api/me").json()["workspaces"]]
    assert names == [BUNDLED, OTHERS]


def test_nobody_changes_what_is_everyones(shared_team: Team, server: Server) -> None:
    for who in ("editor", "owner"):
        with server.client(shared_team.tokens[who]) as client:
            assert client.get(f"/api/editions/{shared_team.bundled}").status_code == 200
            body = {"statement": {"kind": "player", "name": "X", "at": "x"}}
            assert client.post(f"/api/editions/{shared_team.bundled}/facts", json=body).status_code == 403
            answer = client.post(f"/api/workspaces/{BUNDLED}/reports", json=submitted())
            assert answer.status_code == 403


def test_too_large_a_body_is_refused_before_it_is_read(shared_team: Team, server: Server) -> None:
    path = f"/api/workspaces/{WORKSPACE}/drafts"
    answer = _post(server, shared_team, path, b"x" * 50_000_001)
    assert answer.status_code == 413
    assert "50 MB" in answer.json()["message"]
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused
    assert _post(server, shared_team, path, b"tea " * 12_500_000).status_code in (200, 422)
    assert _post(server, shared_team, FACTS, b"x" * 10_000_001).status_code == 413


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 403)])
def test_a_large_file_of_who_may_not_import_is_not_read(
    shared_team: Team, server: Server, who: str, status: int
) -> None:
    answer = _post(server, shared_team, f"/api/workspaces/{WORKSPACE}/drafts", b"x" * 50_000_001, who)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("name", ["a.\0txt", f"a.{'x' * 300}"])
def test_a_file_whose_name_cannot_be_one_is_refused(shared_team: Team, server: Server, name: str) -> None:
    path = f"/api/workspaces/{WORKSPACE}/drafts?name={_url(name)}"
    answer = _post(server, shared_team, path, TEXT)
    assert answer.status_code == 422 and "file's name" in answer.json()["message"]


def test_two_who_correct_one_fact(shared_team: Team, server: Server) -> None:
    with (
        server.client(shared_team.tokens["editor"]) as first,
        server.client(shared_team.tokens["owner"]) as second,
    ):
        record = first.get(f"/api/editions/{shared_team.edition}").json()
        fact = max(record["revisions"], key=lambda one: (one["statement"] or {}).get("kind") == "size")
        seen = max(one["number"] for one in record["revisions"] if one["fact"] == fact["fact"])
        path = f"/api/editions/{shared_team.edition}/facts/{fact['fact']}/corrections"

        def body(value: str) -> dict[str, Any]:
            return {"seen": seen, "statement": {**fact["statement"], "value": value}, "why": f"it is {value}"}

        assert first.post(path, json=body("77.1")).status_code == 201
        answer = second.post(path, json=body("77.2"))
    assert answer.status_code == 409
    failure = answer.json()
    assert failure["theirs"]["value"] == "77.1" and failure["seen"] == seen + 1
    assert "77.1" in failure["message"] and "77.2" in failure["message"]
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused


def test_a_report_sent_twice_is_entered_once(shared_team: Team, server: Server) -> None:
    path = f"/api/workspaces/{WORKSPACE}/reports"
    sent = submitted(dated("2032-01-01"), mark="7" * 64, why="first")
    first = _post(server, shared_team, path, sent)
    assert first.json()["is_first"]
    before = _changes(shared_team)
    again = _post(server, shared_team, path, sent)
    assert again.status_code == 201
    assert again.json() == {**first.json(), "new": 0, "is_first": False}
    other = _post(server, shared_team, path, {**sent, "mark": MARK})
    assert other.status_code == 409
    assert "from another text" in other.json()["message"]
    assert _changes(shared_team) == before


def test_a_revoked_token_ends_at_once(shared_team: Team, server: Server) -> None:
    with server.client(shared_team.tokens["reader"]) as client:
        with shared_team.database.writing() as connection:
            ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
            made, secret = keys.make_token(connection, shared_team.person("reader"), "lost", ends)
        with server.client(secret) as other:
            assert other.get("/api/me").status_code == 200
            assert client.delete(f"/api/tokens/{made.id}").status_code == 204
            answer = other.get("/api/me")
    assert answer.status_code == 401 and "revoked" in answer.json()["message"]
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert secret not in server.log


def test_a_token_makes_no_other(shared_team: Team, server: Server) -> None:
    """Not as a program's request, and not as a form: who revokes it has ended all that it can do."""
    with server.client(shared_team.tokens["reader"]) as client:
        before = client.get("/api/tokens").json()
        assert client.post("/api/tokens", json={"name": "child"}).status_code == 405
        assert client.post("/tokens", data={"name": "child", "days": "1"}).status_code == 401
        assert [each["id"] for each in client.get("/api/tokens").json()] == [each["id"] for each in before]


def test_a_workspace_keeps_an_owner(shared_team: Team, server: Server) -> None:
    path = f"/api/workspaces/{WORKSPACE}/members/{shared_team.email('owner')}"
    with server.client(shared_team.tokens["owner"]) as client:
        assert client.delete(path).status_code == 422
        assert client.put(path, json={"role": "reader"}).status_code == 422
        assert client.put(path, json={"role": "king"}).status_code == 422

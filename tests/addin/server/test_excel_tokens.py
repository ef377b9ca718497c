"""Tokens that Excel gets when somebody signs in there: they read only, and end with the sign-out."""

from typing import Any

import pytest

from markets.catalogs.database import keys
from tests.addin.server.routes import ROUTES
from tests.addin.server.team import Team, excels_token
from tests.server import Server

READS_ONLY = "Excel's token reads only. To make changes, use a personal token."
CHANGING = sorted(
    (method, path)
    for method, path in ROUTES
    if method != "GET" and path.startswith("/api/") and not path.startswith("/api/excel/")
)


def given(team: Team, who: str = "owner") -> str:
    """A token that Excel has got."""
    with team.database.writing() as connection:
        return excels_token(connection, team.person(who))


def asked(server: Server, token: str, method: str = "GET", path: str = "/api/excel/me", **more: Any) -> Any:
    with server.client(token) as client:
        return client.request(method, path, **more)


def signed_out(server: Server, token: str) -> Any:
    answer = asked(server, token, "POST", "/api/excel/sign-out")
    return answer.json().get("is_revoked", answer.status_code)


@pytest.mark.parametrize(("method", "path"), CHANGING, ids=lambda part: part)
def test_what_would_change_something_is_refused_in_one_sentence_and_noted(
    shared_team: Team, server: Server, method: str, path: str
) -> None:
    address, request = ROUTES[method, path].prepare(shared_team, "owner")
    answer = asked(server, shared_team.tokens["excel"], method, address, **request)
    assert (answer.status_code, answer.json()["message"]) == (403, READS_ONLY)
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused
    assert (noted.who, noted.detail) == (shared_team.email("owner"), f"403: {READS_ONLY}")
    may = asked(server, shared_team.tokens["owner"], method, address, **request)
    assert may.status_code < 300, may.text


def test_who_signs_out_ends_the_token_and_no_other(shared_team: Team, server: Server) -> None:
    token, other = given(shared_team), given(shared_team)
    with server.client(token) as client:
        assert client.get("/api/excel/me").status_code == 200
        answer = client.post("/api/excel/sign-out")
        assert answer.json() == {"is_revoked": True}
        refused = client.get("/api/excel/me")
    assert refused.status_code == 401 and "revoked" in refused.json()["message"]
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    assert noted is not None and not noted.is_refused
    assert (noted.who, noted.action) == (shared_team.email("owner"), "revoke token")
    assert noted.target.endswith(": Excel")
    assert asked(server, other).status_code == 200
    assert token not in server.log and signed_out(server, token) == 401


def test_a_personal_token_stays_whatever_its_name_is(shared_team: Team, server: Server) -> None:
    for name in ("Excel", "My laptop"):
        with shared_team.database.writing() as connection:
            owner = shared_team.person("owner")
            ends = keys.token_of(connection, shared_team.tokens["owner"])[0].expires_at  # type: ignore[index]
            _, token = keys.make_token(connection, owner, name, ends)
        assert signed_out(server, token) is False
        assert asked(server, token).status_code == 200


def test_a_list_of_tokens_says_which_are_excels(shared_team: Team, server: Server) -> None:
    given(shared_team, "stranger")
    listed = asked(server, shared_team.tokens["stranger"], path="/api/tokens").json()
    found = {(one["name"], one["is_for_excel"]) for one in listed}
    assert found == {("stranger", False), ("Excel", True)}

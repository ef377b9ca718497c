"""The commands by which a first owner comes into a database."""

from pathlib import Path

import pytest

from addin.commands import run
from markets.catalogs.database import Database, schema
from tests.addin.server.team import Team
from tests.server import Server


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = str(tmp_path / "catalog.db")
    made = Database(address)
    schema.upgrade(made)
    made.close()
    monkeypatch.setenv("MARKETBOOK_SERVER_DATABASE", address)
    return address


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["server", *words])
    said = capsys.readouterr()
    return code, said.out.strip(), said.err.strip()


def test_a_first_owner_can_use_the_server(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "workspace", "create", "team", "--owner", "Ann@example.com")[0] == 0
    code, token, _ = _run(capsys, "token", "make", "ann@example.com", "--name", "first", "--days", "1")
    assert code == 0 and token.startswith("mbk_")
    with Server(database) as server, server.client(token) as client:
        me = client.get("/api/me").json()
    assert me["email"] == "ann@example.com"
    assert me["workspaces"] == [{"name": "team", "role": "owner", "is_everyones": False}]
    opened = Database(database)
    actions = [entry.action for entry in Team(opened, database).audit()]
    opened.close()
    assert actions == ["create workspace", "set member", "make token"]


def test_members_are_set_listed_and_removed(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "workspace", "create", "team", "--owner", "ann@example.com")
    assert _run(capsys, "member", "set", "team", "ben@example.com", "reader")[0] == 0
    listed = _run(capsys, "--database", database, "member", "list", "team")[1]
    assert listed.splitlines() == ["owner\tann@example.com", "reader\tben@example.com"]
    assert _run(capsys, "member", "remove", "team", "ben@example.com")[0] == 0
    assert _run(capsys, "member", "list", "team")[1] == "owner\tann@example.com"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("workspace", "create", "team", "--owner", "ann@example.com"), 1, "already"),
        (("workspace", "create", "a/b", "--owner", "ann@example.com"), 1, "slash"),
        (("workspace", "create", "x", "--owner", "nobody"), 1, "not an e-mail address"),
        (("member", "set", "none", "ann@example.com", "reader"), 1, "no workspace"),
        (("member", "set", "team", "ann@example.com", "king"), 2, "king"),
        (("member", "remove", "team", "ann@example.com"), 1, "needs an owner"),
        (("member", "remove", "team", "eve@example.com"), 1, "Nobody has"),
        (("token", "make", "eve@example.com"), 1, "Nobody has"),
        (("token", "make", "ann@example.com", "--days", "9999"), 1, "1 to 366"),
    ],
)
def test_what_cannot_be_done_is_said(
    database: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    _run(capsys, "workspace", "create", "team", "--owner", "ann@example.com")
    got, _, error = _run(capsys, *words)
    assert got == code and said in error


def test_a_database_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Name the database" in _run(capsys)[2]
    assert "Name the server's database" in _run(capsys, "member", "list", "team")[2]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUBLIC_URL", "ftp://x", "not the address of a server"),
        ("PUBLIC_URL", "https://x/path", "not the address of a server"),
        ("OIDC_ISSUER", "https://login.example.com", "OIDC_CLIENT_ID too"),
        ("OIDC_ISSUER", "http://login.example.com", "must begin with https"),
        ("OIDC_ISSUER_FILE", "/no/such/file", "cannot be read"),
        ("ADDRESS", "203.0.113.1", "cannot listen"),
    ],
)
def test_a_wrong_setting_is_said_before_the_server_starts(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv("MARKETBOOK_SERVER_PORT", "0")
    monkeypatch.setenv(f"MARKETBOOK_SERVER_{name}", value)
    code, _, error = _run(capsys)
    assert code == 1 and said in error

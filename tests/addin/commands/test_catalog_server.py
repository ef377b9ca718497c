"""The commands with a server: signing in and out, changing, and working offline. A real server process."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from addin.commands import run
from addin.libreoffice import Office
from tests.addin.server.team import Team, team
from tests.conftest import CATALOG, SEED
from tests.libreoffice import required
from tests.server import Server
from udfs import catalog
from workbook.refresh import refresh_file
from workbook.template import write_workbook

MARKET = "Espresso Machines (Europe)"


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.kept[service, username]
        except KeyError:
            raise keyring.errors.PasswordDeleteError from None


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Team]:
    made = team(str(tmp_path / "team.db"))
    yield made
    made.database.close()


@pytest.fixture
def server(people: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: Ring) -> Iterator[Server]:
    """A server in use by somebody who has no token yet."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.delenv("MARKETBOOK_CATALOG")
    catalog.reload()
    with Server(people.address) as running:
        assert run(["catalog", "use", running.url]) == 0
        yield running
    monkeypatch.undo()
    catalog.reload()


def printed(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(list(line))
    out = capsys.readouterr()
    return code, out.out, out.err


def signed_in(monkeypatch: pytest.MonkeyPatch, people: Team, who: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{people.tokens[who]}\n"))
    code = run(["catalog", "sign-in"])
    if code == 0:
        catalog.reload()
    return code


def answer(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    """What a function answers now."""
    catalog.reload()
    return printed(capsys, "call", *line)[1].strip()


def test_before_signing_in_a_sentence_says_what_to_do(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, err = printed(capsys, "catalog", "status")
    assert f"the server {server.url}" in out
    assert "marketbook catalog sign-in" in out + err
    code, _, err = printed(capsys, "catalog", "history", SEED)
    assert code == 1 and "sign-in" in err


def test_a_reader_reads_and_is_refused_changes(
    server: Server, people: Team, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signed_in(monkeypatch, people, "reader") == 0
    out = capsys.readouterr().out
    assert "You are signed in" in out and "team: reader" in out and "up to date" in out
    assert people.tokens["reader"] not in out
    assert answer(capsys, "MARKET_SIZE", MARKET, "2024") == "500"
    code, _, err = printed(capsys, "catalog", "correct", MARKET, "2", "--value", "5", "--why", "x")
    assert code == 1 and "reader" in err
    code, _, err = printed(capsys, "catalog", "load", str(CATALOG))
    assert code == 1 and "may not change any workspace" in err
    assert answer(capsys, "MARKET_SIZE", MARKET, "2024") == "500"


def test_a_wrong_token_is_not_kept(
    server: Server,
    people: Team,
    ring: Ring,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for who in ("wrong", "revoked", "expired"):
        assert signed_in(monkeypatch, people, who) == 1
    assert not ring.kept


def test_an_editor_corrects_and_sees_it_at_once(
    server: Server, people: Team, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch, people, "editor")
    _, out, _ = printed(capsys, "catalog", "history", MARKET, "--facts", "--workspace", "team", "--json")
    fact = str(next(row["fact"] for row in json.loads(out) if row["what"] == "size, 2024"))
    code, out, _ = printed(capsys, "catalog", "correct", MARKET, fact, "--value", "510", "--why", "misread")
    assert (code, out) == (0, "Size, 2024: 500 -> 510. Revision 2.\n")
    assert answer(capsys, "MARKET_SIZE", MARKET, "2024") == "510"
    assert "corrected on" in answer(capsys, "MARKET_SOURCE", MARKET, "2024")
    assert "editor@example.com" in printed(capsys, "catalog", "history", MARKET)[1]
    code, _, err = printed(
        capsys, *("catalog", "correct", MARKET, fact, "--value", "520", "--seen", "1", "--why", "x")
    )
    assert code == 1 and '"510" for 2024' in err and '"520" for 2024' in err
    code, _, err = printed(capsys, "catalog", "correct", MARKET, fact, "--value", "ten", "--why", "x")
    assert code == 1 and "not a figure as printed" in err


def test_a_folder_goes_up_and_comes_down(
    server: Server,
    people: Team,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed_in(monkeypatch, people, "editor")
    text = next(CATALOG.glob("*.toml")).read_text(encoding="utf-8").replace("Espresso Machines", "Tea Makers")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tea.toml").write_text(text.replace("Coffee Machines", "Kettles"), encoding="utf-8")
    code, out, _ = printed(capsys, "catalog", "load", str(folder))
    assert code == 0 and "team: 1 entered" in out
    assert answer(capsys, "MARKET_SIZE", "Kettles", "2024") == "500"
    code, _, _ = printed(capsys, "catalog", "export", str(tmp_path / "out"))
    assert code == 0 and (tmp_path / "out" / "tea.toml").exists()


def test_what_a_colleague_corrects_is_there_at_the_next_command(
    server: Server, people: Team, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch, people, "reader")
    with server.client(people.tokens["editor"]) as editor:
        fact = next(
            one
            for one in editor.get(f"/api/editions/{people.edition}").json()["revisions"]
            if one["statement"]["kind"] == "size" and one["statement"]["year"] == 2024
        )
        editor.post(
            f"/api/editions/{people.edition}/facts/{fact['fact']}/corrections",
            json={"seen": 1, "statement": {**fact["statement"], "value": "530"}, "why": "misread"},
        ).raise_for_status()
    printed(capsys, "call", "MARKET_SIZE", MARKET, "2024")
    assert answer(capsys, "MARKET_SIZE", MARKET, "2024") == "530"


def test_offline_the_copy_answers_and_says_so(
    server: Server, people: Team, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch, people, "reader")
    server.kill()
    assert answer(capsys, "MARKET_SIZE", MARKET, "2024") == "500"
    assert "From the copy of" in answer(capsys, "MARKET_SOURCE", MARKET, "2024")
    assert "From the copy of" in printed(capsys, "catalog", "status")[1]
    server.start()
    assert "From the copy of" not in answer(capsys, "MARKET_SOURCE", MARKET, "2024")


def test_a_workbook_says_that_its_figures_come_from_an_old_copy(
    server: Server, people: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    required()
    signed_in(monkeypatch, people, "reader")
    book = tmp_path / "book.xlsx"
    write_workbook(book, MARKET)
    with Office() as office:
        values = dict(office.recalculate(book))
    assert values["Start", "A3"] == values["Overview", "A3"] == ""
    assert str(values["Start", "C16"]).startswith(f"Catalog: {server.url} as of 20")
    server.kill()
    catalog.reload()
    refresh_file(book)
    with Office() as office:
        values = dict(office.recalculate(book))
    assert "From the copy of" in str(values["Overview", "A3"])
    assert values["Start", "A3"] == values["Overview", "A3"]
    assert "offline" in str(values["Start", "C16"])


def test_signing_out_leaves_nothing_behind(
    server: Server,
    people: Team,
    ring: Ring,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed_in(monkeypatch, people, "reader")
    monkeypatch.setenv("MARKETBOOK_TOKEN", people.tokens["editor"])
    catalog.reload()
    monkeypatch.delenv("MARKETBOOK_TOKEN")
    assert ring.kept and len(list(tmp_path.rglob("copies/*.sqlite"))) == 2
    code, out, _ = printed(capsys, "catalog", "sign-out")
    assert code == 0 and "Deleted the copy and the token" in out
    assert not ring.kept and not list(tmp_path.rglob("copies/*.sqlite*"))


def test_a_folder_has_nobody_to_sign_in_to(capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("sign-in", "sign-out"):
        code, _, err = printed(capsys, "catalog", line)
        assert code == 2 and "is not a server" in err

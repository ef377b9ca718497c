"""`marketbook excel serve`, `sideload`, `manifest` and `certificate`, as a user types them."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from lxml import etree

from addin.commands import run
from addin.web.manifest import identifier, manifest
from addin.web.sideloading import keep, web_file
from tests.addin.server.team import Team, team
from tests.server import Server

SECONDS = 30.0
Serving = Callable[..., AbstractContextManager["Served"]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user, who has no Excel here."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_DOWNLOAD_DIR", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


class Served:
    """A running `marketbook excel serve`."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, home: Path) -> None:
        self.process = process
        self.port = port
        self.folder = home / ".local/share/marketbook/excel"
        self.said = ""

    def listens(self) -> bool:
        """Read what it says until it listens; False if it ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "marketbook excel sideload" in line:
                return True
        return False

    def client(self, token: str = "") -> httpx.Client:
        """A client that trusts the certificate, as Excel does."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        trusted = ssl.create_default_context(cafile=self.folder / "authority.pem")
        address = f"https://localhost:{self.port}"
        return httpx.Client(base_url=address, headers=headers, verify=trusted, trust_env=False)

    def stopped(self) -> int:
        """Press Ctrl+C, and return the exit code, which shells know as that of an interruption."""
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate(timeout=SECONDS)[0]
        return self.process.returncode


@pytest.fixture
def serving(home: Path) -> Serving:
    """Starts the server at a free port."""

    @contextmanager
    def started(port: int = 0) -> Iterator[Served]:
        chosen = port or _free_port()
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "addin.commands", "excel", "serve", "--port", str(chosen)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ,
            start_new_session=True,
        )
        try:
            yield Served(process, chosen, home)
        finally:
            process.kill()
            process.communicate()

    return started


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def _key(path: Path) -> str:
    found = re.search(rb"pane\.html\?key=([^\"&]+)", path.read_bytes())
    assert found
    return found[1].decode()


def test_the_steps_lead_to_a_server_that_answers_who_has_the_key(
    serving: Serving, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as served:
        assert served.listens()
        assert "authority can sign for localhost only" in " ".join(served.said.split())
        assert "certutil" in served.said
        assert run(["excel", "sideload", "--port", str(served.port)]) == 0
        path = home / f"Downloads/marketbook-localhost-{served.port}.xml"
        assert str(path) in capsys.readouterr().out
        with served.client() as stranger, served.client(_key(path)) as owner:
            assert stranger.get("/excel/pane.html").status_code == 200
            assert stranger.get("/api/excel/me").status_code == 401
            assert owner.get("/api/excel/me").json()["name"] == "this computer"
            for address in re.findall(r'DefaultValue="(https://localhost[^"]+)"', path.read_text("utf-8")):
                assert owner.get(address).status_code == 200, address
        assert served.stopped() == 130
        assert "Traceback" not in served.said


def test_the_certificate_and_the_key_stay_the_same(serving: Serving, home: Path) -> None:
    port = _free_port()
    with serving(port) as served:
        assert served.listens()
        run(["excel", "sideload", "--port", str(port)])
        served.stopped()
    key = _key(home / f"Downloads/marketbook-localhost-{port}.xml")
    with serving(port) as again:
        assert again.listens()
        assert "authority" not in again.said and "marketbook excel certificate" in again.said
        with again.client(key) as owner:
            assert owner.get("/api/excel/me").status_code == 200


def test_a_port_that_is_taken_is_one_sentence(serving: Serving) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, serving(taken.getsockname()[1]) as served:
        assert not served.listens()
        assert served.process.wait(SECONDS) == 1
        assert "cannot listen at 127.0.0.1, port" in served.said and "Traceback" not in served.said
        assert "Choose another with --port." in served.said


def test_the_manifest_is_written_to_a_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["excel", "manifest", str(home / "own.xml")]) == 0
    assert "Give it to nobody." in capsys.readouterr().out
    root = etree.parse(home / "own.xml").getroot()
    assert root.findtext("{*}Id") == identifier("https://localhost:3443")
    assert len(_key(home / "own.xml")) >= 43
    if os.name != "nt":
        assert (home / "own.xml").stat().st_mode & 0o77 == 0, "others of this computer can read the key"


def test_on_a_mac_without_desktop_excel_there_are_the_steps_for_the_web(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert run(["excel", "sideload"]) == 0
    said = capsys.readouterr().out
    path = Path(said.partition("Choose the file ")[2].partition(", and click Upload.")[0])
    assert _key(path)
    assert "Excel for Mac was never started here." in said and "In Excel for Mac:" not in said


def test_every_own_addin_is_removed_whatever_its_port_and_no_other(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team = "https://markets.example.com"
    keep(manifest(team), web_file(team))
    assert run(["excel", "sideload"]) == run(["excel", "sideload", "--port", "4001"]) == 0
    capsys.readouterr()
    assert run(["excel", "sideload", "--remove", "--port", "4001"]) == 0
    assert capsys.readouterr().out.startswith("Removed the add-in of https://localhost:4001.\nIn desktop")
    assert run(["excel", "sideload", "--port", "4002"]) == 0
    assert run(["excel", "sideload", "--remove"]) == 0
    said = capsys.readouterr().out
    assert (
        "of https://localhost:3443." in said and "of https://localhost:4002." in said and "4001" not in said
    )
    assert [path.name for path in (home / "Downloads").iterdir()] == [web_file(team).name]
    assert run(["excel", "sideload", "--remove"]) == 0
    assert f"To remove it, add --server {team}." in capsys.readouterr().out


def test_a_manifest_is_an_xml_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["excel", "manifest", str(home / "own.json")]) == 2
    assert "must end in .xml" in capsys.readouterr().err
    assert list(home.rglob("*.json")) == []


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Team]:
    made = team(str(tmp_path / "catalog.db"))
    yield made
    made.database.close()


def test_the_addin_of_a_team_is_that_of_its_server(
    staff: Team, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(staff.address) as running:
        _sideloaded_and_removed(running, home, capsys)


def _sideloaded_and_removed(team: Server, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["excel", "sideload", "--server", f"{team.url}/"]) == 0
    said, warned = capsys.readouterr()
    assert "Excel loads add-ins over https only." in warned
    assert f"Provide link to manifest file: {team.url}/excel/manifest.xml" in said
    assert "connect to this computer" not in said
    port = team.url.rpartition(":")[2]
    path = home / f"Downloads/marketbook-127.0.0.1-{port}.xml"
    assert path.read_bytes() == httpx.get(f"{team.url}/excel/manifest.xml", trust_env=False).content
    assert b"key=" not in path.read_bytes()
    assert run(["excel", "sideload", "--server", team.url, "--remove"]) == 0
    assert f"Removed the add-in of {team.url}." in capsys.readouterr().out and not path.exists()
    assert run(["excel", "sideload", "--server", team.url, "--remove"]) == 0
    assert "is not side-loaded here" in capsys.readouterr().out


def test_a_server_that_people_know_by_another_address_is_refused(
    staff: Team, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = {"MARKETBOOK_SERVER_PUBLIC_URL": "https://marketbook.example.com"}
    with Server(staff.address, **public) as running:
        assert run(["excel", "sideload", "--server", running.url]) == 1
    assert "for people. Use --server https://marketbook.example.com." in capsys.readouterr().err
    assert not (home / "Downloads").exists()


def test_a_server_that_is_not_there_is_one_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"http://127.0.0.1:{_free_port()}"
    assert run(["excel", "manifest", str(home / "team.xml"), "--server", address]) == 1
    assert f"{address} does not answer" in capsys.readouterr().err
    assert not (home / "team.xml").exists()


ANOTHER = manifest("https://a.example.com").replace(
    b'Name DefaultValue="Marketbook"', b'Name DefaultValue="B"'
)


@pytest.mark.parametrize("content", [b"<html><body>Welcome</body></html>", ANOTHER, b"x" * 1_000_001])
def test_a_server_of_something_else_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(ConnectionError):  # it reads no more than a manifest can have
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever).start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            assert run(["excel", "sideload", "--server", address]) == 1
        finally:
            server.shutdown()
    assert capsys.readouterr().err.startswith(f"{address} has no add-in for Excel.")
    assert not (home / "Downloads").exists()


@pytest.mark.parametrize("address", ["marketbook.example.com", "ftp://example.com", "https://exam ple.com"])
def test_an_address_that_is_none_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert run(["excel", "sideload", "--server", address]) == 1
    assert capsys.readouterr().err == (
        "This is not the address of a server. Use https://HOST, without names or passwords.\n"
    )


@pytest.mark.parametrize("command", [["sideload"], ["sideload", "--remove"], ["manifest", "own.xml"]])
def test_a_server_and_a_port_of_this_computers_are_not_both_meant(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    both = ["--server", "https://markets.example.com", "--port", "4000"]
    assert run(["excel", *command, *both]) == 2
    assert capsys.readouterr().err.startswith("Use --server or --port, not both.")
    assert not (home / "Downloads").exists()


def test_a_manifest_that_is_there_is_replaced_only_if_that_is_wanted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "own.xml"
    path.write_text("mine", encoding="utf-8")
    assert run(["excel", "manifest", str(path)]) == 1
    assert capsys.readouterr().err == f"{path} already exists. Use --force to replace it.\n"
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(["excel", "manifest", str(path), "--force"]) == 0
    assert len(_key(path)) >= 43
    (home / "folder.xml").mkdir()
    assert run(["excel", "manifest", str(home / "folder.xml"), "--force"]) == 1
    assert "is a folder. Choose another file name." in capsys.readouterr().err
    assert run(["excel", "manifest", str(path / "below.xml")]) == 1
    assert f"{path} is not a folder. Choose another file name." in capsys.readouterr().err


def test_the_certificate_is_explained_and_taken_away_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["excel", "certificate", "--remove"]) == 0
    assert "There is no certificate here." in capsys.readouterr().out
    assert run(["excel", "certificate"]) == 0
    told = capsys.readouterr().out
    folder = home / ".local/share/marketbook/excel"
    assert str(folder / "authority.pem") in told and "To trust it" in told and "To end the trust" in told
    assert run(["excel", "certificate", "--remove"]) == 0
    said = capsys.readouterr().out
    assert "Deleted the certificate and its key." in said and "To end the trust" in said
    assert list(folder.glob("*.pem")) == []
    assert run(["excel", "certificate"]) == 0
    (folder / "authority.pem").write_text("damaged", encoding="utf-8")
    capsys.readouterr()
    assert run(["excel", "certificate", "--remove"]) == 0
    assert capsys.readouterr().out == "Deleted the certificate and its key.\n"
    assert list(folder.glob("*.pem")) == [], "a private key stays"

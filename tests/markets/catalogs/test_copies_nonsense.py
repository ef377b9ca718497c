"""What is not a Marketbook server is not believed: its answers neither reach the copy nor delete from it."""

import json
import logging
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from markets.catalogs.copies.catalog import copy_catalog
from markets.catalogs.copies.client import Client
from markets.catalogs.copies.copy import Copy
from markets.catalogs.copies.updating import update
from markets.errors import MarketbookError, NotAllowed, Unavailable
from tests.markets.catalogs.test_copies_damaged import filled

TOKEN = "mb_a-secret-token"
JSON = "application/json"
ME = {"email": "ann@example.com", "name": "Ann", "workspaces": [{"name": "team", "role": "editor"}]}
PAGE = {"until": 201, "stamp": None, "is_complete": True, "is_restart": False, "records": []}


@contextmanager
def answering(*answers: tuple[int, str, bytes], **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers in turn, the last one again and again, and the tokens it was sent."""
    told: list[str] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(self.headers.get("Authorization", ""))
            status, kind, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", headers.get("length", str(len(body))))
            if "location" in headers:
                self.send_header("Location", headers["location"])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def said(what: Any) -> bytes:
    return json.dumps(what).encode()


@pytest.mark.parametrize(
    "answers",
    [
        [(200, "text/html", b"<html>Sign in to the hotel's network</html>")],
        [(200, JSON, b"<html>")],
        [(200, JSON, b'{"email": "ann@example.com", "name"')],
        [(200, JSON, b"")],
        [(200, JSON, b"[]")],
        [(200, JSON, b"null")],
        [(200, JSON, b"[" * 100_000)],
        [(200, JSON, b"\xff\xfe")],
        [(200, JSON, said({"email": "ann@example.com", "name": "Ann", "workspaces": None}))],
        [(404, "text/html", b"Not Found")],
        [(404, JSON, said({"detail": "Not Found"}))],
        [(500, JSON, said({"message": "Something went wrong."}))],
        [(502, "text/html", b"Bad Gateway")],
        [(204, JSON, b"")],
        [(200, JSON, said(ME)), (200, JSON, said(PAGE | {"until": -1}))],
        [(200, JSON, said(ME)), (200, JSON, said(PAGE | {"until": 200, "is_complete": False}))],
        [(200, JSON, said(ME)), (200, JSON, said(PAGE | {"is_restart": True, "is_complete": False}))],
        [(200, JSON, said(ME)), (200, JSON, said(PAGE | {"records": [{"id": 1}]}))],
        [(200, JSON, said(ME)), (200, JSON, said(PAGE)[:-3])],
        [(200, JSON, said(ME)), (404, JSON, said({"message": "No workspace is called team."}))],
        [
            (200, JSON, said(ME)),
            (
                200,
                JSON,
                said(
                    PAGE
                    | {
                        "records": [
                            {"id": 1, "workspace": "other", "headings": [], "revisions": [], "changes": []}
                        ]
                    }
                ),
            ),
        ],
    ],
)
def test_nonsense_leaves_the_copy_as_it_was(answers: list[tuple[int, str, bytes]], tmp_path: Path) -> None:
    copy = filled(Copy(tmp_path / "copy.sqlite", "https://markets.example.com"))
    with answering(*answers) as (url, _), Client(url, TOKEN) as client, pytest.raises(Unavailable) as refused:
        update(copy, client)
    assert TOKEN not in str(refused.value)
    assert len(copy_catalog(copy).search()) == 200
    assert copy_catalog(copy).notice.endswith("the server does not answer.")


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with (
        answering((200, JSON, said(ME)), length="5000") as (url, _),
        Client(url, TOKEN) as client,
        pytest.raises(Unavailable, match="does not answer"),
    ):
        client.me()


def test_a_huge_answer_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markets.catalogs.copies.client._MOST_BYTES", 100_000)
    with (
        answering((200, JSON, b" " * 1_000_000)) as (url, _),
        Client(url, TOKEN) as client,
        pytest.raises(Unavailable, match="without end"),
    ):
        client.me()


def test_the_token_does_not_follow_a_redirect() -> None:
    with (
        answering((200, JSON, said(ME))) as (elsewhere, told),
        answering((307, JSON, b""), location=f"{elsewhere}/api/me") as (url, _),
        Client(url, TOKEN) as client,
        pytest.raises(Unavailable, match="sends elsewhere"),
    ):
        client.me()
    assert told == []


def test_the_token_is_sent_to_no_proxy_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering((200, JSON, said(ME))) as (proxy, told), answering((200, JSON, said(ME))) as (url, own):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        with Client(url, TOKEN) as client:
            client.me()
    assert (told, own) == ([], [f"Bearer {TOKEN}"])


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "höflich", "\x00"])
def test_what_cannot_be_a_token_is_not_sent_and_not_repeated(token: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        Client("http://localhost:9", token)
    assert not token or token not in str(refused.value)


def test_no_log_has_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        answering((401, JSON, said({"message": "Sign in."}))) as (url, _),
        Client(url, TOKEN) as client,
        pytest.raises(NotAllowed, match="Sign in"),
    ):
        client.me()
    assert TOKEN not in caplog.text


def test_control_characters_of_a_message_reach_no_terminal() -> None:
    evil = said({"message": "Red \x1b[31m alert\r\n" + "x" * 5000})
    with (
        answering((422, JSON, evil)) as (url, _),
        Client(url, TOKEN) as client,
        pytest.raises(MarketbookError) as refused,
    ):
        client.me()
    assert str(refused.value).isprintable() and len(str(refused.value)) <= 1000


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed.")
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=localhost",
            ),
            *(
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                tmp_path / "key",
                "-out",
                tmp_path / "cert",
            ),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        client = Client(f"https://localhost:{server.server_port}", TOKEN)
        with client, pytest.raises(Unavailable, match="does not prove with its certificate who it is"):
            client.me()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

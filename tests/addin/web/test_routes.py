"""Every route of the one-person server: with its key, without, from other sites, and by other names."""

import asyncio
import json
import os
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from addin.web.files import is_of_excel
from addin.web.own import address_at, application, key
from tests.conftest import CATALOG, SECOND
from tests.excel_server import ExcelServer

CALLS = {"groups": [{"function": "MARKET_SIZE", "count": 1, "arguments": [[SECOND], [2023]]}]}
REFRESH = {"sheets": [], "names": {}, "records": {}, "market": SECOND}
ASKED: dict[tuple[str, str], dict[str, Any]] = {
    ("GET", "/api/excel/me"): {},
    ("POST", "/api/excel/calls"): {"json": CALLS},
    ("GET", "/api/excel/markets"): {"params": {"search": "espresso"}},
    ("GET", "/api/excel/market"): {"params": {"name": SECOND}},
    ("POST", "/api/excel/refresh"): {"json": REFRESH},
    ("POST", "/api/excel/sign-out"): {},
}
"""The routes that need the key, and a request that each answers."""

FILES = ("GET", "/excel/{path}")
WITHOUT_A_PAGE = ("/", "/excel", "/excel/")
ROUTES = sorted([*ASKED, FILES, ("GET", "/"), ("GET", "/excel")])
OTHER_SITES = (
    "https://evil.example.com",
    "null",
    "https://localhost",
    "http://localhost:{port}",
    "https://127.0.0.1:{port}",
)
OTHER_NAMES = (
    "evil.example.com",
    "evil.example.com:{port}",
    "localhost.evil.example.com:{port}",
    "localhost:1",
    "localhost",
    "127.0.0.2:{port}",
    "[::1]:{port}",
    "[",
    "localhost:x",
    "localhost:99999999",
    "",
)


@pytest.fixture(scope="module")
def server() -> Iterator[ExcelServer]:
    """A server whose user has a report of their own."""
    with ExcelServer({"MARKETBOOK_CATALOG": str(CATALOG)}) as running:
        yield running


def _asked(client: httpx.Client, route: tuple[str, str], **headers: str) -> httpx.Response:
    method, path = route
    return client.request(method, path.format(path="names.js"), headers=headers, **ASKED.get(route, {}))


def test_these_are_all_its_routes() -> None:
    routes = cast(Litestar, application("https://localhost:1", "key")._routes).routes  # type: ignore[attr-defined]
    found = [
        (method, route.path_format)
        for route in routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in ("OPTIONS", "HEAD")
    ]
    assert sorted(found) == ROUTES


@pytest.mark.parametrize("route", ASKED, ids=" ".join)
def test_who_has_the_key_is_answered(server: ExcelServer, route: tuple[str, str]) -> None:
    with server.client() as client:
        for headers in ({}, {"Origin": server.url}, {"Host": f"127.0.0.1:{server.port}"}):
            answer = _asked(client, route, **headers)
            assert answer.status_code == 200, answer.text
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("route", ASKED, ids=" ".join)
def test_who_has_not_the_key_is_refused(server: ExcelServer, route: tuple[str, str]) -> None:
    right = server.key
    wrong = (
        "",
        "Bearer",
        "Bearer x",
        f"Bearer {right[:-1]}",
        f"Bearer {right}x",
        f"Basic {right}",
        right,
    )
    with server.client("") as client:
        for given in wrong:
            answer = _asked(client, route, **({"Authorization": given} if given else {}))
            assert answer.status_code == 401, given
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert right not in answer.text
            assert json.loads(answer.text)["message"].startswith("The add-in's key is missing or old.")


def test_the_key_is_made_once_and_is_never_blank(tmp_path: Path) -> None:
    first = key(tmp_path)
    assert len(first) >= 43 and key(tmp_path) == first
    assert key(tmp_path / "another") != first
    (tmp_path / "key").write_text("\n", encoding="ascii")  # a start that was cut off
    assert len(key(tmp_path)) >= 43 and key(tmp_path) != first
    if os.name != "nt":
        assert (tmp_path / "key").stat().st_mode & 0o77 == 0


def test_two_that_make_the_key_at_once_have_the_same(tmp_path: Path) -> None:
    everybody = 16
    together = threading.Barrier(everybody)

    def made(_: int) -> str:
        together.wait()
        return key(tmp_path / "excel")

    with ThreadPoolExecutor(everybody) as threads:
        assert len(set(threads.map(made, range(everybody)))) == 1


def test_the_key_in_an_address_opens_nothing(server: ExcelServer) -> None:
    with server.client("") as client:
        assert client.get("/api/excel/me", params={"key": server.key}).status_code == 401


@pytest.mark.parametrize("origin", OTHER_SITES)
@pytest.mark.parametrize("route", ASKED, ids=" ".join)
def test_a_page_of_another_site_is_refused_whatever_it_knows(
    server: ExcelServer, route: tuple[str, str], origin: str
) -> None:
    with server.client() as client:
        answer = _asked(client, route, Origin=origin.format(port=server.port))
    assert (answer.status_code, answer.content) == (403, b"")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["//api/excel/me", "/api//excel/me", "/api/excel/me/", "/%61pi/excel/me", "/"]
)
def test_no_spelling_of_an_address_lets_another_site_in(server: ExcelServer, path: str) -> None:
    address = httpx.URL(server.url, raw_path=path.encode())
    with server.client() as client:
        answer = client.send(client.build_request("GET", address, headers={"Origin": OTHER_SITES[0]}))
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("origin", OTHER_SITES)
def test_no_browser_is_told_that_another_site_may_ask(server: ExcelServer, origin: str) -> None:
    asked = {
        "Origin": origin.format(port=server.port),
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
        "Access-Control-Request-Private-Network": "true",
    }
    with server.client() as client:
        for path in ("/api/excel/calls", "/excel/names.js", "/excel/pane.html"):
            answer = client.options(path, headers=asked)
            assert not [name for name in answer.headers if name.startswith("access-control")], path


@pytest.mark.parametrize("host", OTHER_NAMES)
@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_by_another_name_nothing_is_here(server: ExcelServer, route: tuple[str, str], host: str) -> None:
    """Whoever names this computer in the DNS would otherwise have pages of our origin."""
    with server.client() as client:
        answer = _asked(client, route, Host=host.format(port=server.port))
    assert answer.status_code in (400, 403)
    assert not answer.content or answer.status_code == 400


def test_at_the_port_of_https_a_browser_leaves_it_out() -> None:
    routes = cast(Any, application(address_at(443), "key"))

    async def statuses() -> list[int]:
        transport = httpx.ASGITransport(routes)
        key = {"Authorization": "Bearer key"}
        async with httpx.AsyncClient(
            transport=transport, base_url="https://localhost", headers=key
        ) as client:
            asked: list[dict[str, str]] = [
                {"Origin": "https://localhost"},
                {"Host": "localhost:443"},
                {"Origin": "https://localhost:3443"},
                {"Host": "localhost:3443"},
            ]
            return [(await client.get("/api/excel/me", headers=each)).status_code for each in asked]

    assert asyncio.run(statuses()) == [200, 200, 403, 403]


def test_files_are_for_everybody_and_have_no_data(server: ExcelServer) -> None:
    with server.client("") as client:
        for name in ("pane.html", "functions.json", "names.js", "help.html", "scripts/functions.js"):
            answer = client.get(f"/excel/{name}")
            assert answer.status_code == 200, name
            assert server.key not in answer.text
            assert not re.search("Espresso|Test &", answer.text), name


@pytest.mark.parametrize(
    "name", ["pane.html", "manifest.xml", "scripts/values.js", "vendor/fluent/web-components.min.js"]
)
def test_a_browser_does_not_load_a_file_again_that_it_has(server: ExcelServer, name: str) -> None:
    of_excel = "https://excel.officeapps.live.com"
    with server.client("") as client:
        first = client.get(f"/excel/{name}", headers={"Origin": of_excel})
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
        for tag in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"other", {first.headers["ETag"]}'):
            again = client.get(f"/excel/{name}", headers={"Origin": of_excel, "If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b"")
            for header in ("ETag", "Vary", "Access-Control-Allow-Origin"):
                assert again.headers.get(header) == first.headers.get(header)
        changed = client.get(f"/excel/{name}", headers={"If-None-Match": '"other"'})
    assert (changed.status_code, changed.content) == (200, first.content)


def test_who_enters_an_address_without_a_page_sees_help(server: ExcelServer) -> None:
    with server.client("") as client:
        for path in WITHOUT_A_PAGE:
            answer = client.get(path, follow_redirects=True)
            assert (answer.status_code, answer.url.path) == (200, "/excel/help.html")


def test_excel_for_windows_may_keep_an_icon(server: ExcelServer) -> None:
    """It shows an icon of its own for one with such a header, says Microsoft of the element Image."""
    with server.client("") as client:
        icon = client.get("/excel/icons/pane-32.png")
    assert icon.headers["Content-Type"] == "image/png" and icon.headers["ETag"]
    assert not {"cache-control", "pragma", "vary"} & set(icon.headers)


def test_excel_on_the_web_reads_what_describes_the_addin_and_other_sites_do_not(server: ExcelServer) -> None:
    of_excel, other = "https://euc-excel.officeapps.live.com", "https://evil.example.com"
    assert is_of_excel(of_excel) and not is_of_excel(other)
    with server.client("") as client:
        allowed = client.get("/excel/functions.json", headers={"Origin": of_excel})
        refused = client.get("/excel/functions.json", headers={"Origin": other})
        page = client.get("/excel/pane.html", headers={"Origin": of_excel})
    assert allowed.headers["Access-Control-Allow-Origin"] == of_excel
    assert "Origin" in allowed.headers["Vary"]
    for answer in (refused, page):
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/excel/nothing.js",
        "/excel/../own.py",
        "/excel/%2e%2e/own.py",
        "/excel/scripts/%2e%2e/%2e%2e/own.py",
        "/excel/scripts",
        "/excel//etc/passwd",
        "/excel/.hidden",
        "/excel/scripts%5Cvalues.js",
        "/excel/pane.html%00",
        "/excel/C:/Windows/win.ini",
        "/excel/pane.HTML.",
        "/docs",
        "/schema",
    ],
)
def test_nothing_else_is_there(server: ExcelServer, path: str) -> None:
    with server.client() as client:
        answer = client.send(client.build_request("GET", httpx.URL(server.url, raw_path=path.encode())))
    assert answer.status_code == 404, answer.text
    assert str(Path(__file__).parents[3]) not in answer.text


def test_an_answer_that_would_be_too_long_is_refused_with_the_status_for_it(server: ExcelServer) -> None:
    years = [{"rows": [[2023] * 1000]}]
    group = {"function": "MARKET_SIZE", "count": 2001, "arguments": [[SECOND], years]}
    with server.client() as client:
        answer = client.post("/api/excel/calls", json={"groups": [group]})
    assert answer.status_code == 413
    assert answer.json()["message"] == "These are more than 2,000,000 cells at once. Use smaller ranges."


def test_the_log_has_no_key(server: ExcelServer) -> None:
    with server.client() as client:
        assert client.get("/api/excel/me").status_code == 200
        client.get("/excel/pane.html", params={"key": server.key})
    assert server.key not in server.log

"""What somebody sends to do harm: forms of other sites, forged drafts, names that are scripts."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html as parsed

from addin.server.pages.rendering import web_address
from markets.catalogs.database import people, writing
from markets.catalogs.database.reading import last_change
from markets.errors import CatalogError
from tests.addin.server.pages.asking import asking, form
from tests.addin.server.pages.conftest import SignedIn, entered, renamed
from tests.addin.server.team import OTHERS, REPORT, WORKSPACE, Team, team
from tests.server import Server

SCRIPTS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}</title>", "‮evil")
ADDRESSES = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//x.y",
)
URL = 'https://example.com/"><script>alert(1)</script>'
TEXT = "The Tea Market was worth USD 2 billion in 2023. It will reach USD 3 billion by 2030."
OFFICE = '<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>'
SCRIPTS_OF_PAGES = {
    "excel_sign_in.html": (OFFICE,),
    "excel_signed_in.html": (OFFICE, '<script type="module" src="/excel/scripts/signed-in.js"></script>'),
}
"""Those that may be in a page, which only windows of Excel show."""

IMPORT = f"/workspaces/{WORKSPACE}/import"


@pytest.fixture(scope="module")
def shared_team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = team(str(tmp_path_factory.mktemp("hostile") / "catalog.db"))
    with made.database.writing() as connection:
        others = writing.workspace(connection, OTHERS)
        people.set_role(connection, others, made.person("editor"), "editor")
    yield made
    made.database.close()


@pytest.fixture
def editor(server: Server, shared_team: Team) -> Iterator[httpx.Client]:
    with asking(server, shared_team, "editor") as client:
        yield client


def _changes(staff: Team) -> int:
    with staff.database.reading() as connection:
        return last_change(connection)[0]


@pytest.mark.parametrize("secret", ["", "guessed", "é", "of another session"])
@pytest.mark.parametrize(
    "path", ["/tokens", IMPORT, f"{IMPORT}/draft", "/editions/1/facts/1", "/sign-out", "/excel/sign-in"]
)
def test_a_form_without_the_sessions_secret_is_refused(
    editor: httpx.Client, shared_team: Team, path: str, secret: str
) -> None:
    before = _changes(shared_team)
    csrf = form(shared_team, "owner")["csrf"] if secret == "of another session" else secret
    answer = editor.post(path, data={"csrf": csrf, "name": "x", "days": "3", "why": "x", "text": TEXT})
    assert answer.status_code == 403
    assert "Load the page again" in answer.text
    assert _changes(shared_team) == before
    assert not [each for each in shared_team.audit() if each.action == "make token"]


def test_a_form_from_another_site_is_refused_even_with_the_secret(
    editor: httpx.Client, shared_team: Team
) -> None:
    sent = form(shared_team, "editor", name="laptop", days="3")
    answer = editor.post("/tokens", data=sent, headers={"Origin": "https://evil.example.com"})
    assert answer.status_code == 403


def test_a_draft_is_of_one_session_one_workspace_and_unchanged(
    server: Server, editor: httpx.Client, shared_team: Team
) -> None:
    page = parsed.document_fromstring(editor.post(IMPORT, data=form(shared_team, "editor", text=TEXT)).text)
    draft = page.xpath("//input[@name='draft']/@value")[0]
    before = _changes(shared_team)
    told = {"draft": draft, "publisher": "P", "date": "2026-01-01", "do": "enter"}
    for path, fields in (
        (f"/workspaces/{OTHERS}/import/draft", told),
        (f"{IMPORT}/draft", told | {"draft": draft[:-8] + "AAAAAAAA"}),
        (f"{IMPORT}/draft", told | {"draft": f"{'0' * 64}.{draft.partition('.')[2]}"}),
        (f"{IMPORT}/draft", told | {"draft": ""}),
    ):
        answer = editor.post(path, data=form(shared_team, "editor", **fields))
        assert answer.status_code == 403, path
        assert "Read the file again" in answer.text
    with asking(server, shared_team, "owner") as owner:
        assert owner.post(f"{IMPORT}/draft", data=form(shared_team, "owner", **told)).status_code == 403
    assert _changes(shared_team) == before
    answer = editor.post(f"{IMPORT}/draft", data=form(shared_team, "editor", **told))
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/tokens", {"name": "a\x00b", "days": "3"}, 422),
        ("/tokens", {"name": "x", "days": "²"}, 422),
        ("/tokens", {"name": "x", "days": "0"}, 422),
        ("/tokens", {"name": "x", "days": "367"}, 422),
        ("/tokens", {"name": "x", "days": "9" * 12}, 422),
        ("/tokens", {"name": "x" * 81, "days": "3"}, 422),
        ("/tokens/99999999999999999999/revoke", {}, 404),
        ("/editions/99999999999999999999/facts/1", {"why": "x"}, 404),
        ("/editions/1/facts/99999999999999999999", {"why": "x"}, 404),
        ("/editions/1/facts/1", {"seen": "9" * 40, "value": "1", "year": "2020", "at": "x", "why": "x"}, 409),
        ("/editions/1/facts/1", {"seen": "1", "value": "1e9", "year": "2020", "at": "x", "why": "x"}, 422),
        ("/editions/1/facts/1", {"seen": "1", "value": "1", "year": "٢٠٢٠", "at": "x", "why": "x"}, 422),
        ("/editions/1/facts/1", {"seen": "1", "value": "1", "year": "2020", "at": "a\x00", "why": "x"}, 422),
        ("/editions/1/facts/1", {"seen": "1", "value": "1", "year": "2020", "at": "x", "why": "\x00"}, 422),
        (
            "/editions/1/facts/1",
            {"seen": "1", "value": "1", "year": "2020", "at": "x", "why": "é" * 501},
            422,
        ),
        ("/editions/1/facts/1", {"seen": "1", "value": "1", "year": "2020", "at": "", "why": "x"}, 422),
        (IMPORT, {"text": ""}, 422),
        (IMPORT, {"text": "\x00\x00"}, 422),
        (IMPORT, {"text": TEXT, "date": "yesterday"}, 422),
        (IMPORT, {"text": TEXT, "market": "a\x00b"}, 422),
        (IMPORT, {"text": "Nothing of interest."}, 422),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    editor: httpx.Client, shared_team: Team, path: str, fields: dict[str, str], status: int
) -> None:
    before = _changes(shared_team)
    answer = editor.post(path, data=form(shared_team, "editor", **fields))
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    assert _changes(shared_team) == before


@pytest.mark.parametrize(
    "query",
    [
        "/markets?search=%00",
        "/markets?page=0",
        "/markets?page=99999999999999999999",
        "/markets?page=x",
        "/changes?before=-1",
        "/changes?before=99999999999999999999",
        "/editions/-1",
        "/editions/1?done=1&as_of=x",
        "/workspaces/%2e%2e%2fteam/audit",
        "/static/..%2f__init__.py",
        "/static/%2e%2e/base.html",
    ],
)
def test_an_odd_address_is_answered_with_a_page(editor: httpx.Client, query: str) -> None:
    answer = editor.get(query)
    assert answer.status_code in (200, 400, 404, 422), answer.text
    assert "<h1>" in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("body", [b"csrf=%ff%fe", b"\xff\xfe", b"--x\r\n", b"a" * 100])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x/y"]
)
def test_a_form_that_is_none_is_refused(editor: httpx.Client, body: bytes, kind: str) -> None:
    answer = editor.post("/tokens", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 403), answer.text


def test_a_file_that_is_too_large_is_refused_and_said(editor: httpx.Client, shared_team: Team) -> None:
    answer = editor.post(
        IMPORT, data=form(shared_team, "editor"), files={"file": ("big.txt", b"x" * 51_000_000)}
    )
    assert answer.status_code == 413
    assert "at most 50 MB" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


@pytest.mark.parametrize("path", [IMPORT, f"{IMPORT}/draft"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 403)])
def test_a_large_form_of_who_may_not_import_is_not_read(
    server: Server, shared_team: Team, path: str, who: str, status: int
) -> None:
    large = {"file": ("big.txt", b"x" * 51_000_000)}
    with asking(server, shared_team, who) as client:
        assert client.post(path, data=form(shared_team, who), files=large).status_code == status


def test_a_failure_says_the_id_by_which_the_log_knows_it(editor: httpx.Client) -> None:
    answer = editor.get("/editions/123456")
    assert answer.status_code == 404
    assert answer.headers["X-Request-ID"] in answer.text
    assert "There is no edition 123456." in answer.text


def test_headers_keep_pages_out_of_caches_and_frames(editor: httpx.Client) -> None:
    headers = editor.get("/markets").headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    folder = Path(__file__).parents[4] / "addin/server/pages"
    for path in (folder / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8").lower()
        for script in SCRIPTS_OF_PAGES.get(path.name, ()):
            assert script in text
            text = text.replace(script, "")
        for bad in (
            "<script",
            "<style",
            "style=",
            "onclick",
            "onload",
            "|safe",
            "javascript:",
            "http:",
            "https:",
        ):
            assert bad not in text, (path.name, bad)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_a_web_address_becomes_a_link(shared_team: Team, address: str) -> None:
    assert web_address(address) == ""
    with pytest.raises(CatalogError, match="must be a web address"):
        entered(shared_team, renamed(REPORT, "Link", url=address))


def test_a_web_address_tells_nobody_where_one_came_from(editor: httpx.Client, shared_team: Team) -> None:
    report = renamed(REPORT, "Linked", url="https://example.com/a?b=1&c=<2>")
    page = parsed.document_fromstring(editor.get(f"/editions/{entered(shared_team, report)}").text)
    link = page.xpath("//a[contains(@href, 'example.com')]")[0]
    assert link.get("href") == "https://example.com/a?b=1&c=<2>"
    assert {"noreferrer", "noopener"} <= set(link.get("rel").split())


def test_names_that_are_scripts_are_text_on_every_page(staff: Team, signed_in: SignedIn) -> None:
    editions = [
        entered(staff, renamed(REPORT, name, publisher=name, title=name, url=URL, author=name))
        for name in SCRIPTS
    ]
    with signed_in("owner") as page:
        page.goto("/markets")
        for name in SCRIPTS[:3]:
            assert page.get_by_role("link", name=name, exact=True).count() == 1
        for edition, name in zip(editions, SCRIPTS, strict=True):
            page.goto(f"/editions/{edition}")
            assert name in page.locator("h1").inner_text()
            page.goto(f"/editions/{edition}/facts/1")
            page.get_by_label("Why", exact=True).fill(name.replace("\u202e", ""))
            page.get_by_label("Place in the source").fill(name)
            page.get_by_role("button", name="Correct").click()
            assert page.get_by_role("status").is_visible()
            page.goto(f"/markets?search={name}")
        for path in ("/changes", "/workspaces/team/audit"):
            page.goto(path)
            assert page.locator("main script, main img").count() == 0

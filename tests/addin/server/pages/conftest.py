"""A team with a server, whose people sign in at a real provider in a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Dialog, Page

from markets.catalogs.database import writing
from markets.facts import Report, Source
from markets.figures import Figure
from tests.addin.server.pages.asking import COOKIE
from tests.addin.server.team import ROLES, Team, dated, team
from tests.browser import Browser
from tests.oidc import Provider, User
from tests.server import Server

CALLBACK = "/sign-in/callback"
SignedIn = Callable[..., AbstractContextManager[Page]]


def user(who: str) -> User:
    """Somebody of the team at the provider."""
    return User(who.title(), f"{who}@example.com")


def revised(report: Report, day: str, **sizes: str) -> Report:
    """A later edition of a report that prints other sizes of the market: `y2030="470"`."""
    later = dated(day, report)
    told = [
        msgspec.structs.replace(one, value=Figure(sizes[f"y{one.year}"]))
        if not one.segment and f"y{one.year}" in sizes
        else one
        for one in later.sizes
    ]
    return msgspec.structs.replace(later, sizes=tuple(told))


def renamed(report: Report, name: str, **source: Any) -> Report:
    """A report of another market."""
    market = msgspec.structs.replace(report.market, name=name, aliases=())
    told: Source = msgspec.structs.replace(report.source, **source)
    tables = {each: getattr(report, each) for each in report.__struct_fields__[2:]}
    return Report(told, market, **tables)


def entered(staff: Team, report: Report, workspace: str = "team", mark: str = "") -> int:
    """Enter a report as the owner, and return its edition."""
    with staff.database.writing() as connection:
        inside = writing.workspace(connection, workspace)
        author = writing.Author(staff.email("owner"), inside, "first entered")
        return writing.enter(connection, author, report, mark=mark).edition


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = team(str(tmp_path_factory.mktemp("pages") / "catalog.db"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def signing_server(staff: Team, provider: Provider) -> Iterator[Server]:
    known = provider.users
    provider.users = [*known, *map(user, ROLES)]
    with Server(staff.address, provider) as running:
        provider.allow(f"{running.url}{CALLBACK}")
        yield running
    provider.users = known


@pytest.fixture
def signed_in(browser: Browser, signing_server: Server, staff: Team) -> SignedIn:
    """Opens a page for somebody of the team who has a session. No script of ours or others may run in it."""

    @contextmanager
    def opened(who: str, **options: Any) -> Iterator[Page]:
        with browser.page(base_url=signing_server.url, **options) as page, _without_scripts(page):
            session = {"name": COOKIE, "value": staff.sessions[who], "url": signing_server.url}
            page.context.add_cookies([session])  # type: ignore[list-item]
            page.goto("/markets")
            yield page

    return opened


@pytest.fixture
def at_provider(browser: Browser, signing_server: Server) -> SignedIn:
    """Opens a page in which somebody has signed in at the provider, on the way to `path`."""

    @contextmanager
    def opened(who: str, path: str = "/markets") -> Iterator[Page]:
        with browser.page(base_url=signing_server.url) as page, _without_scripts(page):
            page.goto(path)
            page.get_by_label("Name").fill(who.title())
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name="Allow").click()
            page.get_by_text(f"{who}@example.com").first.wait_for()
            yield page

    return opened


@contextmanager
def _without_scripts(page: Page) -> Iterator[None]:
    told: list[str] = []

    def refuse(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("console", lambda line: told.append(line.text) if "Content Security" in line.text else None)
    yield
    assert not told, told

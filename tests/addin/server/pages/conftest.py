"""A team with a server, whose people sign in at a real provider in a real Chromium."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from markets.catalogs.database import people, writing
from markets.facts import Report, Source
from markets.figures import Figure
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
    with made.database.writing() as connection:
        people.invited(connection, "outsider@example.com")
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def server(staff: Team, provider: Provider) -> Iterator[Server]:
    known = provider.users
    provider.users = [*known, *map(user, (*ROLES, "stranger", "outsider"))]
    with Server(staff.address, provider) as running:
        provider.allow(f"{running.url}{CALLBACK}")
        yield running
    provider.users = known


@pytest.fixture
def signed_in(browser: Browser, server: Server) -> SignedIn:
    """Opens a page in which somebody of the team has signed in. No script may run in it."""

    @contextmanager
    def opened(who: str, **options: Any) -> Iterator[Page]:
        with browser.page(base_url=server.url, **options) as page:
            told: list[str] = []
            page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
            page.on(
                "console", lambda line: told.append(line.text) if "Content Security" in line.text else None
            )
            sign_in(page, who)
            yield page
            assert not told, told

    return opened


def sign_in(page: Page, who: str, path: str = "/markets") -> None:
    """Sign somebody in at the provider, and end up at a page of ours."""
    page.goto(path)
    page.get_by_label("Name").fill(who.title())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Allow").click()
    page.get_by_text(f"{who}@example.com").first.wait_for()


def today() -> str:
    """Today, in UTC."""
    return f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"

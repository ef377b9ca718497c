"""Lists that go on: markets and changes, a page at a time, none left out and none twice."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html

from markets.catalogs.database import writing
from tests.addin.server.pages.asking import asking
from tests.addin.server.pages.conftest import renamed
from tests.addin.server.team import REPORT, WORKSPACE, Team
from tests.server import Server

COUNT = 120


@pytest.fixture(scope="module")
def many(shared_team: Team) -> None:
    with shared_team.database.writing() as connection:
        author = writing.Author("ann@example.com", writing.workspace(connection, WORKSPACE))
        for number in range(COUNT):
            writing.enter(connection, author, renamed(REPORT, f"Gadget {number:03d}"))


@pytest.fixture
def reader(server: Server, shared_team: Team, many: None) -> Iterator[httpx.Client]:
    with asking(server, shared_team, "reader") as client:
        yield client


def _walk(client: httpx.Client, path: str) -> list[str]:
    """The markets that a list names, page after page."""
    found = []
    while path:
        page = html.document_fromstring(client.get(path).text)
        found += [each.text_content() for each in page.xpath("//tbody//th/a")]
        following = page.xpath("//a[@rel='next']/@href")
        path = following[0] if following else ""
    return found


def test_every_market_is_on_one_page_of_the_list(reader: httpx.Client) -> None:
    names = _walk(reader, "/markets?search=gadget")
    assert names == [f"Gadget {number:03d}" for number in range(COUNT)]


def test_a_page_after_the_last_says_so(reader: httpx.Client) -> None:
    assert "The list ends before this page." in reader.get("/markets?page=99").text


def test_every_change_is_on_one_page_of_the_list(reader: httpx.Client) -> None:
    names = _walk(reader, "/changes")
    own = [name for name in names if name.startswith("Gadget")]
    assert own == [f"Gadget {number:03d} (Europe)" for number in reversed(range(COUNT))]


def test_a_name_that_only_resembles_the_text_is_found(reader: httpx.Client) -> None:
    page = html.document_fromstring(reader.get("/markets", params={"search": "Gadgt 007"}).text)
    assert "Gadget 007" in page.text_content()  # resembles it

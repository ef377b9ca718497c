"""A catalog of many markets, some with hostile names."""

import pytest
from playwright.sync_api import expect

from markets.catalogs.database import writing
from tests.addin.server.pages.conftest import renamed
from tests.addin.server.team import REPORT, WORKSPACE, Team
from tests.addin.web.pane.conftest import NARROW, Opened, choose

HOSTILE = '<img src=x onerror="alert(1)">'
LONG = "W" * 150


@pytest.fixture(scope="module", autouse=True)
def many(staff: Team) -> None:
    """Sixty more markets, two of which have hostile names."""
    with staff.database.writing() as connection:
        author = writing.Author(staff.email("owner"), writing.workspace(connection, WORKSPACE))
        for name in (HOSTILE, LONG, *(f"Gadget {number:02d}" for number in range(58))):
            writing.enter(connection, author, renamed(REPORT, name, title="T" * 150, publisher="P" * 80))


def test_of_many_markets_the_first_are_listed(opened: Opened) -> None:
    with opened(**NARROW) as page:
        expect(page.locator("#found-count")).to_have_text("The first 50 markets. Type more of the name.")
        expect(page.get_by_role("option")).to_have_count(50)
        page.get_by_label("Search markets").fill("gadget 57")
        expect(page.get_by_role("option").first).to_contain_text("Gadget 57 (Europe)")


def test_a_script_in_a_name_is_text(opened: Opened) -> None:
    with opened(**NARROW) as page:
        choose(page, f"{HOSTILE} (Europe)")
        expect(page.locator("img")).to_have_count(0)
        expect(page.locator("code")).to_have_text(
            '=MARKETBOOK.MARKET_SIZE("<img src=x onerror=""alert(1)""> (Europe)",2024)'
        )
        page.get_by_label("What to insert").select_option("table")
        expect(page.get_by_role("group", name="Values that will appear")).to_contain_text("Automatic")


def test_long_names_make_nothing_wider_than_the_pane(opened: Opened) -> None:
    with opened(**NARROW) as page:
        choose(page, f"{LONG} (Europe)")
        for what in ("size", "series", "table"):
            page.get_by_label("What to insert").select_option(what)
            expect(page.get_by_role("group", name="Values that will appear")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 320, what
